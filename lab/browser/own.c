/* Commands of the reader's own, which the shell that waits for an answer runs before it goes on.
 * Included by agent.c.
 *
 * A bash gets each as a line that evaluates it, with nothing to read. What ends it alone is what
 * ends a command at a prompt: bash's own way back to its next line, which it takes when it holds
 * itself for interactive. That it does for the interrupt alone: it sets its handler where it
 * begins a line (hence an empty one before) and asks again when the signal has come. Another
 * shell has a function for all of this, see between.py.
 */
/* Milliseconds from the first interrupt to the next: a process that has just begun may miss a signal.
 * Each time it is twice as long, since a machine that gets little of its host's processor has done
 * little in any given time. */
enum { BETWEEN = 200, LAST = BETWEEN << 6 };

static struct {
    struct text text; /* what has come of it */
    enum { NONE, PREPARED, RUNS } state;
    int64_t between;  /* from one interrupt to the next; 0: it is to get none */
    int64_t next;     /* when the next is due */
    int interrupted;  /* whether it got one */
    int kept, status, line; /* what the last step left to the bash that waits */
    char report[32];
} own;

static int64_t milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static struct shell *asker(void)
{
    return &plan.shells[plan.portions[plan.current].awaits];
}

static void say_line(struct shell *shell, const char *line)
{
    give(shell, line, 1);
    feed(shell, 0);
}

/* The line for bash. Behind && no failure ends a shell that has been told to end at one. */
static void say_own(struct shell *shell)
{
    static struct text line;
    struct stat about;
    char path[64];
    snprintf(path, sizeof path, "%d/root/dev/null", shell->bash.pid);
    int has_null = !fstatat(proc, path, &about, 0) && S_ISCHR(about.st_mode);
    line.size = 0;
    append(&line, "\\command eval '", 15);
    for (const char *c = own.text.bytes; *c; c++)
        if (*c == '\'')
            append(&line, "'\\''", 4);
        else
            append(&line, c, 1);
    append(&line, has_null ? "' </dev/null && :\n" : "' <&- && :\n", has_null ? 18 : 11);
    say_line(shell, line.bytes);
}

static void begin_own(void)
{
    if (plan.state != REPORTED || own.state || !own.text.size)
        return;
    struct shell *shell = asker();
    if (shell->reports_itself) {
        fcntl(shell->answers, F_SETPIPE_SZ, own.text.size + PAGE);
        shell->asks = 0;
        dprintf(shell->answers, "own\n%s\n%s\n", own.text.bytes, plan.nonce);
        own.state = PREPARED;
        return;
    }
    if (!own.kept) {
        own.kept = 1;
        own.status = fact(&shell->bash, STATUS);
        own.line = fact(&shell->bash, LINE);
    }
    set_fact(&shell->bash, INTERACTIVE_SHELL, 1);
    say_line(shell, "\n");
    own.state = PREPARED;
}

static void end_own(void)
{
    own.text.size = own.state = own.between = own.interrupted = 0;
}

/* From now on, until it has ended; it may not have begun. */
static void stop_own(void)
{
    own.between = own.state ? BETWEEN : 0;
    own.next = 0;
}

/* Milliseconds until there is something to do that nothing tells of; -1 for none. */
static int wait_own(void)
{
    int64_t left = own.between ? own.next - milliseconds() : 0;
    return own.between || own.interrupted ? left > 10 ? left : 10 : -1;
}

