# /// snippet
# lab = "namespace"
# proves = "On x86 any program can read its privilege level, without a trap."
# files = ["ring.c"]
# ///
cat ring.c
tcc -o ring ring.c
./ring
