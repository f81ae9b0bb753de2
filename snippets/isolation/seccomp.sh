# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "seccomp 필터는 root와 모든 자식 프로세스에서 시스템 콜 하나를 막고, 다른 시스템 콜은 막지 않는다.", en = "A seccomp filter refuses one system call to root and to every child, and nothing else." }
# files = ["filter.c"]
# ///
cat filter.c
tcc -o filter filter.c
mkdir before
./filter bash <<'filtered'
id --user
mkdir inside  # ? 1
sh -c 'mkdir inside'  # ? 1
touch inside
grep Seccomp: /proc/self/status
filtered
mkdir after
ls -F --ignore 'filter*'
