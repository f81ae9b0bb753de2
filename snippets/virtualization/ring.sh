# /// snippet
# lab = "namespace"
# proves = { ko = "x86에서는 어느 프로그램이든 자기 특권 수준을 트랩 없이 읽을 수 있다.", en = "On x86 any program can read its privilege level, without a trap." }
# files = ["ring.c"]
# requires = { architecture = "x86_64" }
# ///
cat ring.c
tcc -o ring ring.c
./ring
