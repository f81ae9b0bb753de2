# /// snippet
# lab = "namespace"
# proves = { ko = "필터는 커널의 키링, io_uring, 하이퍼바이저로 가는 소켓을 막고, 네임스페이스는 그대로 둔다.", en = "The filter refuses the kernel's keyrings, io_uring and sockets to the hypervisor, and lets namespaces through." }
# browser = { ko = "그 머신에는 libseccomp 라이브러리가 없다", en = "its machine has no library libseccomp" }
# ///
# hide
cat > call.py <<'EOF'
import ctypes, os, sys

libc = ctypes.CDLL(None, use_errno=True)
filter = ctypes.CDLL("libseccomp.so.2")
for name in sys.argv[1:]:
    number = filter.seccomp_syscall_resolve_name(name.encode())
    libc.syscall(number, -1, 0, 0, 0, 0)
    print(f"{name}: {os.strerror(ctypes.get_errno())}")
EOF
# show
python3 call.py keyctl io_uring_setup open_by_handle_at
python3 -c 'import socket; socket.socket(socket.AF_VSOCK)' 2>&1 | tail -n 1
unshare --mount --net --pid --fork true
