/* Reads a plan (see plan.py), and makes the pipes of its shells. Included by follow.c, which says
 * what they are for. Needed before it: `fail`, which does not return.
 */
#include "facts.c"

#define PAGE 4096

struct shell {
    int reports_itself;
    int pipe;            /* it is fed by; or its reports come from */
    int answers;         /* of one that reports */
    const char *rest;    /* what it still has to be given */
    size_t left;
    int asks;            /* whether it has run all that it was given */
    struct bash bash;    /* unless it reports */
    char said[128];      /* its report */
    size_t length;
};

struct portion {
    int shell, awaits, back, closes, waits;
    char *report, *give;
};

static struct {
    char *directory, *name, *nonce, kept[300], report[64];
    int at_terminal; /* whether the script's own shell is */
    int apart;       /* whether standard error has a pipe of its own */
    int shells_number, portions_number;
    struct shell *shells;
    struct portion *portions;
    int current;
    enum { TO_GIVE, AWAITED, REPORTED } state;
    pid_t pid; /* of the script's own shell */
    int begun; /* whether that has opened its script */
    int job;   /* of a shell in the background: a pidfd */
} plan;

static char *next_of(char **cursor)
{
    char *text = *cursor;
    *cursor += strlen(text) + 1;
    return text;
}

static int make_pipe(const char *path)
{
    int file;
    unlink(path);
    if (mkfifo(path, 0600) < 0 || (file = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)) < 0)
        fail(path);
    /* Out of the way of the numbers that shells are to get, should one be inherited. */
    int high = fcntl(file, F_DUPFD_CLOEXEC, 32);
    close(file);
    fcntl(high, F_SETPIPE_SZ, PAGE);
    return high;
}

/* A NUL goes along behind the text, where more will follow. */
static void give(struct shell *shell, const char *text, int more)
{
    shell->rest = text;
    shell->left = strlen(text) + more;
    shell->asks = 0;
}

/* Read a plan, which stays where it is, and make its pipes; the current directory is the home. */
static void take_plan(char *cursor)
{
    char path[400];
    memset(&plan, 0, sizeof plan);
    plan.directory = next_of(&cursor);
    plan.name = next_of(&cursor);
    plan.nonce = next_of(&cursor);
    plan.apart = *next_of(&cursor) != 0;
    plan.shells_number = atoi(next_of(&cursor));
    plan.shells = calloc(plan.shells_number, sizeof *plan.shells);
    for (int i = 0; i < plan.shells_number; i++) {
        struct shell *shell = &plan.shells[i];
        char kind = *next_of(&cursor);
        shell->reports_itself = kind == 'r';
        plan.at_terminal |= kind == 't';
        if (!i) {
            /* The script may be one of the files there. */
            snprintf(plan.kept, sizeof plan.kept, ".%.250s.kept", plan.name);
            rename(plan.name, plan.kept);
        }
        snprintf(path, sizeof path, "%s/%d%s", plan.directory, i, shell->reports_itself ? "r" : "");
        shell->pipe = make_pipe(i ? path : plan.name);
        if (shell->reports_itself) {
            path[strlen(path) - 1] = 'a';
            shell->answers = make_pipe(path);
        } else
            give(shell, "", 1);
    }
    plan.portions_number = atoi(next_of(&cursor));
    plan.portions = calloc(plan.portions_number + 1, sizeof *plan.portions);
    for (int i = 0; i < plan.portions_number; i++) {
        struct portion *p = &plan.portions[i];
        sscanf(next_of(&cursor), "%d %d %d %d %d", &p->shell, &p->awaits, &p->back, &p->closes,
               &p->waits);
        p->report = next_of(&cursor);
        p->give = next_of(&cursor);
    }
}

static void leave_plan(void)
{
    for (int i = 0; i < plan.shells_number; i++) {
        struct shell *shell = &plan.shells[i];
        if (shell->pipe >= 0)
            close(shell->pipe);
        if (shell->answers)
            close(shell->answers);
        if (shell->bash.mem)
            close(shell->bash.mem);
    }
    if (plan.job)
        close(plan.job);
    free(plan.shells);
    free(plan.portions);
    plan.shells_number = plan.portions_number = 0;
}
