/* Runs plans one after another. Included by agent.c. */

static struct text *plans;
static int plans_number, next_plan;
static int output = -1, far_output = -1;
static int process = -1; /* of the script that runs: a pidfd */
static int ended = 1;    /* whether nothing runs */
static int last_status;

static void begin_plan(void)
{
    if (next_plan) {
        while (plans_number)
            free(plans[--plans_number].bytes);
        next_plan = 0;
    }
    plans = realloc(plans, (plans_number + 1) * sizeof *plans);
    plans[plans_number++] = (struct text){NULL, 0};
}

static void drain(void)
{
    char data[MOST];
    ssize_t size;
    while ((size = read(output, data, sizeof data)) > 0)
        send_frame('O', data, size);
}

static void send_report(const char *report)
{
    drain();
    send_frame('S', report, strlen(report));
}

static void start(void)
{
    char path[400];
    char *text = plans[next_plan++].bytes;
    if (chdir(getenv("HOME")))
        fail("HOME");
    snprintf(path, sizeof path, "%s/", text);
    make_parents(path);
    take_plan(text);
    ended = own.kept = 0;
    end_own();
    pid_t child = fork();
    if (child == 0) {
        setpgid(0, 0);
        dup2(open("/dev/null", O_RDONLY), 0);
        dup2(far_output, 1);
        dup2(far_output, 2);
        close_range(3, ~0U, 0);
        execl("/usr/bin/bash", "bash", plan.name, NULL);
        _exit(127);
    }
    setpgid(child, child);
    plan.pid = child;
    process = syscall(SYS_pidfd_open, child, 0);
}

static void run(void)
{
    int ends[2];
    if (output >= 0) {
        close(output);
        close(far_output);
    }
    if (pipe2(ends, O_CLOEXEC))
        fail("pipe");
    output = ends[0];
    far_output = ends[1];
    fcntl(output, F_SETFL, O_NONBLOCK);
    if (plans_number)
        start();
}

/* The script has ended, and its last report has been answered. */
static void finish(void)
{
    char text[16];
    int complete = is_complete();
    leave_plan();
    drain();
    if (complete && next_plan < plans_number) {
        start();
        return;
    }
    ended = 1;
    snprintf(text, sizeof text, "%d", last_status);
    send_frame('E', text, strlen(text));
}

static void look(const struct pollfd *polled, int number)
{
    char *report = attend(polled, number);
    if (!report)
        report = attend_own();
    if (report)
        send_report(report);
}

static void see_off(void)
{
    int how, given_up = own.state;
    waitpid(plan.pid, &how, 0);
    close(process);
    process = -1;
    last_status = WIFEXITED(how) ? WEXITSTATUS(how) : 128 + WTERMSIG(how);
    end_own();
    char *report = conclude(last_status);
    if (report)
        send_report(report);
    else if (plan.state != REPORTED || given_up)
        finish();
}

static void take_answer(int again)
{
    if (ended || plan.state != REPORTED || own.state)
        return;
    leave_own();
    go_on(again);
    if (process < 0)
        finish();
}
