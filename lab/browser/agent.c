/* The agent: runs snippets in the guest for whoever is at the other end of ttyS1.
 *
 * Frames go both ways: a letter, the length of the content (4 bytes, little-endian), the content.
 *
 *     to the guest     T  seconds since 1970 in decimal, a blank, random bytes: a restored
 *                         machine has the clock and the randomness of when it was saved
 *                      W  rows, columns of the terminal on ttyS0, in decimal
 *                      F  a file: path, a zero byte, a part of its content (appended)
 *                      P  a pack to unpack: where in the window it lies and how long it is, in
 *                         bytes, in decimal; see machine.mjs
 *                      L  a plan (see plan.py), or as much of it as one frame holds
 *                      M  more of the plan that came last
 *                      R  run the plans that have come, one after another
 *                      A  the answer to a report: a line
 *                      C  a part of a command that the shell is to run which waits for an answer
 *                      D  run that command
 *                      I  interrupt it
 *     from the guest   H  the agent is ready
 *                      K  one frame has been dealt with; send the next one only then
 *                      O  output
 *                      S  a report: how a step has ended (see follow.c), or `own`, a blank and the
 *                         status of a command that came by C
 *                      E  the exit status of the last script, in decimal
 *
 * As in the namespace lab, standard output is a pipe, and what a step printed goes ahead of its
 * report.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 4096, RESEED = 0x5207 /* RNDRESEEDCRNG */ };

struct text {
    char *bytes; /* a NUL behind them */
    size_t size;
};

static int port, proc;

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static void append(struct text *text, const char *data, size_t size)
{
    text->bytes = realloc(text->bytes, text->size + size + 1);
    memcpy(text->bytes + text->size, data, size);
    text->size += size;
    text->bytes[text->size] = 0;
}

static void write_all(int file, const char *data, size_t size)
{
    while (size) {
        ssize_t done = write(file, data, size);
        if (done < 0 && errno != EINTR)
            return;
        if (done > 0)
            data += done, size -= done;
    }
}

static void read_all(int file, char *data, size_t size)
{
    while (size) {
        ssize_t done = read(file, data, size);
        if (done < 0 && errno != EINTR)
            fail("ttyS1");
        if (done > 0)
            data += done, size -= done;
    }
}

static void send_frame(char kind, const char *data, uint32_t size)
{
    char head[5] = {kind, size, size >> 8, size >> 16, size >> 24};
    write_all(port, head, sizeof head);
    write_all(port, data, size);
}

static void make_parents(char *path)
{
    for (char *slash = path + 1; (slash = strchr(slash, '/')); *slash++ = '/') {
        *slash = 0;
        mkdir(path, 0755);
    }
}

#include "follow.c"
#include "own.c"
#include "run.c"

static void put_file(char *path, char *content, size_t size)
{
    make_parents(path);
    int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    write_all(file, content, size);
    close(file);
}

static void wake(char *data, size_t size)
{
    char *random = memchr(data, ' ', size);
    struct timeval now = {strtoll(data, NULL, 10), 0};
    int file = open("/dev/urandom", O_RDWR | O_CLOEXEC);
    settimeofday(&now, NULL);
    if (random)
        write_all(file, random, data + size - random);
    ioctl(file, RESEED);
    close(file);
}

static void resize(const char *data)
{
    struct winsize size = {0};
    int terminal = open("/dev/ttyS0", O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (sscanf(data, "%hu %hu", &size.ws_row, &size.ws_col) == 2)
        ioctl(terminal, TIOCSWINSZ, &size);
    close(terminal);
}

/* What lies in physical memory that the kernel leaves alone goes into tar. */
static void unpack(const char *data)
{
    long start, size;
    int memory = open("/dev/mem", O_RDONLY | O_CLOEXEC);
    if (sscanf(data, "%ld %ld", &start, &size) != 2)
        return;
    char *pack = mmap(NULL, size, PROT_READ, MAP_SHARED, memory, start);
    close(memory);
    FILE *tar = popen("/bin/busybox tar -x -C /", "w");
    if (pack == MAP_FAILED || !tar)
        fail("/dev/mem");
    write_all(fileno(tar), pack, size);
    pclose(tar);
    munmap(pack, size);
}

static void obey(void)
{
    static char data[MOST + 1];
    unsigned char head[5];
    read_all(port, (char *)head, sizeof head);
    uint32_t size = head[1] | head[2] << 8 | head[3] << 16 | (uint32_t)head[4] << 24;
    if (size > MOST)
        exit(1);
    read_all(port, data, size);
    data[size] = 0;
    switch (head[0]) {
    case 'T': wake(data, size); break;
    case 'W': resize(data); break;
    case 'F': put_file(data, data + strlen(data) + 1, size - strlen(data) - 1); break;
    case 'P': unpack(data); break;
    case 'L': begin_plan(); /* fall through */
    case 'M': append(&plans[plans_number - 1], data, size); break;
    case 'R': run(); break;
    case 'A': take_answer(size > 1); break;
    case 'C': append(&own.text, data, size); break;
    case 'D': begin_own(); break;
    case 'I': stop_own(); break;
    }
    send_frame('K', "", 0);
}

int main(void)
{
    struct termios raw;
    port = open("/dev/ttyS1", O_RDWR | O_NOCTTY | O_CLOEXEC);
    proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (port < 0 || tcgetattr(port, &raw))
        fail("ttyS1");
    cfmakeraw(&raw);
    cfsetspeed(&raw, B115200);
    tcsetattr(port, TCSANOW, &raw);
    send_frame('H', "", 0);
    for (;;) {
        struct pollfd polled[WATCHED + 3] = {
            {port, POLLIN}, {output, POLLIN}, {process, POLLIN}};
        int number = process < 0 ? 0 : watched(polled + 3);
        if (poll(polled, 3 + number, wait_own()) < 0)
            continue;
        if (polled[1].revents)
            drain();
        if (polled[0].revents)
            obey();
        if (process >= 0)
            look(polled + 3, number);
        if (polled[2].revents)
            see_off();
    }
}
