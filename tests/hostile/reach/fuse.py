# A file system of the run's own program, which never answers: FUSE, fuse(4).
import ctypes
import os
import time

libc = ctypes.CDLL(None)
opened = -1
os.mkdir("node")
for path in ("/dev/fuse", "/etc/debian_version", "node/fuse"):
    try:
        if path.startswith("node"):
            os.mknod(path, 0o20666, os.makedev(10, 229))
        opened = os.open(path, os.O_RDWR)
        break
    except OSError:
        continue
options = f"fd={opened},rootmode=40000,user_id=0,group_id=0".encode()
libc.mount(b"fuse", b"/tmp", b"fuse", 0, options)
time.sleep(0.5)
