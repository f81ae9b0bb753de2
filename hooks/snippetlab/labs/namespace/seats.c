/* Seats: processes that run one job at a time each, so that a seat's control group holds the
 * whole of one run and nothing else. They live in the namespace lab's guard; see stage.py, and
 * stage.c for what a run gets.
 *
 * For a seat comes a packet with the descriptor of its socket, over which the seat says `here`
 * and then gets its jobs. A job is one packet with the descriptors of its lifeline, its output,
 * its standard error where that is told apart, its control socket, a file (see job.c), and perhaps
 * an audit socket, where the first process answers each packet with what is left on the stage at
 * that moment. Over the lifeline goes back `~` with what was left at the end, if anything was, then
 * the exit status, or `!` and why the sandbox could not be made; when its other end is shut,
 * everything in the sandbox dies.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "stage.c"
#include "sockets.c"

/* Give way among processes, and among sessions: sched(7), "The autogroup feature". It is also
 * why runs have no session of their own: a new one does not yield, and can be made to only ten
 * times a second. */
static void yield_to_others(const char *niceness)
{
    nice(atoi(niceness));
    int autogroup = open("/proc/self/autogroup", O_WRONLY | O_CLOEXEC);
    if (autogroup < 0)
        return; /* a kernel without that feature */
    dprintf(autogroup, "%s", niceness);
    close(autogroup);
}

/* What a session has of it, anyone in it may set: so a seat has a session of its own, and puts
 * this right before each run. */
static void restore_yielding(int autogroup, const char *niceness)
{
    char said[64];
    ssize_t length;
    while (autogroup >= 0 && (length = pread(autogroup, said, sizeof said - 1, 0)) > 0) {
        said[length] = 0;
        char *last = strrchr(said, ' ');
        if (!last || atoi(last) == atoi(niceness) ||
            write(autogroup, niceness, strlen(niceness)) > 0 || errno != EAGAIN)
            return;
        usleep(20000);
    }
}

/* The descriptors that come with the next packet; their number, 0 where no more will come. */
static int receive(int socket, int descriptors[MOST])
{
    char packet[16];
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(MOST * sizeof(int))];
    } ancillary;
    struct iovec content = {packet, sizeof packet};
    struct msghdr message = {.msg_iov = &content,
                             .msg_iovlen = 1,
                             .msg_control = &ancillary,
                             .msg_controllen = sizeof ancillary};
    if (recvmsg(socket, &message, MSG_CMSG_CLOEXEC) <= 0)
        return 0;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (!header)
        return 0;
    size_t size = header->cmsg_len - CMSG_LEN(0);
    memcpy(descriptors, CMSG_DATA(header), size);
    return size / sizeof(int);
}

/* Give the engine a hand on a process that nothing can take from it: pidfd_open(2). */
static void send_descriptor(int socket, int descriptor)
{
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof descriptor)];
    } ancillary = {0};
    struct iovec content = {"@", 1};
    struct msghdr message = {.msg_iov = &content,
                             .msg_iovlen = 1,
                             .msg_control = &ancillary,
                             .msg_controllen = CMSG_SPACE(sizeof descriptor)};
    ancillary.header.cmsg_level = SOL_SOCKET;
    ancillary.header.cmsg_type = SCM_RIGHTS;
    ancillary.header.cmsg_len = CMSG_LEN(sizeof descriptor);
    memcpy(CMSG_DATA(&ancillary.header), &descriptor, sizeof descriptor);
    sendmsg(socket, &message, 0);
}

/* Wait for the end of a sandbox, which comes at once if its lifeline is cut; tell how. */
static void see_off(int process, int lifeline, int listener)
{
    struct pollfd ends[] = {{process, POLLIN}, {lifeline, POLLIN}, {listener, POLLIN}};
    for (int left = SOCKETS; !ends[0].revents && !ends[1].revents;) {
        poll(ends, 3, -1);
        if (ends[2].revents)
            grant_socket(listener, &left);
    }
    if (!ends[0].revents)
        syscall(SYS_pidfd_send_signal, process, SIGKILL, NULL, 0);
    siginfo_t ended = {0};
    waitid(P_PIDFD, process, &ended, WEXITED);
    dprintf(lifeline, "%d", ended.si_code == CLD_EXITED ? ended.si_status : 128 + ended.si_status);
}

/* Look at the bash that all runs will have, once for all of them. */
static void look_at_bash(void)
{
    uint64_t facts[FACTS], headers;
    int program = open(BASH, O_RDONLY | O_CLOEXEC);
    if (program < 0)
        return; /* a run will say so */
    find_facts(program, facts, &headers);
    close(program);
}

/* Serve jobs, one after another. */
static void sit(int jobs, int filter, const char *niceness)
{
    int descriptors[MOST], number, listener;
    said_to = jobs;
    setsid();
    int autogroup = open("/proc/self/autogroup", O_RDWR | O_CLOEXEC);
    take_ground();
    listener = load_filter(filter);
    look_at_bash();
    send(jobs, "here", 4, 0); /* the kernel tells the receiver who sent it */
    while ((number = receive(jobs, descriptors))) {
        restore_yielding(autogroup, niceness);
        int lifeline = descriptors[0], process = start(descriptors, number);
        if (process < 0)
            dprintf(lifeline, "!clone3: %m");
        else
            send_descriptor(lifeline, process);
        /* The end of the output must be seen from outside. */
        for (int i = 1; i < number; i++)
            close(descriptors[i]);
        if (process >= 0) {
            see_off(process, lifeline, listener);
            close(process);
        }
        close(lifeline);
    }
}

/* Fork seats until the guard dies. */
int main(int count, char **arguments)
{
    int seats = atoi(arguments[1]), filter = atoi(arguments[3]), jobs[MOST];
    yield_to_others(arguments[2]);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_IGN); /* seats that end leave nothing */
    while (receive(seats, jobs)) {
        if (fork() == 0) {
            signal(SIGCHLD, SIG_DFL);
            close(seats);
            sit(jobs[0], filter, arguments[2]);
            _exit(0);
        }
        close(jobs[0]);
    }
    return 0;
}
