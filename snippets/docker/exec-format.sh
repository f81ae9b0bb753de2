# /// snippet
# lab = "namespace"
# proves = { ko = "헤더에 다른 프로세서가 적힌 프로그램은 'Exec format error'로 거절된다.", en = "A program whose header names another processor is refused with 'Exec format error'." }
# ///
cp /bin/true true-vax
od -A n -j 18 -N 2 -t u2 true-vax
printf '\113\0' | dd of=true-vax bs=1 seek=18 conv=notrunc status=none
od -A n -j 18 -N 2 -t u2 true-vax
./true-vax  # ? 126
