/* The stage: the namespaces of one run, furnished by their first process, which then runs the
 * scripts. Included by seats.c. */
#include <linux/sched.h>
#include <net/if.h>
#include <spawn.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/signalfd.h>

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

#include "../follow.c"
#include "terminal.c"
#include "tree.c"

#define NAMESPACES                                                                               \
    (CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID  \
     | CLONE_NEWNET | CLONE_NEWTIME)

enum { LIFELINE, OUTPUT, ERRORS, CONTROL_SOCKET, JOB, ASKED, MOST }; /* a job's descriptors */

static const int LIMITED[] = {RLIMIT_AS, RLIMIT_CORE, RLIMIT_FSIZE, RLIMIT_NOFILE, RLIMIT_NPROC};
#define LIMITS (sizeof LIMITED / sizeof *LIMITED)

/* What to run, as seat.py writes it: numbers and texts, one after another. */
struct job {
    uint64_t limits[LIMITS];
    char *cursor;
};

static uint32_t next_number(struct job *job)
{
    uint32_t number;
    memcpy(&number, job->cursor, sizeof number);
    job->cursor += sizeof number;
    return number;
}

/* A text has its length before it and a NUL behind it. */
static char *next_text(struct job *job, uint32_t *length)
{
    *length = next_number(job);
    char *text = job->cursor;
    job->cursor += *length + 1;
    return text;
}

/* A list of texts has its number before it; NULL behind it is what exec wants. */
static char **next_texts(struct job *job)
{
    uint32_t number = next_number(job), length;
    char **texts = calloc(number + 1, sizeof *texts);
    for (uint32_t i = 0; i < number; i++)
        texts[i] = next_text(job, &length);
    return texts;
}

static struct job read_job(int file)
{
    struct job job;
    struct stat about;
    must(fstat(file, &about), "the job");
    job.cursor = mmap(NULL, about.st_size, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
    if (job.cursor == MAP_FAILED)
        fail("the job");
    memcpy(job.limits, job.cursor, sizeof job.limits);
    job.cursor += sizeof job.limits;
    return job;
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

/* Send a report to the engine, which answers when it has taken what was printed before. */
static void send_report(int control, const char *report)
{
    if (report)
        dprintf(control, "%s\n", report);
}

/* Take the answer to a report: a line. */
static void take_answer(int control)
{
    char answer[64];
    if (terminal.asked) {
        type_answer(control);
        return;
    }
    ssize_t length = read(control, answer, sizeof answer);
    if (length > 0)
        go_on(length > 1);
}

/* Start bash on a script, by its name alone, so that its messages begin as they do by hand. */
static pid_t start_shell(char **environment, const uint64_t *limits, int output, int errors)
{
    must(chdir(HOME), HOME);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output, 1);
    posix_spawn_file_actions_adddup2(&actions, errors, 2);
    short flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
    if (plan.at_terminal) {
        open_terminal();
        seat_at_terminal(&actions, &flags);
        environment = at_terminal(environment);
    }
    posix_spawnattr_t attributes;
    sigset_t ignored, blocked;
    sigemptyset(&ignored);
    sigaddset(&ignored, SIGPIPE);
    sigaddset(&ignored, SIGXFSZ);
    sigemptyset(&blocked);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigdefault(&attributes, &ignored);
    posix_spawnattr_setsigmask(&attributes, &blocked);
    posix_spawnattr_setflags(&attributes, flags);
    pid_t shell;
    char *arguments[] = {"bash", plan.name, NULL};
    if ((errno = posix_spawn(&shell, "/usr/bin/bash", &actions, &attributes, arguments, environment)))
        fail("bash");
    /* It waits for its first line, and no limit of it is this process's. */
    for (int i = 0; i < LIMITS; i++) {
        struct rlimit limit = {limits[i], limits[i]};
        must(prlimit(shell, LIMITED[i], &limit, NULL), "prlimit");
    }
    return shell;
}

/* Collect who has ended; whether the shell is among them, and its status as shells give it. */
static int reap(pid_t shell, int *status)
{
    int how, found = 0;
    pid_t ended;
    while ((ended = waitpid(-1, &how, WNOHANG)) > 0)
        if (ended == shell) {
            found = 1;
            *status = WIFEXITED(how) ? WEXITSTATUS(how) : 128 + WTERMSIG(how);
        }
    return found;
}

/* Run a script by its plan, reaping orphans meanwhile; whether all of it ran. */
static int run_shell(char *text, char **environment, const uint64_t *limits, int output,
                     int errors, int control, int asked, int *status)
{
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, NULL);
    int children = must(signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK), "signalfd");
    char path[400];
    must(chdir(HOME), HOME);
    snprintf(path, sizeof path, "%s/", text);
    make_parents(path);
    take_plan(text);
    plan.pid = start_shell(environment, limits, output, plan.apart ? errors : output);
    for (int ended = 0; !ended || plan.state == REPORTED;) {
        struct pollfd polled[WATCHED + 4] = {
            {children, POLLIN}, {control, POLLIN}, {asked, POLLIN}, {terminal.master, POLLIN}};
        int number = terminal.asked ? 0 : watched(polled + 4);
        int ready = poll(polled, 4 + number, until_looked());
        if (ready < 0)
            continue;
        if (!ready)
            look_for_asking(output, control);
        if (polled[2].revents)
            answer(asked);
        if (polled[1].revents)
            take_answer(control);
        if (!ended)
            send_report(control, after_output(attend(polled + 4, number), output));
        if (polled[0].revents) {
            struct signalfd_siginfo information;
            read(children, &information, sizeof information);
            if (reap(plan.pid, status)) {
                ended = 1;
                send_report(control, after_output(conclude(*status), output));
            }
        }
    }
    pass_on(output);
    hang_up();
    int complete = is_complete();
    leave_plan();
    close(children);
    return complete;
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
