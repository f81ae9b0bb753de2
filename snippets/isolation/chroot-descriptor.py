# /// snippet
# lab = "namespace"
# proves = { ko = "chroot 전에 연 디렉터리 디스크립터는 감옥 밖으로 이어진다.", en = "A directory descriptor opened before chroot leads out of the jail." }
# ///
import os
from pathlib import Path

Path("outside.txt").write_text("top secret\n")
os.mkdir("jail")
before = os.open(".", os.O_RDONLY)

os.chroot("jail")
os.chdir("/")
print("in the new root:", os.listdir("/"))
try:
    open("/root/outside.txt")
except FileNotFoundError as error:
    print("by path:", error.strerror)

outside = os.open("outside.txt", os.O_RDONLY, dir_fd=before)
print("by descriptor:", os.read(outside, 100).decode().strip())
os.fchdir(before)
os.chroot(".")
print("after fchdir and chroot:", sorted(os.listdir("/")))
