# /// snippet
# lab = "namespace"
# browser = true
# proves = "A seccomp filter refuses one system call to root and to every child, and nothing else."
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