/* What proc(5) says of a process: its state, 0 if there is none; its parent, and its group. */
static char look_at(pid_t pid, int *parent, int *group)
{
    char path[32], about[256] = "", state;
    snprintf(path, sizeof path, "%d/stat", pid);
    int file = openat(proc, path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return 0;
    read(file, about, sizeof about - 1);
    close(file);
    char *rest = strrchr(about, ')'); /* the name before it may hold anything */
    return rest && sscanf(rest, ") %c %d %d", &state, parent, group) == 3 ? state : 0;
}

/* Whether a process is of a shell's making, and in the process group of the run. */
static int is_of(struct shell *shell, pid_t pid)
{
    int parent, group, its;
    if (!look_at(pid, &parent, &its) || its != plan.pid)
        return 0;
    while (pid != shell->bash.pid && pid > 1 && look_at(pid, &parent, &group))
        pid = parent;
    return pid == shell->bash.pid;
}

/* Whether an interrupt would end a process, or call what it has for one. */
static int heeds(pid_t pid)
{
    static char about[4096];
    unsigned long long ignored = 0;
    char path[32];
    snprintf(path, sizeof path, "%d/status", pid);
    int file = openat(proc, path, O_RDONLY | O_CLOEXEC);
    ssize_t size = file < 0 ? -1 : read(file, about, sizeof about - 1);
    close(file);
    about[size < 0 ? 0 : size] = 0;
    char *line = strstr(about, "\nSigIgn:");
    return line && !strstr(about, "\nState:\tZ") && sscanf(line, "\nSigIgn: %llx", &ignored) == 1
        && !(ignored >> (SIGINT - 1) & 1);
}

/* Interrupt all that a shell has begun, and the shell itself unless it asks; or only look whether
 * something is left that heeds it. What a shell runs in the background does not. */
static int reach(struct shell *shell, int signal)
{
    struct dirent *entry;
    int reached = 0;
    DIR *directory = fdopendir(openat(proc, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    while (directory && (entry = readdir(directory))) {
        pid_t pid = atoi(entry->d_name);
        if (!is_of(shell, pid) || (pid == shell->bash.pid && shell->asks))
            continue;
        reached |= heeds(pid);
        kill(pid, signal);
    }
    if (directory)
        closedir(directory);
    return reached;
}

/* Whether a process missed the signal, since it was about to become another program: the shell has
 * come back, but with its next command it would wait for that one. One that heeds it and stays, six
 * times, is left alone. */
static int missed(struct shell *shell)
{
    return shell->asks && !shell->reports_itself && own.interrupted && own.between < LAST
        && reach(shell, 0);
}

/* Whether a shell that asks waits for more, and for no signal that is still on its way. */
static int is_at_rest(struct shell *shell)
{
    int parent, group;
    return !own.interrupted || look_at(shell->bash.pid, &parent, &group) == 'S';
}

/* As Ctrl-C does at a terminal, where the shells around this one have a group of their own.
 *
 * All get it at once, as there: none may run meanwhile, or the last of a pipeline, whose end tells
 * the shell whether the signal ended it, comes to the end of its input since the one before has
 * died. The machine has one processor.
 */
static void interrupt(void)
{
    struct sched_param ahead = { .sched_priority = 1 }, usual = { 0 };
    struct shell *shell = asker();
    own.next = milliseconds() + own.between;
    own.between *= 2;
    own.interrupted = 1;
    if (shell->reports_itself) {
        kill(-plan.pid, SIGINT);
        return;
    }
    set_fact(&shell->bash, INTERACTIVE, 1);
    sched_setscheduler(0, SCHED_FIFO, &ahead);
    reach(shell, SIGINT);
    sched_setscheduler(0, SCHED_OTHER, &usual);
}

/* Follow what has happened to the command; the report that is due now, or NULL. */
static char *attend_own(void)
{
    struct shell *shell = asker();
    if (!own.state)
        return NULL;
    for (int i = 0; i < plan.shells_number; i++) {
        /* It has ended the shell. */
        char *report = &plan.shells[i] != shell && plan.shells[i].asks ? early(i) : NULL;
        if (report) {
            end_own();
            return report;
        }
    }
    if (own.between && own.state == RUNS && milliseconds() >= own.next
        && (shell->reports_itself || fact(&shell->bash, EXECUTING) || missed(shell)))
        interrupt();
    if (!shell->asks)
        return NULL;
    if (shell->reports_itself && own.state == PREPARED) { /* it has said that it begins */
        own.state = RUNS;
        shell->asks = 0;
        return NULL;
    }
    if (shell->reports_itself) {
        end_own();
        return told_by(shell, "");
    }
    if (own.state == RUNS && missed(shell))
        return NULL;
    if (own.state == RUNS)
        own.between = 0;
    if (!is_at_rest(shell))
        return NULL;
    set_fact(&shell->bash, INTERRUPTED, 0); /* by one that came when it had ended */
    set_fact(&shell->bash, INTERACTIVE_SHELL, 0);
    set_fact(&shell->bash, INTERACTIVE, 0);
    if (own.state == PREPARED) {
        own.state = RUNS;
        say_own(shell);
        return NULL;
    }
    snprintf(own.report, sizeof own.report, "own %d", fact(&shell->bash, STATUS));
    set_fact(&shell->bash, LINE, own.line);
    end_own();
    return own.report;
}

/* Before the next step, what the last one left. */
static void leave_own(void)
{
    if (!own.kept)
        return;
    set_fact(&asker()->bash, STATUS, own.status);
    set_fact(&asker()->bash, LINE, own.line);
    own.kept = 0;
}
