/* The terminal of a script that has one (kind `t` in its plan), held by the stage.
 *
 * What is printed there is passed on, always before a report. What is typed comes from the engine:
 * it is told `asks` when a program waits for input, and answers with the bytes in hexadecimal.
 *
 * The kernel tells nobody that a program has begun to wait, so this is looked for, with pauses.
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

#include "awaited.c"

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
