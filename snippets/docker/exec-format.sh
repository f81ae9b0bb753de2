# /// snippet
# lab = "namespace"
# proves = "A program whose header names another processor is refused with 'Exec format error'."
# ///
cp /bin/true true-vax
od -A n -j 18 -N 2 -t u2 true-vax
printf '\113\0' | dd of=true-vax bs=1 seek=18 conv=notrunc status=none
od -A n -j 18 -N 2 -t u2 true-vax
./true-vax  # ? 126
