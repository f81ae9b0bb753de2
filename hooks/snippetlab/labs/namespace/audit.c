/* What is left on the stage: processes, mounts, namespaces, ports, files. Runs in the first
 * process of the sandbox; included by stage.c.
 *
 * What is told of each thing: its kind (see leaks.CURES), what tells it from others, and words
 * for it, each with a NUL behind it. */
#include <ctype.h>
#include <dirent.h>
#include <sys/stat.h>
#include <time.h>

#define GRACE 0.3 /* seconds for what was told to end to be gone */
#define LONGEST 400

static int proc; /* held open: a snippet may mount something over it */
static char *mounts_before;

static struct {
    FILE *stream;
    int room; /* for so many things */
} found;

static void add(const char *kind, const char *key, const char *what)
{
    if (found.room-- > 0)
        fprintf(found.stream, "%s%c%.*s%c%.*s%c", kind, 0, LONGEST, key, 0, LONGEST, what, 0);
}

/* A file of /proc as a text; empty if its process has ended meanwhile. To be freed. */
static char *contents(const char *path)
{
    size_t size = 0, room = 8192;
    ssize_t part;
    char *text = malloc(room);
    int file = openat(proc, path, O_RDONLY | O_CLOEXEC);
    while (file >= 0 && (part = read(file, text + size, room - size - 1)) > 0)
        if ((size += part) == room - 1)
            text = realloc(text, room *= 2);
    if (file >= 0)
        close(file);
    text[size] = 0;
    return text;
}

/* Note how the stage is at first. */
static void remember(void)
{
    proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    mounts_before = contents("self/mountinfo");
}

/* Whether a process lives, which is noted; one that has ended is nothing left. */
static int add_process(const char *pid)
{
    char path[64];
    snprintf(path, sizeof path, "%.20s/stat", pid);
    char *stat = contents(path), *name = strrchr(stat, ')');
    int lives = name && !strchr("ZX", name[2]);
    free(stat);
    if (lives && found.room > 0) {
        snprintf(path, sizeof path, "%.20s/cmdline", pid);
        char *words = contents(path);
        for (int i = 0; i < 100 && (words[i] || words[i + 1]); i++)
            if (!words[i])
                words[i] = ' ';
        snprintf(path, sizeof path, "%.20s/comm", pid);
        char *comm = contents(path);
        comm[strcspn(comm, "\n")] = 0;
        add("process", pid, *words ? words : comm);
        free(words);
        free(comm);
    }
    return lives;
}

/* How many processes live beside this one. */
static int add_processes(void)
{
    int number = 0;
    siginfo_t child;
    struct dirent *entry;
    /* Orphans become children of the first process: without any, nobody is left. */
    if (waitid(P_ALL, 0, &child, WEXITED | WNOHANG | WNOWAIT) < 0)
        return 0;
    DIR *directory = fdopendir(openat(proc, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    while (directory && (entry = readdir(directory)))
        if (isdigit(*entry->d_name) && strcmp(entry->d_name, "1"))
            number += add_process(entry->d_name);
    if (directory)
        closedir(directory);
    return number;
}

/* Those who listen: in the tables of proc_net(5), the state 0A is TCP_LISTEN. */
static void add_ports(const char *kind)
{
    char path[32], local[64], state[8], what[64];
    snprintf(path, sizeof path, "self/net/%s", kind);
    char *table = contents(path), *rest = table, *line;
    while ((line = strsep(&rest, "\n")))
        if (sscanf(line, " %*[0-9]: %63s %*s %7s", local, state) == 2 && !strcmp(state, "0A")) {
            snprintf(what, sizeof what, "%s port %ld", kind, strtol(strrchr(local, ':') + 1, NULL, 16));
            add("port", local, what);
        }
    free(table);
}

/* Whether a line of mountinfo begins with that number. */
static int has_mount(const char *mounts, const char *number)
{
    size_t length = strlen(number);
    for (const char *line = mounts; line; line = strchr(line, '\n'), line += !!line)
        if (!strncmp(line, number, length) && line[length] == ' ')
            return 1;
    return 0;
}

struct mount {
    char *number, *point, *kind;
};

/* The mounts that were not there at first, up to `most`: proc_pid_mountinfo(5). Cuts up `now`. */
static int new_mounts(char *now, struct mount *mounts, int most)
{
    int number = 0;
    char *line;
    if (!strcmp(now, mounts_before))
        return 0;
    while ((line = strsep(&now, "\n")) && number < most) {
        char *end = strstr(line, " - "), *fields[5];
        for (int i = 0; end && i < 5; i++)
            fields[i] = strsep(&line, " ");
        if (!end || has_mount(mounts_before, fields[0]))
            continue;
        end += 3;
        mounts[number++] = (struct mount){fields[0], fields[4], strsep(&end, " ")};
    }
    return number;
}

/* Whether a path is one that stays: the scripts; what `mount` and `ip netns` make and never
 * remove; and what a mount is on. */
static int stays(const char *path, const struct mount *mounts, int number)
{
    for (int i = 0; i < number; i++)
        if (!strcmp(path, mounts[i].point))
            return 1;
    return !strcmp(path, STAGE) || !strcmp(path, "/run/mount") || !strcmp(path, "/run/netns");
}

/* Of a directory in it the name is enough; on another device lies a mount. */
static void add_files(const char *place, const struct mount *mounts, int number)
{
    struct stat outer, inner;
    struct dirent *entry;
    char path[PATH_MAX];
    DIR *directory = opendir(place);
    if (!directory)
        return;
    while ((entry = readdir(directory))) {
        snprintf(path, sizeof path, "%s/%s", place, entry->d_name);
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..")
            && !stays(path, mounts, number) && !lstat(place, &outer) && !lstat(path, &inner)
            && outer.st_dev == inner.st_dev)
            add("file", path, path);
    }
    closedir(directory);
}

static void add_lasting(void)
{
    const char *const places[] = {"/tmp", "/dev/shm", "/run"}; /* writable, and not the home */
    struct mount mounts[256];
    char *now = contents("self/mountinfo"), what[LONGEST];
    int number = new_mounts(now, mounts, 256);
    for (int i = 0; i < number; i++)
        if (!strcmp(mounts[i].kind, "nsfs"))
            add("namespace", mounts[i].number, mounts[i].point);
        else if (strcmp(mounts[i].point, "/run/netns")) {
            snprintf(what, sizeof what, "%s on %s", mounts[i].kind, mounts[i].point);
            add("mount", mounts[i].number, what);
        }
    for (int i = 0; i < 3; i++)
        add_files(places[i], mounts, number);
    free(now);
}

/* Send over `socket` what is left, up to `most` things; nothing where nothing is, unless
 * `always`. Processes have `grace` seconds to end. */
static void tell(int socket, int most, double grace, int always)
{
    char *text = NULL;
    size_t size = 0;
    found.stream = open_memstream(&text, &size);
    fputc('~', found.stream);
    found.room = 0;
    for (; grace > 0 && add_processes(); grace -= 0.01)
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    found.room = most;
    /* Reading the table of ports takes longer than a run; nobody but a process listens. */
    if (add_processes()) {
        add_ports("tcp");
        add_ports("tcp6");
    }
    add_lasting();
    fclose(found.stream);
    if (always || size > 1)
        write(socket, text, size);
    free(text);
}

/* Tell what is left now, if that is asked within a moment. */
static void answer(int asked)
{
    char question[16];
    struct pollfd asking = {asked, POLLIN};
    if (poll(&asking, 1, 10) > 0 && read(asked, question, sizeof question) > 0)
        tell(asked, 200, 0, 1);
}
