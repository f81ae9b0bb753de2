# /// snippet
# lab = "namespace"
# proves = "A filter can tell the same system call with one flag from that with another."
# files = ["unshare.c"]
# ///
sed -n '/sock_filter/,/};/p' unshare.c
tcc -o filter unshare.c
./filter unshare --uts echo 'a new UTS namespace'
./filter unshare --user echo 'a new user namespace'  # ? 1
unshare --user echo 'a new user namespace'
