/* The terminal of a script that has one (kind `t` in its plan), held by the stage.
 *
 * What is printed there is passed on, always before a report. What is typed comes from the engine:
 * it is told `asks` when a program waits for input, and answers with the bytes in hexadecimal.
 *
 * The kernel tells nobody that a program has begun to wait, so this is looked for, with pauses;
 * what is found is exact: nothing typed is unread (poll(2) on a terminal sees to what is still
 * under way), and a thread sleeps in a system call that waits for this terminal.
 */
#include <poll.h>
#include <sys/sysmacros.h>
#include <termios.h>

#define SOON 2
#define LATE 128

static struct {
    int master, slave;
    char name[32];
    int asked;    /* the engine, which has not answered yet */
    int resigned; /* nobody types any more in this step */
    int pause;    /* milliseconds until it is looked again */
} terminal = {-1, -1};

static int high(int file, const char *what)
{
    int copy = must(fcntl(must(file, what), F_DUPFD_CLOEXEC, 32), what);
    close(file);
    return copy;
}

/* A terminal of 80 columns and 24 lines; the end of a line is the one that was printed. */
static void open_terminal(void)
{
    struct winsize size = {24, 80, 0, 0};
    struct termios modes;
    int number, locked = 0;
    terminal.master = high(open("/dev/pts/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK), "ptmx");
    must(ioctl(terminal.master, TIOCSPTLCK, &locked), "TIOCSPTLCK");
    must(ioctl(terminal.master, TIOCGPTN, &number), "TIOCGPTN");
    snprintf(terminal.name, sizeof terminal.name, "/dev/pts/%d", number);
    terminal.slave = high(open(terminal.name, O_RDWR | O_NOCTTY), terminal.name);
    must(tcgetattr(terminal.slave, &modes), "tcgetattr");
    modes.c_oflag &= ~ONLCR;
    modes.c_iflag |= IUTF8;
    must(tcsetattr(terminal.slave, TCSANOW, &modes), "tcsetattr");
    must(ioctl(terminal.slave, TIOCSWINSZ, &size), "TIOCSWINSZ");
    terminal.asked = terminal.resigned = 0;
    terminal.pause = SOON;
}

static void hang_up(void)
{
    if (terminal.master >= 0) {
        close(terminal.slave);
        close(terminal.master);
    }
    terminal.master = terminal.slave = -1;
}

/* Its variables, as a shell at a terminal has them. */
static char **at_terminal(char **environment)
{
    int number = 0;
    while (environment[number])
        number++;
    char **copy = calloc(number + 2, sizeof *copy);
    for (int i = number = 0; environment[i]; i++)
        if (strncmp(environment[i], "TERM=", 5))
            copy[number++] = environment[i];
    copy[number] = "TERM=linux";
    return copy;
}

/* Have a shell begin there, in a session of its own. */
static void seat_at_terminal(posix_spawn_file_actions_t *actions, short *flags)
{
    *flags |= POSIX_SPAWN_SETSID;
    posix_spawn_file_actions_addopen(actions, 0, terminal.name, O_RDWR, 0);
    posix_spawn_file_actions_adddup2(actions, 0, 1);
    posix_spawn_file_actions_adddup2(actions, 0, 2);
}

/* Whether something that was typed has not been read. */
static int is_unread(void)
{
    struct pollfd typed = {terminal.slave, POLLIN, 0};
    return poll(&typed, 1, 0) > 0;
}

/* Pass on what has been printed; whether there was anything. */
static int pass_on(int output)
{
    char data[PAGE];
    ssize_t length;
    int any = 0;
    while (terminal.master >= 0 && (length = read(terminal.master, data, sizeof data)) > 0) {
        for (ssize_t done = 0, part; done < length; done += part)
            if ((part = write(output, data + done, length - done)) < 0)
                return any;
        any = 1;
    }
    return any;
}

/* A file of a process, or of one of its threads. */
static size_t read_of(pid_t pid, const char *what, char *text, size_t room)
{
    char path[96];
    snprintf(path, sizeof path, "%d/%s", pid, what);
    int file = openat(proc, path, O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? 0 : read(file, text, room - 1);
    if (file >= 0)
        close(file);
    text[length > 0 ? length : 0] = 0;
    return length > 0 ? length : 0;
}

static int read_memory(pid_t pid, uint64_t place, void *copy, size_t length)
{
    char path[64];
    snprintf(path, sizeof path, "%d/mem", pid);
    int file = openat(proc, path, O_RDONLY | O_CLOEXEC);
    int got = file >= 0 && pread64(file, copy, length, place) == (ssize_t)length;
    if (file >= 0)
        close(file);
    return got;
}

/* Whether a descriptor of a process is this terminal, also by the name of /dev/tty. */
static int is_terminal(pid_t pid, uint64_t descriptor)
{
    char path[64], text[1024], *after;
    struct stat ours, its;
    int controlling = 0;
    snprintf(path, sizeof path, "%d/fd/%d", pid, (int)descriptor);
    if (fstatat(proc, path, &its, 0) < 0 || fstat(terminal.slave, &ours) < 0
        || !S_ISCHR(its.st_mode))
        return 0;
    if (its.st_dev == ours.st_dev && its.st_ino == ours.st_ino)
        return 1;
    if (its.st_rdev != makedev(5, 0) || !read_of(pid, "stat", text, sizeof text)
        || !(after = strrchr(text, ')')))
        return 0;
    sscanf(after + 2, "%*c %*d %*d %*d %d", &controlling);
    return controlling == (int)ours.st_rdev;
}

static int polls(pid_t pid, uint64_t place, uint64_t number)
{
    struct pollfd polled[64];
    if (number > 64 || !read_memory(pid, place, polled, number * sizeof *polled))
        return 0;
    for (uint64_t i = 0; i < number; i++)
        if (polled[i].events & POLLIN && is_terminal(pid, polled[i].fd))
            return 1;
    return 0;
}

static int selects(pid_t pid, uint64_t number, uint64_t place)
{
    unsigned char set[128];
    if (!place || number > 8 * sizeof set || !read_memory(pid, place, set, (number + 7) / 8))
        return 0;
    for (uint64_t i = 0; i < number; i++)
        if (set[i / 8] >> i % 8 & 1 && is_terminal(pid, i))
            return 1;
    return 0;
}

static int waits_for_events(pid_t pid, int descriptor)
{
    char what[64], text[PAGE];
    int its;
    snprintf(what, sizeof what, "fdinfo/%d", descriptor);
    read_of(pid, what, text, sizeof text);
    for (char *line = text; (line = strstr(line, "tfd:")); line++)
        if (sscanf(line + 4, "%d", &its) == 1 && is_terminal(pid, its))
            return 1;
    return 0;
}

/* Whether a thread sleeps until something is typed: proc_pid_syscall(5). */
static int awaits_keys(pid_t pid, const char *thread)
{
    char what[64], text[256];
    unsigned long long a, b;
    long call;
    snprintf(what, sizeof what, "task/%.20s/syscall", thread);
    read_of(pid, what, text, sizeof text);
    if (sscanf(text, "%ld %llx %llx", &call, &a, &b) != 3)
        return 0; /* it runs */
    switch (call) {
    case SYS_read:
    case SYS_readv:
        return is_terminal(pid, a);
#ifdef SYS_poll
    case SYS_poll:
#endif
    case SYS_ppoll:
        return polls(pid, a, b);
#ifdef SYS_select
    case SYS_select:
#endif
    case SYS_pselect6:
        return selects(pid, a, b);
#ifdef SYS_epoll_wait
    case SYS_epoll_wait:
#endif
    case SYS_epoll_pwait:
        return waits_for_events(pid, a);
    }
    return 0;
}

static DIR *directory_of(const char *path)
{
    int file = openat(proc, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return file < 0 ? NULL : fdopendir(file);
}

/* Whether a program waits for what nobody has typed yet. */
static int is_awaited(void)
{
    char path[64];
    struct dirent *process, *thread;
    int found = 0;
    DIR *all = is_unread() ? NULL : directory_of(".");
    while (all && !found && (process = readdir(all))) {
        if (*process->d_name < '1' || *process->d_name > '9')
            continue;
        snprintf(path, sizeof path, "%.20s/task", process->d_name);
        DIR *threads = directory_of(path);
        while (threads && !found && (thread = readdir(threads)))
            found = *thread->d_name != '.' && awaits_keys(atoi(process->d_name), thread->d_name);
        if (threads)
            closedir(threads);
    }
    if (all)
        closedir(all);
    return found;
}

/* How long to wait for what happens until it is looked whether a program asks. */
static int until_looked(void)
{
    int looks = terminal.master >= 0 && plan.state == AWAITED && !terminal.asked
                && !terminal.resigned;
    return looks ? terminal.pause : -1;
}

/* Nothing has happened for so long. */
static void look_for_asking(int output, int control)
{
    terminal.pause = terminal.pause < LATE ? terminal.pause * 2 : LATE;
    if (!is_awaited())
        return;
    pass_on(output);
    terminal.asked = 1;
    dprintf(control, "asks\n");
}

/* Type what the engine answers: a line. */
static void type_answer(int control)
{
    char answer[16384];
    size_t length = 0;
    while (length < sizeof answer && read(control, answer + length, 1) == 1
           && answer[length] != '\n')
        length++;
    for (size_t i = 0; i + 1 < length; i += 2) {
        char two[3] = {answer[i], answer[i + 1]};
        answer[i / 2] = strtol(two, NULL, 16);
    }
    write(terminal.master, answer, length / 2);
    terminal.asked = 0;
    terminal.resigned = !length;
    terminal.pause = SOON;
}

/* The report that is due, after all that was printed before it. */
static char *after_output(char *report, int output)
{
    if (terminal.master < 0)
        return report;
    if (pass_on(output))
        terminal.pause = SOON;
    if (!report)
        return NULL;
    pass_on(output);
    if (is_unread())
        snprintf(plan.report, sizeof plan.report, "unread");
    terminal.resigned = 0;
    terminal.pause = SOON;
    return plan.report;
}
