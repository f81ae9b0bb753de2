// /// snippet
// lab = "namespace"
// proves = { ko = "x86에서는 어느 프로그램이든 자기 특권 수준을 트랩 없이 읽을 수 있다.", en = "On x86 any program can read its privilege level, without a trap." }
// requires = { architecture = "x86_64" }
// browser = { ko = "64비트 x86용인데, 그 머신은 32비트다", en = "it is for x86 with 64 bits, and that machine has 32" }
// ///
#include <stdio.h>

int main(void) {
    unsigned long selector;
    __asm__ volatile("mov %%cs, %0" : "=r"(selector));
    printf("no trap, ring %lu\n", selector & 3); /* its low bits are the level */
    return 0;
}
