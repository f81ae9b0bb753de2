/* The agent: runs a snippet's scripts in the guest for whoever is at the other end of ttyS1.
 *
 * Frames go both ways: a letter, the length of the content (4 bytes, little-endian), the content.
 *
 *     to the guest     T  seconds since 1970 in decimal, a blank, random bytes: a restored
 *                         machine has the clock and the randomness of when it was saved
 *                      W  rows, columns of the terminal on ttyS0, in decimal
 *                      F  a file: path, a zero byte, a part of its content (appended)
 *                      P  a pack to unpack: where in the window it lies and how long it is, in
 *                         bytes, in decimal; see machine.mjs
 *                      R  scripts to run, one path a line, each by bash in its own directory
 *                      A  the answer to a report
 *     from the guest   H  the agent is ready
 *                      K  one frame has been dealt with; send the next one only then
 *                      O  output
 *                      S  a report that a script sent over descriptor 9
 *                      E  the exit status of the last script, in decimal
 *
 * As in the namespace lab, standard output is a pipe, and a script waits for an answer after
 * each step; whatever a step printed goes ahead of its report.
 */

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

enum { CONTROL = 9, MOST = 4096, PIDFD_OPEN = 434, RESEED = 0x5207 /* RNDRESEEDCRNG */ };

static int port, output = -1, control = -1, shell = -1;
static pid_t shell_pid;
static char report[512];
static size_t reported;
static char *scripts, *next_script;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void write_all(int fd, const char *data, size_t size) {
    while (size) {
        ssize_t done = write(fd, data, size);
        if (done < 0 && errno != EINTR)
            return;
        if (done > 0)
            data += done, size -= done;
    }
}

static void read_all(int fd, char *data, size_t size) {
    while (size) {
        ssize_t done = read(fd, data, size);
        if (done < 0 && errno != EINTR)
            fail("ttyS1");
        if (done > 0)
            data += done, size -= done;
    }
}

static void send_frame(char kind, const char *data, uint32_t size) {
    char head[5] = {kind, size, size >> 8, size >> 16, size >> 24};
    write_all(port, head, sizeof head);
    write_all(port, data, size);
}

static void drain(void) {
    char data[MOST];
    ssize_t size;
    while (output >= 0 && (size = read(output, data, sizeof data)) != 0) {
        if (size > 0)
            send_frame('O', data, size);
        else if (errno != EINTR)
            return;
    }
    if (output >= 0)
        close(output);
    output = -1;
}

static void start(void) {
    char *path = next_script, *end = path ? strchr(path, '\n') : NULL, *name;
    int out[2], both[2];
    if (!end)
        return;
    *end = 0;
    next_script = end + 1;
    name = strrchr(path, '/');
    if (output >= 0)
        close(output);
    if (control >= 0)
        close(control);
    if (pipe(out) || socketpair(AF_UNIX, SOCK_STREAM, 0, both))
        fail("pipe");
    shell_pid = fork();
    if (shell_pid == 0) {
        int nothing = open("/dev/null", O_RDONLY);
        setpgid(0, 0);
        *name = 0;
        if (chdir(path))
            fail(path);
        *name = '/';
        dup2(nothing, 0);
        dup2(out[1], 1);
        dup2(out[1], 2);
        dup2(both[1], CONTROL);
        for (int fd = 3; fd < 32; fd++)
            if (fd != CONTROL)
                close(fd);
        execl("/usr/bin/bash", "bash", name + 1, NULL);
        _exit(127);
    }
    close(out[1]);
    close(both[1]);
    output = out[0];
    control = both[0];
    fcntl(output, F_SETFL, O_NONBLOCK);
    fcntl(output, F_SETFD, FD_CLOEXEC);
    fcntl(control, F_SETFD, FD_CLOEXEC);
    shell = syscall(PIDFD_OPEN, shell_pid, 0);
    reported = 0;
}

