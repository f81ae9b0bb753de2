# /// snippet
# lab = "none"
# proves = "Seccomp's first mode leaves read, write and exit; the process that calls anything else is killed."
# reason = { ko = "이 사이트의 네임스페이스 랩은 모든 것에 자기 필터를 걸어 두고, 필터가 걸린 프로세스는 strict 모드로 바꿀 수 없다. 가상 머신 랩은 뒤에 생긴다.", en = "This site's namespace lab lays a filter of its own on everything, and a process with a filter cannot change to strict mode. The machine lab comes later." }
# source = "https://man7.org/linux/man-pages/man2/seccomp.2.html"
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
