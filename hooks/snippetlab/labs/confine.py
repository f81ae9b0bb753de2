"""System calls that nothing on the stage may make: a seccomp filter, made by libseccomp.

Runs in the image, where that library is, as a part of the stage (see stage.py). The stage
needs namespaces, mounts and chroot, so a filter like Docker's, which refuses these, will not
do; this one refuses what reaches past namespaces, and the parts of the kernel in which holes
were found most often and that no snippet needs. Sources: the manual pages of the calls;
https://docs.docker.com/engine/security/seccomp/ for what Docker refuses, and why.
"""

import ctypes
import errno

REFUSED = {
    "keyrings, which no namespace parts": ("add_key", "keyctl", "request_key"),
    "code for the kernel": (
        *("bpf", "create_module", "delete_module", "finit_module", "init_module"),
        *("kexec_file_load", "kexec_load"),
    ),
    "the host's log, clocks, swap, quotas and power": (
        *("acct", "clock_adjtime", "clock_settime", "quotactl", "quotactl_fd", "reboot"),
        *("settimeofday", "swapoff", "swapon", "syslog"),
    ),
    "files by handle, past the root directory": ("open_by_handle_at",),
    "processor ports and tables": ("ioperm", "iopl", "modify_ldt", "vm86", "vm86old"),
    "parts of the kernel that attacks begin with": (
        *("fanotify_init", "io_uring_enter", "io_uring_register", "io_uring_setup", "kcmp"),
        *("lookup_dcookie", "mbind", "memfd_secret", "migrate_pages", "move_pages"),
        *("nfsservctl", "perf_event_open", "set_mempolicy", "uselib", "userfaultfd"),
    ),
}
"""Why → system calls that fail with EPERM."""
TERMINAL = (0x5412, 0x541C)
"""ioctl(2) requests that type into a terminal: TIOCSTI, TIOCLINUX (ioctl_tty(2))."""
FAMILIES = (1, 2, 10, 16)
"""Sockets may be UNIX, IPv4, IPv6 and netlink: others load modules, and AF_VSOCK passes by
network namespaces to the hypervisor (vsock(7))."""
NETLINK = (0, 4, 15, 16)
"""Of netlink: routes, socket diagnostics, device events, generic. Not nftables."""

_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000  # <seccomp.h>: SCMP_ACT_ALLOW, SCMP_ACT_ERRNO
_EQUAL, _AT_LEAST, _MASKED = 4, 5, 7  # enum scmp_compare
_LOW_HALF = 0xFFFFFFFF  # the kernel looks at no more of an ioctl request


class _Comparison(ctypes.Structure):
    """`struct scmp_arg_cmp`: one condition on an argument."""

    _fields_ = (
        ("argument", ctypes.c_uint),
        ("operator", ctypes.c_int),
        ("first", ctypes.c_uint64),
        ("second", ctypes.c_uint64),
    )


def confine() -> None:
    """Put this process and all that come of it under the filter, for good.

    Calls of another architecture (32-bit on 64-bit) end the process, as is libseccomp's default.
    Raises OSError where there is no library or the kernel takes no filter.
    """
    library = ctypes.CDLL("libseccomp.so.2", use_errno=True)
    library.seccomp_init.restype = ctypes.c_void_p
    context = ctypes.c_void_p(library.seccomp_init(_ALLOW))

    def refuse(name: str, number: int, *conditions: _Comparison) -> None:
        call = library.seccomp_syscall_resolve_name(name.encode())
        array = (_Comparison * len(conditions))(*conditions)
        # What this architecture never had (negative) need not be refused.
        if call >= 0 and library.seccomp_rule_add_array(
            context, _ERRNO | number, call, len(conditions), array
        ):
            raise OSError(f"seccomp: no rule for {name}")

    for name in (name for names in REFUSED.values() for name in names):
        refuse(name, errno.EPERM)
    for request in TERMINAL:
        refuse("ioctl", errno.EPERM, _Comparison(1, _MASKED, _LOW_HALF, request))
    for name in ("socket", "socketpair"):
        for refused in _all_but(0, FAMILIES):
            refuse(name, errno.EAFNOSUPPORT, refused)
        for refused in _all_but(2, NETLINK):
            netlink = _Comparison(0, _EQUAL, 16, 0)
            refuse(name, errno.EPROTONOSUPPORT, netlink, refused)
    if error := library.seccomp_load(context):
        raise OSError(-error, "seccomp: the filter was not loaded")
    library.seccomp_release(context)


def _all_but(argument: int, allowed: tuple[int, ...]) -> list[_Comparison]:
    last = max(allowed)
    between = (n for n in range(last) if n not in allowed)
    return [
        *(_Comparison(argument, _EQUAL, n, 0) for n in between),
        _Comparison(argument, _AT_LEAST, last + 1, 0),
    ]
