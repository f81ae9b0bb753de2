# /// snippet
# lab = "namespace"
# proves = { ko = "유저스페이스의 프로세스가 다른 프로세스의 모든 시스템 콜에 답할 수 있고, 그 프로세스는 지어낸 커널을 본다.", en = "A process in user space can answer all system calls of another one, which then sees the kernel that it makes up." }
# files = ["sentry.c"]
# volatile = ["kernel"]
# requires = { architecture = "x86_64" }
# browser = { ko = "64비트의 레지스터를 읽는데, 그 머신은 32비트다", en = "it reads the registers of 64 bits, and that machine has 32" }
# ///
sed -n '/^static void application/,/^}/p' sentry.c
tcc -o sentry sentry.c
uname -r
./sentry
./sentry --in-between
