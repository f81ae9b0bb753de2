# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "동적 링크된 프로그램은 로더와 라이브러리까지 새 루트에 놓일 때까지 'No such file or directory'로 실패한다.", en = "A dynamically linked program in a new root fails with 'No such file or directory' until its loader and libraries lie there too." }
# ///
# hide
export LC_ALL=C
# show
mkdir --parents jail/bin
cp /bin/bash jail/bin
chroot jail /bin/bash -c 'echo hello'  # ? 127
ls jail/bin
ldd /bin/bash | grep --count '/'
cp --parents $(ldd /bin/bash | grep --only-matching '/[^ ]*') jail
chroot jail /bin/bash -c 'echo hello'
