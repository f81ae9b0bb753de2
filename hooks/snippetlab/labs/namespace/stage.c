/* The stage: the namespaces of one run, furnished by their first process, which then runs the
 * scripts. Included by seats.c. */
#include <linux/sched.h>
#include <net/if.h>
#include <stdint.h>
#include <sys/ioctl.h>

#include "audit.c"

static int said_to; /* the lifeline */

/* End, and tell the engine why. */
static void fail(const char *what)
{
    dprintf(said_to, "!%s: %m", what);
    _exit(1);
}

static int must(int result, const char *what)
{
    if (result < 0)
        fail(what);
    return result;
}

static void write_file(const char *path, const char *content, size_t length)
{
    int file = must(open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666), path);
    while (length) {
        ssize_t written = must(write(file, content, length), path);
        content += written;
        length -= written;
    }
    close(file);
}

static void write_text(const char *path, const char *text)
{
    write_file(path, text, strlen(text));
}

static void make_parents(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        if (mkdir(path, 0777) < 0 && errno != EEXIST)
            fail(path);
        *slash = '/';
    }
}

#include "job.c"
#include "run.c"
#include "tree.c"

#define NAMESPACES                                                                               \
    (CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID  \
     | CLONE_NEWNET | CLONE_NEWTIME)

enum { LIFELINE, OUTPUT, ERRORS, CONTROL_SOCKET, JOB, ASKED, MOST }; /* a job's descriptors */

/* What belongs to the guard or to other runs must not be had from this process (ptrace). */
static void close_all_but(const int *kept, int number)
{
    for (int i = 3, first = 3; first >= 0; i++) {
        int next = -1;
        for (int j = 0; j < number; j++)
            if (kept[j] >= first && (next < 0 || kept[j] < next))
                next = kept[j];
        if (next != first)
            must(close_range(first, next < 0 ? ~0U : next - 1, 0), "close_range");
        first = next < 0 ? -1 : next + 1;
    }
}

static void raise_loopback(void)
{
    struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP};
    int any_socket = must(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket");
    must(ioctl(any_socket, SIOCSIFFLAGS, &request), "lo");
    close(any_socket);
}

static void furnish(const char *tmpfs)
{
    const char *const directories[] = {"/dev/shm", "/run", "/tmp", HOME};
    must(mount(NULL, "/", NULL, MS_PRIVATE | MS_REC, NULL), "/");
    enter_tree();
    for (int i = 0; i < 4; i++)
        must(mount("tmpfs", directories[i], "tmpfs", MS_NOSUID | MS_NODEV, tmpfs), directories[i]);
    must(mount("devpts", "/dev/pts", "devpts", MS_NOSUID | MS_NOEXEC, "newinstance,ptmxmode=0666"),
         "/dev/pts");
    must(sethostname("lab", 3), "sethostname");
    raise_loopback();
}

/* As the first process of the sandbox, furnish it and run the scripts; never returns. */
static void become_init(uid_t user, gid_t group, const int *descriptors, int number)
{
    said_to = descriptors[LIFELINE];
    umask(022); /* not that of whoever runs the engine */
    close_all_but(descriptors, number);
    /* Signals and priorities for "the group", which is 0, would also be for the guard and for
     * other runs: kill(2), setpriority(2). */
    must(setpgid(0, 0), "setpgid");
    /* Short of memory, the kernel should end what runs here; if it ends the seat, nobody else
     * would know of this process. */
    prctl(PR_SET_DUMPABLE, 1); /* or its files in /proc would not be its own */
    write_text("/proc/self/oom_score_adj", "1000");
    map_user(0, 0, user, group); /* root here, who is the same nobody outside */
    prctl(PR_SET_DUMPABLE, 0);
    prctl(PR_SET_NAME, "init");
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    struct job job = read_job(descriptors[JOB]);
    uint32_t length;
    furnish(next_text(&job, &length));
    char **plans = next_texts(&job), **environment = next_texts(&job);
    for (uint32_t files = next_number(&job); files; files--) {
        char *path = next_text(&job, &length), *content = next_text(&job, &length);
        make_parents(path);
        write_file(path, content, length);
    }
    remember();
    /* Out of the way: any of them may have one of the numbers that shells are to give them. */
    int output = must(fcntl(descriptors[OUTPUT], F_DUPFD_CLOEXEC, 16), "output");
    int errors = must(fcntl(descriptors[ERRORS], F_DUPFD_CLOEXEC, 16), "errors");
    int control = must(fcntl(descriptors[CONTROL_SOCKET], F_DUPFD_CLOEXEC, 16), "control");
    int asked = number > ASKED ? descriptors[ASKED] : -1, code = 0;
    while (*plans
           && run_shell(*plans++, environment, job.limits, output, errors, control, asked, &code))
        ;
    tell(said_to, 50, GRACE, 0);
    _exit(code);
}

/* Start the first process of a sandbox in namespaces of its own; return its descriptor, or -1
 * where the kernel has no namespaces left. */
static int start(const int *descriptors, int number)
{
    int process = -1;
    struct clone_args arguments = {.flags = NAMESPACES | CLONE_PIDFD,
                                   .pidfd = (uintptr_t)&process,
                                   .exit_signal = SIGCHLD};
    uid_t user = geteuid();
    gid_t group = getegid();
    int child = syscall(SYS_clone3, &arguments, sizeof arguments);
    if (child == 0)
        become_init(user, group, descriptors, number);
    return child < 0 ? -1 : process;
}
