/* Facts about a bash that runs: variables that it exports, found by its program's symbols, read and
 * written in its memory. Included by plan.c. Needed before it: `proc`, a descriptor of /proc.
 */
#include <dirent.h>
#include <elf.h>
#include <stdint.h>
#include <sys/mman.h>

#if UINTPTR_MAX > 0xffffffff
#define ELF(type) Elf64_##type
#define CLASS ELFCLASS64
#else
#define ELF(type) Elf32_##type
#define CLASS ELFCLASS32
#endif

/* What bash knows of itself: its variables of these names (int). */
static const char *const KNOWN[] = {
    "last_command_exit_value", "current_command_line_count", "executing", "line_number",
    "last_asynchronous_pid", "interactive", "interactive_shell", "interrupt_state"};
enum { STATUS, UNFINISHED, EXECUTING, LINE, LAST_JOB, INTERACTIVE, INTERACTIVE_SHELL, INTERRUPTED,
       FACTS };

struct bash {
    pid_t pid;
    int mem; /* its memory, 0 if it has not been found */
    uint64_t facts[FACTS];
};

/* What was found in the bash that was last looked at; most runs are of the same. */
static struct {
    struct stat file;
    uint64_t facts[FACTS], headers;
} last_bash;

static int is_last_bash(const struct stat *file)
{
    const struct stat *last = &last_bash.file;
    return last->st_ino == file->st_ino && last->st_dev == file->st_dev
           && last->st_size == file->st_size && last->st_ctim.tv_sec == file->st_ctim.tv_sec
           && last->st_ctim.tv_nsec == file->st_ctim.tv_nsec;
}

/* Find them in a program of that size. */
static int look_for_facts(int program, uint64_t size, uint64_t facts[FACTS], uint64_t *headers)
{
    int found = 0;
    char *file = mmap(NULL, size, PROT_READ, MAP_PRIVATE, program, 0);
    if (file == MAP_FAILED)
        return 0;
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
    munmap(file, size);
    return found == (1 << FACTS) - 1;
}

/* Where the variables are in a process of that program, as offsets from where it was loaded. */
static int find_facts(int program, uint64_t facts[FACTS], uint64_t *headers)
{
    struct stat file;
    if (fstat(program, &file) < 0 || file.st_size < (off_t)sizeof(ELF(Ehdr)))
        return 0;
    if (!is_last_bash(&file)) {
        if (!look_for_facts(program, file.st_size, facts, headers))
            return 0;
        last_bash.file = file;
        last_bash.headers = *headers;
        memcpy(last_bash.facts, facts, sizeof last_bash.facts);
    }
    *headers = last_bash.headers;
    memcpy(facts, last_bash.facts, sizeof last_bash.facts);
    return 1;
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
static int fact(struct bash *bash, int which)
{
    int value = 0;
    if (pread64(bash->mem, &value, sizeof value, bash->facts[which]) < 0)
        return -1;
    return value;
}

static void set_fact(struct bash *bash, int which, int value)
{
    pwrite64(bash->mem, &value, sizeof value, bash->facts[which]);
}

/* Look into a process; whether it is bash. */
static int look_into(struct bash *bash, pid_t pid)
{
    char path[64];
    uint64_t headers = 0;
    snprintf(path, sizeof path, "%d/exe", pid);
    int program = openat(proc, path, O_RDONLY | O_CLOEXEC);
    if (program < 0)
        return 0;
    int is_bash = find_facts(program, bash->facts, &headers);
    close(program);
    if (!is_bash)
        return 0;
    uint64_t loaded = headers ? headers_of(pid) - headers : 0;
    for (int i = 0; i < FACTS; i++)
        bash->facts[i] += loaded;
    snprintf(path, sizeof path, "%d/mem", pid);
    bash->mem = openat(proc, path, O_RDWR | O_CLOEXEC);
    if (bash->mem < 0)
        bash->mem = 0;
    bash->pid = pid;
    return bash->mem > 0;
}

/* Find the process that reads a pipe, is bash, and waits for more. */
static int find_reader(struct bash *bash, int pipe)
{
    struct stat ours, its;
    struct dirent *entry;
    char path[64];
    DIR *directory = fdopendir(openat(proc, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    fstat(pipe, &ours);
    while (directory && !bash->mem && (entry = readdir(directory))) {
        snprintf(path, sizeof path, "%.20s/fd/0", entry->d_name);
        if (*entry->d_name < '1' || *entry->d_name > '9' || fstatat(proc, path, &its, 0) < 0
            || its.st_ino != ours.st_ino || its.st_dev != ours.st_dev
            || !look_into(bash, atoi(entry->d_name)))
            continue;
        if (fact(bash, EXECUTING)) {
            close(bash->mem);
            bash->mem = 0;
        }
    }
    if (directory)
        closedir(directory);
    return bash->mem > 0;
}
