# /// snippet
# lab = "namespace"
# proves = "A process without privilege outside maps only its own ID, and only once."
# ///
import os


def write(name, text):
    try:
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)
        print(f"{name} {text!r}: written")
    except OSError as error:
        print(f"{name} {text!r}: {error.strerror}")


uid = os.getuid()
os.unshare(os.CLONE_NEWUSER)
write("uid_map", f"0 {uid} 2")
write("uid_map", f"0 {uid} 1")
write("uid_map", f"1000 {uid} 1")
print("UID", os.getuid())
