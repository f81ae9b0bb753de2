# /// snippet
# lab = "namespace"
# proves = { ko = "밖에서 특권이 없는 프로세스는 자기 ID만, 그것도 한 번만 매핑할 수 있다.", en = "A process without privilege outside maps only its own ID, and only once." }
# browser = { ko = "그 머신의 Python 3.11에는 `os.unshare`가 없다", en = "its Python 3.11 has no `os.unshare`" }
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
