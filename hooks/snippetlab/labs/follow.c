/* Follows shells: gives each its lines, one step at a time, and tells how the step ended.
 *
 * A pipe that holds one page is full until its last byte has been read, and bash reads from a
 * pipe byte by byte, no further than it must. Behind each step's lines stands a NUL, which bash
 * skips without a word. So when that is gone, bash has run all that came before, and what it then
 * holds in variables that it exports is how that ended. Nothing is put into the script. What is
 * given to whom comes from plan.py; shells that are no bash report by themselves.
 *
 * Whoever includes this starts bash in the home directory, polls what `watched` names, calls
 * `attend`, passes on what it returns, and calls `go_on` with the answer. Needed before it:
 * `proc`, a descriptor of /proc, and `fail`, which does not return.
 */
#include "plan.c"

#define WATCHED 64

/* Find the process of a shell that asks; whether it is bash. */
static int find_shell(struct shell *shell)
{
    return shell == plan.shells ? look_into(&shell->bash, plan.pid)
                                : find_reader(&shell->bash, shell->pipe);
}

/* Name what is to be polled; how many that are. */
static int watched(struct pollfd polled[WATCHED])
{
    int number = 0;
    if (plan.job && plan.portions[plan.current].awaits)
        polled[number++] = (struct pollfd){plan.job, POLLIN, 0};
    for (int i = 0; i < plan.shells_number && number < WATCHED; i++) {
        struct shell *shell = &plan.shells[i];
        if (!shell->asks && shell->pipe >= 0)
            polled[number++] =
                (struct pollfd){shell->pipe, shell->reports_itself ? POLLIN : POLLOUT, 0};
    }
    return number;
}

/* Once bash has opened its script, that is as if it had never been a pipe. */
static void put_back(void)
{
    plan.begun = 1;
    if (rename(plan.kept, plan.name) < 0)
        unlink(plan.name);
}

/* The shell gets no more. */
static void shut(struct shell *shell)
{
    if (shell->pipe >= 0 && !shell->reports_itself)
        close(shell->pipe);
    if (!shell->reports_itself)
        shell->pipe = -1;
}

/* Give a shell as much as there is room for now. */
static void feed(struct shell *shell, int closes)
{
    while (shell->left) {
        ssize_t part = write(shell->pipe, shell->rest, shell->left < PAGE ? shell->left : PAGE);
        if (part < 0)
            return;
        shell->rest += part;
        shell->left -= part;
    }
    if (closes)
        shut(shell);
}

/* Take what a shell reports: a line. */
static void hear(struct shell *shell)
{
    char letter;
    while (!shell->asks && read(shell->pipe, &letter, 1) == 1)
        if (letter == '\n') {
            shell->said[shell->length] = 0;
            shell->length = 0;
            shell->asks = 1;
        } else if (shell->length < sizeof shell->said - 1)
            shell->said[shell->length++] = letter;
}

/* Its pipe is ready: what it was given is gone, or it has something to report. */
static void serve(struct shell *shell)
{
    struct portion *now = &plan.portions[plan.current];
    if (shell->reports_itself)
        hear(shell);
    else if (shell->left)
        feed(shell, plan.state == AWAITED && now->closes == shell - plan.shells);
    else
        shell->asks = 1;
    if (shell == plan.shells && shell->asks && !plan.begun)
        put_back();
}

/* Begin with what the current portion asks for, if its shell is ready. */
static void begin_portion(void)
{
    static char line[PAGE];
    struct portion *now = &plan.portions[plan.current];
    struct shell *shell = &plan.shells[now->shell];
    char *number;
    if (plan.current >= plan.portions_number || !shell->asks)
        return;
    plan.state = AWAITED;
    if (now->closes >= 0 && now->closes != now->shell) {
        struct shell *other = &plan.shells[now->closes];
        if (other->reports_itself)
            write(other->answers, "\n", 1);
        else
            shut(other);
    }
    if (shell->reports_itself) {
        shell->asks = 0;
        write(shell->answers, "\n", 1);
        return;
    }
    give(shell, now->give, now->closes != now->shell);
    if (now->waits && (number = strstr(now->give, "%d"))) {
        snprintf(line, sizeof line, "%.*s%d%s", (int)(number - now->give), now->give,
                 fact(&shell->bash, LAST_JOB), number + 2);
        give(shell, line, 1);
    }
    feed(shell, now->closes == now->shell);
}

