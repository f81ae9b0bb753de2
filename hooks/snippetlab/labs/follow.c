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
#include <dirent.h>
#include <elf.h>
#include <stdint.h>

#if UINTPTR_MAX > 0xffffffff
#define ELF(type) Elf64_##type
#define CLASS ELFCLASS64
#else
#define ELF(type) Elf32_##type
#define CLASS ELFCLASS32
#endif

#define WATCHED 64
#define PAGE 4096

/* What bash knows of itself: its variables of these names (int). */
static const char *const KNOWN[] = {
    "last_command_exit_value", "current_command_line_count", "executing", "line_number",
    "last_asynchronous_pid", "interactive", "interactive_shell", "interrupt_state"};
enum { STATUS, UNFINISHED, EXECUTING, LINE, LAST_JOB, INTERACTIVE, INTERACTIVE_SHELL, INTERRUPTED,
       FACTS };

struct shell {
    int reports_itself;
    int pipe;            /* it is fed by; or its reports come from */
    int answers;         /* of one that reports */
    const char *rest;    /* what it still has to be given */
    size_t left;
    int asks;            /* whether it has run all that it was given */
    pid_t pid;
    int mem;             /* its memory, 0 if it has not been found */
    uint64_t facts[FACTS];
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
    int apart; /* whether standard error has a pipe of its own */
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
        if (shell->mem)
            close(shell->mem);
    }
    if (plan.job)
        close(plan.job);
    free(plan.shells);
    free(plan.portions);
    plan.shells_number = plan.portions_number = 0;
}

/* Where the variables are in a process of that program, as offsets from where it was loaded. */
static int find_facts(int program, uint64_t facts[FACTS], uint64_t *headers)
{
    struct stat about;
    int found = 0;
    if (fstat(program, &about) < 0 || about.st_size < (off_t)sizeof(ELF(Ehdr)))
        return 0;
    char *file = mmap(NULL, about.st_size, PROT_READ, MAP_PRIVATE, program, 0);
    if (file == MAP_FAILED)
        return 0;
    uint64_t size = about.st_size;
    ELF(Ehdr) *head = (void *)file;
    ELF(Shdr) *sections = (void *)(file + head->e_shoff);
    if (memcmp(head->e_ident, ELFMAG, SELFMAG) || head->e_shoff > size
        || head->e_ident[EI_CLASS] != CLASS
        || head->e_shnum * sizeof *sections > size - head->e_shoff)
        goto out;
    *headers = head->e_type == ET_EXEC ? 0 : head->e_phoff;
    for (int i = 0; i < head->e_shnum; i++) {
        ELF(Shdr) *table = &sections[i];
        if (table->sh_type != SHT_DYNSYM || table->sh_link >= head->e_shnum)
            continue;
        ELF(Shdr) *names = &sections[table->sh_link];
        if (table->sh_offset > size || table->sh_size > size - table->sh_offset
            || names->sh_offset > size || names->sh_size > size - names->sh_offset)
            goto out;
        ELF(Sym) *symbols = (void *)(file + table->sh_offset);
        for (size_t j = 0; j < table->sh_size / sizeof *symbols; j++) {
            const char *name = file + names->sh_offset + symbols[j].st_name;
            if (symbols[j].st_name >= names->sh_size)
                continue;
            for (int k = 0; strchr("ceil", *name) && k < FACTS; k++) {
                size_t length = strlen(KNOWN[k]) + 1;
                if (symbols[j].st_shndx && symbols[j].st_name + length <= names->sh_size
                    && !memcmp(name, KNOWN[k], length)) {
                    facts[k] = symbols[j].st_value;
                    found |= 1 << k;
                }
            }
        }
    }
out:
    munmap(file, about.st_size);
    return found == (1 << FACTS) - 1;
}

/* Where a process has its program headers: getauxval(3). */
static uint64_t headers_of(pid_t pid)
{
    char path[64];
    unsigned long pair[2] = {1};
    uint64_t found = 0;
    snprintf(path, sizeof path, "%d/auxv", pid);
    int file = openat(proc, path, O_RDONLY | O_CLOEXEC);
    while (file >= 0 && pair[0] && read(file, pair, sizeof pair) == sizeof pair)
        if (pair[0] == AT_PHDR)
            found = pair[1];
    if (file >= 0)
        close(file);
    return found;
}

/* A number that bash holds. */
static int fact(struct shell *shell, int which)
{
    int value = 0;
    if (pread64(shell->mem, &value, sizeof value, shell->facts[which]) < 0)
        return -1;
    return value;
}

static void set_fact(struct shell *shell, int which, int value)
{
    pwrite64(shell->mem, &value, sizeof value, shell->facts[which]);
}

/* Look into a process; whether it is bash. */
static int look_into(struct shell *shell, pid_t pid)
{
    char path[64];
    uint64_t headers = 0;
    snprintf(path, sizeof path, "%d/exe", pid);
    int program = openat(proc, path, O_RDONLY | O_CLOEXEC);
    if (program < 0)
        return 0;
    int is_bash = find_facts(program, shell->facts, &headers);
    close(program);
    if (!is_bash)
        return 0;
    uint64_t loaded = headers ? headers_of(pid) - headers : 0;
    for (int i = 0; i < FACTS; i++)
        shell->facts[i] += loaded;
    snprintf(path, sizeof path, "%d/mem", pid);
    shell->mem = openat(proc, path, O_RDWR | O_CLOEXEC);
    if (shell->mem < 0)
        shell->mem = 0;
    shell->pid = pid;
    return shell->mem > 0;
}

/* Find the process that reads a shell's pipe, and waits for more. */
static int find_shell(struct shell *shell)
{
    struct stat pipe, its;
    struct dirent *entry;
    char path[64];
    if (shell == plan.shells)
        return look_into(shell, plan.pid);
    DIR *directory = fdopendir(openat(proc, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    fstat(shell->pipe, &pipe);
    while (directory && !shell->mem && (entry = readdir(directory))) {
        snprintf(path, sizeof path, "%.20s/fd/0", entry->d_name);
        if (*entry->d_name < '1' || *entry->d_name > '9' || fstatat(proc, path, &its, 0) < 0
            || its.st_ino != pipe.st_ino || its.st_dev != pipe.st_dev
            || !look_into(shell, atoi(entry->d_name)))
            continue;
        if (fact(shell, EXECUTING)) {
            close(shell->mem);
            shell->mem = 0;
        }
    }
    if (directory)
        closedir(directory);
    return shell->mem > 0;
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
                 fact(shell, LAST_JOB), number + 2);
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
    } else if (!shell->mem && !find_shell(shell))
        snprintf(plan.report, sizeof plan.report, "lost%s", number);
    else if (fact(shell, EXECUTING))
        snprintf(plan.report, sizeof plan.report, "taken%s", number);
    else if (fact(shell, UNFINISHED))
        snprintf(plan.report, sizeof plan.report, "unfinished%s", number);
    else
        snprintf(plan.report, sizeof plan.report, "%s %d", report, fact(shell, STATUS));
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
        if (!plan.job && (shell->mem || find_shell(shell)))
            plan.job = syscall(SYS_pidfd_open, fact(shell, LAST_JOB), 0);
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
    if (back && shell->mem > 0)
        set_fact(shell, LINE, fact(shell, LINE) - back);
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
