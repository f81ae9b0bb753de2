# /// snippet
# lab = "namespace"
# proves = "In user mode, cli traps on x86, while popf ignores a cleared interrupt flag without a trap."
# files = ["flags.c"]
# ///
cat flags.c
tcc -o flags flags.c
./flags
