import ctypes

libc = ctypes.CDLL(None)
SYS_keyctl, KEYCTL_SEARCH, KEYCTL_READ, SESSION = 250, 10, 11, -3
key = libc.syscall(SYS_keyctl, KEYCTL_SEARCH, SESSION, b"user", b"@NAME@", 0)
text = ctypes.create_string_buffer(100)
libc.syscall(SYS_keyctl, KEYCTL_READ, key, text, 100)
print(text.value.decode())