static void see_off(void) {
    int status, code;
    char text[16];
    waitpid(shell_pid, &status, 0);
    close(shell);
    shell = -1;
    drain();
    code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    if (!code && next_script && *next_script) {
        start();
        return;
    }
    snprintf(text, sizeof text, "%d", code);
    send_frame('E', text, strlen(text));
}

static void hear(void) {
    char data[256];
    ssize_t size = read(control, data, sizeof data);
    if (size <= 0) {
        close(control);
        control = -1;
        return;
    }
    for (ssize_t i = 0; i < size; i++) {
        if (data[i] != '\n') {
            if (reported < sizeof report)
                report[reported++] = data[i];
            continue;
        }
        drain();
        send_frame('S', report, reported);
        reported = 0;
    }
}

static void put_file(char *path, char *content, size_t size) {
    int fd;
    for (char *slash = path + 1; (slash = strchr(slash, '/')); *slash++ = '/') {
        *slash = 0;
        mkdir(path, 0755);
    }
    fd = open(path, O_WRONLY | O_CREAT | O_APPEND, 0644);
    write_all(fd, content, size);
    close(fd);
}

static void wake(char *data, size_t size) {
    char *random = memchr(data, ' ', size);
    struct timeval now = {strtoll(data, NULL, 10), 0};
    int fd = open("/dev/urandom", O_RDWR);
    settimeofday(&now, NULL);
    if (random)
        write_all(fd, random, data + size - random);
    ioctl(fd, RESEED);
    close(fd);
}

static void resize(const char *data) {
    struct winsize size = {0};
    int fd = open("/dev/ttyS0", O_RDWR | O_NOCTTY | O_NONBLOCK);
    if (sscanf(data, "%hu %hu", &size.ws_row, &size.ws_col) == 2)
        ioctl(fd, TIOCSWINSZ, &size);
    close(fd);
}

/* What lies in physical memory that the kernel leaves alone goes into tar. */
static void unpack(const char *data) {
    long start, size;
    int fd = open("/dev/mem", O_RDONLY | O_CLOEXEC);
    char *pack;
    FILE *tar;
    if (sscanf(data, "%ld %ld", &start, &size) != 2)
        return;
    pack = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, start);
    close(fd);
    tar = popen("/bin/busybox tar -x -C /", "w");
    if (pack == MAP_FAILED || !tar)
        fail("/dev/mem");
    write_all(fileno(tar), pack, size);
    pclose(tar);
    munmap(pack, size);
}

static void obey(void) {
    static char data[MOST + 1];
    unsigned char head[5];
    uint32_t size;
    read_all(port, (char *)head, sizeof head);
    size = head[1] | head[2] << 8 | head[3] << 16 | (uint32_t)head[4] << 24;
    if (size > MOST)
        exit(1);
    read_all(port, data, size);
    data[size] = 0;
    if (head[0] == 'T')
        wake(data, size);
    else if (head[0] == 'W')
        resize(data);
    else if (head[0] == 'F')
        put_file(data, data + strlen(data) + 1, size - strlen(data) - 1);
    else if (head[0] == 'P')
        unpack(data);
    else if (head[0] == 'A' && control >= 0)
        write_all(control, data, size);
    else if (head[0] == 'R') {
        free(scripts);
        scripts = next_script = strdup(data);
        start();
    }
    send_frame('K', "", 0);
}

int main(void) {
    struct termios raw;
    struct pollfd polled[4];
    port = open("/dev/ttyS1", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (port < 0 || tcgetattr(port, &raw))
        fail("ttyS1");
    cfmakeraw(&raw);
    cfsetspeed(&raw, B115200);
    tcsetattr(port, TCSANOW, &raw);
    send_frame('H', "", 0);
    for (;;) {
        int order[4] = {port, output, control, shell};
        for (int i = 0; i < 4; i++)
            polled[i] = (struct pollfd){order[i], POLLIN, 0};
        if (poll(polled, 4, -1) < 0)
            continue;
        if (polled[1].revents)
            drain();
        if (polled[2].revents)
            hear();
        else if (polled[3].revents)
            see_off();
        if (polled[0].revents)
            obey();
    }
}
