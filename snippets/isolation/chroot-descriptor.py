# /// snippet
# lab = "namespace"
# session = true
# proves = { ko = "chroot 전에 연 디렉터리 디스크립터는 감옥 밖으로 이어진다.", en = "A directory descriptor opened before chroot leads out of the jail." }
# browser = { ko = "탭은 Python에 문장을 하나씩 넘기지 못한다", en = "the tab cannot give Python its statements one by one" }
# ///
# hide
import os
from pathlib import Path

Path("outside.txt").write_text("top secret")
os.mkdir("jail")
# show

before = os.open(".", os.O_RDONLY)
os.chroot("jail")
os.chdir("/")
os.listdir("/")
open("/root/outside.txt")  # ? 1

outside = os.open("outside.txt", os.O_RDONLY, dir_fd=before)
os.read(outside, 100)

os.fchdir(before)
os.chroot(".")
sorted(os.listdir("/"))