/* What a shell that asks has to say, after `report`. */
static char *told_by(struct shell *shell, const char *report)
{
    const char *number = strchr(report, ' ');
    if (shell->reports_itself) {
        size_t length = strlen(plan.nonce);
        int ours = !strncmp(shell->said, plan.nonce, length) && shell->said[length] == ' ';
        snprintf(plan.report, sizeof plan.report, "%.60s",
                 ours ? shell->said + length + 1 : "unreadable");
    } else if (!shell->bash.mem && !find_shell(shell))
        snprintf(plan.report, sizeof plan.report, "lost%s", number);
    else if (fact(&shell->bash, EXECUTING))
        snprintf(plan.report, sizeof plan.report, "taken%s", number);
    else if (fact(&shell->bash, UNFINISHED))
        snprintf(plan.report, sizeof plan.report, "unfinished%s", number);
    else
        snprintf(plan.report, sizeof plan.report, "%s %d", report, fact(&shell->bash, STATUS));
    plan.state = REPORTED;
    return plan.report;
}

/* A shell that asks for more though another is awaited: has the one inside it ended early? */
static char *early(int number)
{
    for (int i = plan.current + 1; i < plan.portions_number; i++) {
        struct portion *end = &plan.portions[i];
        if (end->awaits != number)
            continue;
        if (!end->waits && end->shell != number) {
            struct portion *now = &plan.portions[plan.current];
            int was_last = end == now + 1;
            plan.shells[now->awaits].asks = was_last; /* for nothing any more */
            return told_by(&plan.shells[number], was_last ? now->report : end->report);
        }
        /* It only waits for its turn, and the one inside is its last job. */
        struct shell *shell = &plan.shells[number];
        if (!plan.job && (shell->bash.mem || find_shell(shell)))
            plan.job = syscall(SYS_pidfd_open, fact(&shell->bash, LAST_JOB), 0);
        struct pollfd job = {plan.job, POLLIN};
        if (plan.job <= 0 || poll(&job, 1, 0) <= 0)
            return NULL;
        snprintf(plan.report, sizeof plan.report, "gone%s", strchr(end->report, ' '));
        plan.state = REPORTED;
        return plan.report;
    }
    return NULL;
}

/* Follow what has happened; the report that is due now, or NULL. */
static char *attend(const struct pollfd *polled, int number)
{
    struct portion *now = &plan.portions[plan.current];
    if (plan.current >= plan.portions_number)
        return NULL;
    for (int i = 0; i < number; i++)
        for (int j = 0; polled[i].revents && j < plan.shells_number; j++)
            if (plan.shells[j].pipe == polled[i].fd && !plan.shells[j].asks)
                serve(&plan.shells[j]);
    if (plan.state == TO_GIVE)
        begin_portion();
    if (plan.state != AWAITED)
        return NULL;
    if (plan.shells[now->awaits].asks)
        return told_by(&plan.shells[now->awaits], now->report);
    for (int i = 0; i < plan.shells_number; i++)
        if (i != now->awaits && plan.shells[i].asks) {
            char *report = early(i);
            if (report)
                return report;
        }
    return NULL;
}

/* The report has been answered. */
static void go_on(int again)
{
    struct portion *now = &plan.portions[plan.current];
    struct shell *shell = &plan.shells[now->awaits];
    int back = now->back;
    if (again && shell->reports_itself) {
        shell->asks = 0;
        write(shell->answers, "again\n", 6);
    } else if (again) {
        for (char *c = now->give; *c; c++)
            back += *c == '\n';
        give(shell, now->give, 1);
        feed(shell, 0);
    } else
        plan.current++;
    plan.state = again ? AWAITED : TO_GIVE;
    if (back && shell->bash.mem > 0)
        set_fact(&shell->bash, LINE, fact(&shell->bash, LINE) - back);
}

/* The script's own shell has ended; the report that is due, or NULL. */
static char *conclude(int status)
{
    struct portion *now = &plan.portions[plan.current];
    int left = plan.portions_number - plan.current;
    if (!plan.begun)
        put_back();
    if (plan.state != AWAITED || left < 1 || left > 2 || now->awaits || !*now->report
        || (left == 2 && *now[1].report))
        return NULL;
    snprintf(plan.report, sizeof plan.report, "%s %d", now->report, status);
    plan.state = REPORTED;
    return plan.report;
}

/* Whether all that was to be reported has been. */
static int is_complete(void)
{
    return plan.current >= plan.portions_number || !*plan.portions[plan.current].report;
}
