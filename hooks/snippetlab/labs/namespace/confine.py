"""System calls that nothing on the stage may make: a seccomp filter, made by libseccomp.

Runs in the image, where that library is, as a part of the stage (see stage.py). The stage
needs namespaces, mounts and chroot, so a filter like Docker's, which refuses these, will not
do; this one refuses what reaches past namespaces, and the parts of the kernel in which holes
were found most often and that no snippet needs. Sources: the manual pages of the calls;
https://docs.docker.com/engine/security/seccomp/ for what Docker refuses, and why.
"""

import ctypes
import errno
from collections.abc import Sequence

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
    "what others do with the image's files": ("inotify_init", "inotify_init1"),
    "files by handle, past the root directory": ("open_by_handle_at",),
    "asynchronous I/O, whose contexts are counted for the whole host": ("io_setup",),
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
NOTICES = (1024, 1026, 1040)
"""fcntl(2) commands that tell, or delay, what others do with the image's files: F_SETLEASE,
F_NOTIFY, F_SETDELEG."""
_INTERNET = (0, 1, 6, 17, 58)
PROTOCOLS = {2: _INTERNET, 10: _INTERNET, 16: (0, 4, 15, 16)}
"""Sockets may be UNIX, IPv4, IPv6 and netlink: others load modules, and AF_VSOCK passes by
network namespaces to the hypervisor (vsock(7)). Over IPv4 and IPv6 the family's own protocol,
ICMP, TCP, UDP and ICMPv6; of netlink routes, socket diagnostics, device events, generic, and not
nftables."""
_SOL_IP, _SOL_SOCKET, _SOL_IPV6 = 0, 1, 41
OPTIONS = {
    "larger buffers: they stay as they are, which setsockopt never says": (
        (_SOL_SOCKET, 7, 0),  # SO_SNDBUF
        (_SOL_SOCKET, 8, 0),  # SO_RCVBUF
    ),
    "packets that are not the kernel's own, such as fragments that never become whole": (
        (_SOL_IP, 3, errno.EPERM),  # IP_HDRINCL
        (_SOL_IPV6, 36, errno.EPERM),  # IPV6_HDRINCL
    ),
}
"""Why → level and name of options of sockets, and the error; 0 does nothing, and says nothing."""

_ALLOW, _NOTIFY, _ERRNO = 0x7FFF0000, 0x7FC00000, 0x00050000  # <seccomp.h>: SCMP_ACT_…
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

    Raises OSError where there is no library or the kernel takes no filter.
    """
    library, context = _filter(_ALLOW)
    if error := library.seccomp_load(context):
        raise OSError(-error, "seccomp: the filter was not loaded")


def write_filter(file: int) -> None:
    """Write the filter for a seat, who is asked for each socket that is not UNIX: sockets.c.

    Raises OSError where there is no library.
    """
    library, context = _filter(_NOTIFY)
    if error := library.seccomp_export_bpf(context, file):
        raise OSError(-error, "seccomp: the filter was not written")


def _filter(socket: int) -> tuple[ctypes.CDLL, ctypes.c_void_p]:
    """The library and its filter, with what becomes of sockets that are not refused.

    Calls of another architecture (32-bit on 64-bit) end the process, as is libseccomp's default.
    """
    library = ctypes.CDLL("libseccomp.so.2", use_errno=True)
    library.seccomp_init.restype = ctypes.c_void_p
    context = ctypes.c_void_p(library.seccomp_init(_ALLOW))

    def rule(action: int, name: str, *conditions: _Comparison) -> None:
        call = library.seccomp_syscall_resolve_name(name.encode())
        array = (_Comparison * len(conditions))(*conditions)
        # What this architecture never had (negative) need not be refused; what is the filter's
        # own default is no rule.
        if (
            call >= 0
            and action != _ALLOW
            and library.seccomp_rule_add_array(context, action, call, len(conditions), array)
        ):
            raise OSError(f"seccomp: no rule for {name}")

    def refuse(name: str, number: int, *conditions: _Comparison) -> None:
        rule(_ERRNO | number, name, *conditions)

    for name in (name for names in REFUSED.values() for name in names):
        refuse(name, errno.EPERM)
    for request in TERMINAL:
        refuse("ioctl", errno.EPERM, _Comparison(1, _MASKED, _LOW_HALF, request))
    for command in NOTICES:
        refuse("fcntl", errno.EPERM, _Comparison(1, _MASKED, _LOW_HALF, command))
    for refused in _all_but(0, (1, *PROTOCOLS)):
        for name in ("socket", "socketpair"):
            refuse(name, errno.EAFNOSUPPORT, refused)
    for family, protocols in PROTOCOLS.items():
        of_family = _Comparison(0, _EQUAL, family, 0)
        for refused in _all_but(2, protocols):
            for name in ("socket", "socketpair"):
                refuse(name, errno.EPROTONOSUPPORT, of_family, refused)
        for protocol in protocols:
            rule(socket, "socket", of_family, _Comparison(2, _EQUAL, protocol, 0))
    for level, option, number in (option for options in OPTIONS.values() for option in options):
        of_level = _Comparison(1, _MASKED, _LOW_HALF, level)
        refuse("setsockopt", number, of_level, _Comparison(2, _MASKED, _LOW_HALF, option))
    return library, context


def _all_but(argument: int, allowed: Sequence[int]) -> list[_Comparison]:
    last = max(allowed)
    between = (n for n in range(last) if n not in allowed)
    return [
        *(_Comparison(argument, _EQUAL, n, 0) for n in between),
        _Comparison(argument, _AT_LEAST, last + 1, 0),
    ]
