#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

static void application(void) {
    struct utsname name;
    uname(&name);
    strcat(name.release, "\n");
    write(1, name.release, strlen(name.release));
    _exit(0);
}

static long answer(pid_t pid, struct user_regs_struct *call) {
    static struct utsname made_up = {.sysname = "Linux", .release = "0.0-sentry"};
    char text[256];
    struct iovec here = {text, sizeof text};
    struct iovec there = {(void *)call->rsi, call->rdx};
    if (call->orig_rax == SYS_uname) {
        puts("sentry: uname");
        here = (struct iovec){&made_up, sizeof made_up};
        there = (struct iovec){(void *)call->rdi, sizeof made_up};
        process_vm_writev(pid, &here, 1, &there, 1, 0);
        return 0;
    }
    if (call->orig_rax == SYS_write && call->rdx <= sizeof text) {
        puts("sentry: write");
        process_vm_readv(pid, &here, 1, &there, 1, 0);
        return fwrite(text, 1, call->rdx, stdout);
    }
    return -38; /* ENOSYS: this kernel knows no more */
}

int main(int argc, char **argv) {
    struct user_regs_struct call;
    pid_t pid;
    if (argc == 1) application();
    if ((pid = fork()) == 0) {
        ptrace(PTRACE_TRACEME, 0, 0, 0);
        kill(getpid(), SIGSTOP);
        application();
    }
    waitpid(pid, 0, 0);
    for (;;) { /* SYSEMU: stop at each system call, and skip it */
        ptrace(PTRACE_SYSEMU, pid, 0, 0);
        waitpid(pid, 0, 0);
        ptrace(PTRACE_GETREGS, pid, 0, &call);
        if (call.orig_rax == SYS_exit_group) break;
        call.rax = answer(pid, &call);
        ptrace(PTRACE_SETREGS, pid, 0, &call);
    }
    puts("sentry: exit_group");
    kill(pid, SIGKILL);
    waitpid(pid, 0, 0);
    return 0;
}
