# /// snippet
# lab = "namespace"
# proves = { ko = "x86의 사용자 모드에서 cli는 트랩을 일으키지만, popf는 지운 인터럽트 플래그를 트랩 없이 무시한다.", en = "In user mode, cli traps on x86, while popf ignores a cleared interrupt flag without a trap." }
# files = ["flags.c"]
# requires = { architecture = "x86_64" }
# ///
cat flags.c
tcc -o flags flags.c
./flags
