/* How many sockets of networks and of netlink a run may make. What waits in them is memory of
 * the kernel that no control group counts, or counts only in part. The seat is asked for each
 * (seccomp_unotify(2)), from which no process of the run can get away. Included by seats.c. */
#include <linux/filter.h>
#include <linux/seccomp.h>

/* Put this process and all that come of it under the filter of confine.py, for good; the
 * descriptor from which comes what the filter asks: sockets that are not UNIX. For these the
 * control group is charged. */
static int load_filter(int file)
{
    struct stat about;
    must(fstat(file, &about), "the filter");
    struct sock_filter *code = mmap(NULL, about.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    struct sock_fprog program = {about.st_size / sizeof *code, code};
    int listener = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER,
                           &program);
    munmap(code, about.st_size);
    close(file);
    return must(listener, "the filter");
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
