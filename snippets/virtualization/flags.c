// /// snippet
// lab = "namespace"
// proves = { ko = "x86의 사용자 모드에서 cli는 트랩을 일으키지만, popf는 지운 인터럽트 플래그를 트랩 없이 무시한다.", en = "In user mode, cli traps on x86, while popf ignores a cleared interrupt flag without a trap." }
// requires = { architecture = "x86_64" }
// browser = { ko = "64비트용 어셈블리인데, 그 머신은 32비트다", en = "its assembly is for 64 bits, and that machine has 32" }
// ///
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static void caught(int signal) {
    puts("trap");
    _exit(0);
}

int main(void) {
    unsigned long flags;
    setvbuf(stdout, NULL, _IONBF, 0);
    signal(SIGSEGV, caught);

    printf("popf: "); /* bit 9, worth 512, is the interrupt flag */
    __asm__ volatile("pushfq; andq $-513, (%%rsp); popfq; pushfq; popq %0"
                     : "=r"(flags));
    printf("no trap, interrupts still %s\n", flags & 512 ? "on" : "off");

    printf("cli:  ");
    __asm__ volatile("cli");
    puts("no trap");
    return 0;
}
