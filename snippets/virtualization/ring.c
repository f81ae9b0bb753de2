#include <stdio.h>

int main(void) {
    unsigned long selector;
    __asm__ volatile("mov %%cs, %0" : "=r"(selector));
    printf("no trap, ring %lu\n", selector & 3); /* its low bits are the level */
    return 0;
}
