/* Runs a script by its plan, and talks with the engine about it. Included by stage.c. */
#include <spawn.h>
#include <sys/signalfd.h>

#include "../follow.c"
#include "terminal.c"

#define BASH "/usr/bin/bash"

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
    if ((errno = posix_spawn(&shell, BASH, &actions, &attributes, arguments, environment)))
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
