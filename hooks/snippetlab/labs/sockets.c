/* How many sockets of networks and of netlink a run may make. What waits in them is memory of
 * the kernel that no control group counts, or counts only in part. The seat is asked for each
 * (seccomp_unotify(2)), from which no process of the run can get away. Included by seats.c. */
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/ioctl.h>

#define ARGUMENT(name) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, name))
#define RETURN(value) BPF_STMT(BPF_RET | BPF_K, value)

/* From now on, be asked by all that come of this process; the descriptor for that. UNIX sockets
 * are not counted: for these, the control group is charged. */
static int watch_sockets(void)
{
    struct sock_filter code[] = {
        ARGUMENT(nr),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, 2),
        ARGUMENT(args[0]),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 0, 1),
        RETURN(SECCOMP_RET_ALLOW),
        RETURN(SECCOMP_RET_USER_NOTIF),
    };
    struct sock_fprog program = {sizeof code / sizeof *code, code};
    return must(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program),
                "seccomp");
}

/* Let a process have its socket while any are left. */
static void grant_socket(int listener, int *left)
{
    struct seccomp_notif asked = {0};
    struct seccomp_notif_resp answer = {0};
    if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &asked) < 0)
        return; /* who asked has ended */
    answer.id = asked.id;
    if (*left > 0) {
        --*left;
        answer.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
    } else
        answer.error = -ENOBUFS;
    ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
}
