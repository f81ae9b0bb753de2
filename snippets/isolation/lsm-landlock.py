# /// snippet
# lab = "namespace"
# proves = { ko = "Landlock으로 프로세스는 파일을 만들고 쓸 권리를 스스로 내려놓고, root인 자식도 그것을 되찾지 못한다.", en = "With Landlock a process gives up the right to make and write files, and not even root's child gets it back." }
# requires = { kernel = "5.13" }
# browser = true
# ///
import ctypes
import os
import subprocess

CREATE_RULESET, RESTRICT_SELF = 444, 446  # the same numbers on x86-64 and arm64
WRITE_FILE, MAKE_REG = 1 << 1, 1 << 8  # linux/landlock.h
PR_SET_NO_NEW_PRIVS = 38
kernel = ctypes.CDLL(None, use_errno=True)


def attempt(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    print(" ".join(command), "->", (done.stderr or done.stdout).strip() or "done")


attempt("cp", "/etc/hostname", "before")

handled = ctypes.c_uint64(WRITE_FILE | MAKE_REG)
rules = kernel.syscall(CREATE_RULESET, ctypes.byref(handled), ctypes.sizeof(handled), 0)
kernel.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
kernel.syscall(RESTRICT_SELF, rules, 0)
print("restricted, UID", os.getuid())

attempt("cp", "/etc/hostname", "after")
attempt("cat", "before")
attempt("rm", "before")
