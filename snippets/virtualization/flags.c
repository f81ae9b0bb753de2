#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#define INTERRUPTS 0x200 /* IF, bit 9 of the flags register */

static const char *interrupts(void) {
    unsigned long flags;
    __asm__ volatile("pushfq; popq %0" : "=r"(flags));
    return flags & INTERRUPTS ? "on" : "off";
}

static void caught(int signal) {
    puts("cli:  trap");
    fflush(stdout);
    _exit(0);
}

int main(void) {
    printf("now:  interrupts %s\n", interrupts());
    __asm__ volatile("pushfq; andq $-513, (%rsp); popfq"); /* all flags but IF */
    printf("popf: no trap, interrupts %s\n", interrupts());
    signal(SIGSEGV, caught);
    __asm__ volatile("cli");
    puts("cli:  no trap");
    return 0;
}
