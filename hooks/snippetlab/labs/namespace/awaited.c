/* Whether a program waits for what nobody has typed yet. What is found is exact: nothing typed is
 * unread (poll(2) on a terminal sees to what is still under way), and a thread sleeps in a system
 * call that waits for this terminal. Included by terminal.c.
 */
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
