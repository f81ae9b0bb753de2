# /// snippet
# lab = "machine"
# proves = { ko = "seccomp의 첫 모드는 read, write, 종료만 남긴다. 다른 것을 부르는 프로세스는 죽는다.", en = "Seccomp's first mode leaves read, write and exit; the process that calls anything else is killed." }
# timeout = 60
# ///
import ctypes
import os

PR_SET_SECCOMP, STRICT = 22, 1
libc = ctypes.CDLL(None)

if (child := os.fork()) == 0:
    libc.prctl(PR_SET_SECCOMP, STRICT)
    os.write(1, b"write still works\n")
    os.getppid()
    os.write(1, b"this line is never reached\n")
    os._exit(0)
_, status = os.waitpid(child, 0)
print("killed by signal", os.WTERMSIG(status))
