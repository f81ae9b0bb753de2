# /// snippet
# lab = "namespace"
# proves = "A process in user space can answer all system calls of another one, which then sees the kernel that it makes up."
# files = ["sentry.c"]
# volatile = ["kernel"]
# ///
sed -n '/^static void application/,/^}/p' sentry.c
tcc -o sentry sentry.c
uname -r
./sentry
./sentry --in-between
