# /// snippet
# lab = "namespace"
# browser = true
# proves = "A dynamically linked program in a new root fails with 'No such file or directory' until its loader and libraries lie there too."
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
