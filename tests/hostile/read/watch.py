# Be told when another opens a program of the image, whose files are the same for all.
import ctypes
import fcntl
import os
import select
import signal
import time

libc, told = ctypes.CDLL(None), []
signal.signal(signal.SIGIO, lambda *_: told.append("SIGIO"))
watch = libc.inotify_init()
libc.inotify_add_watch(watch, b"/usr/bin/factor", 0x20)  # IN_OPEN
for path, command, what in (
    ("/usr/bin/factor", fcntl.F_SETLEASE, fcntl.F_WRLCK),
    ("/usr/bin", fcntl.F_NOTIFY, fcntl.DN_ACCESS | fcntl.DN_MULTISHOT),
):
    try:
        fcntl.fcntl(os.open(path, os.O_RDONLY), command, what)
    except OSError as error:
        print(error)
until = time.monotonic() + 5
while time.monotonic() < until and not told:
    try:
        if watch >= 0 and select.select([watch], [], [], 0.1)[0]:
            told.append("inotify")
    except OSError:
        pass
    time.sleep(0.05)
signal.signal(signal.SIGIO, signal.SIG_IGN)  # one may come while Python ends
print("s3cret" if told else "nothing", told)
