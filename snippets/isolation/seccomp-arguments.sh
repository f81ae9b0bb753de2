# /// snippet
# lab = "namespace"
# proves = { ko = "필터는 같은 시스템 콜도 플래그에 따라 가려낼 수 있다.", en = "A filter can tell the same system call with one flag from that with another." }
# files = ["unshare.c"]
# browser = true
# ///
sed -n '/sock_filter/,/};/p' unshare.c
tcc -o filter unshare.c
./filter unshare --uts echo 'a new UTS namespace'
./filter unshare --user echo 'a new user namespace'  # ? 1
unshare --user echo 'a new user namespace'
