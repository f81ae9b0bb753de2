# /// snippet
# lab = "namespace"
# proves = { ko = "헤더에 다른 프로세서가 적힌 프로그램은 'Exec format error'로 거절된다.", en = "A program whose header names another processor is refused with 'Exec format error'." }
# browser = { ko = "그 머신의 프로그램은 32비트용이라 ELF 헤더의 번호가 62가 아니라 3이다", en = "its programs are for 32 bits, with the number 3 in the ELF header instead of 62" }
# ///
cp /bin/true true-vax
od -A n -j 18 -N 2 -t u2 true-vax
printf '\113\0' | dd of=true-vax bs=1 seek=18 conv=notrunc status=none
od -A n -j 18 -N 2 -t u2 true-vax
./true-vax  # ? 126
