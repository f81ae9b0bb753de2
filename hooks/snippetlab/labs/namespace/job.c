/* Reads a job. Included by stage.c; needed before it: `must` and `fail`, which do not return. */
#include <stdint.h>
#include <sys/mman.h>
#include <sys/resource.h>

static const int LIMITED[] = {RLIMIT_AS, RLIMIT_CORE, RLIMIT_FSIZE, RLIMIT_NOFILE, RLIMIT_NPROC};
#define LIMITS (sizeof LIMITED / sizeof *LIMITED)

/* What to run, as seat.py writes it: numbers and texts, one after another. */
struct job {
    uint64_t limits[LIMITS];
    char *cursor;
};

static uint32_t next_number(struct job *job)
{
    uint32_t number;
    memcpy(&number, job->cursor, sizeof number);
    job->cursor += sizeof number;
    return number;
}

/* A text has its length before it and a NUL behind it. */
static char *next_text(struct job *job, uint32_t *length)
{
    *length = next_number(job);
    char *text = job->cursor;
    job->cursor += *length + 1;
    return text;
}

/* A list of texts has its number before it; NULL behind it is what exec wants. */
static char **next_texts(struct job *job)
{
    uint32_t number = next_number(job), length;
    char **texts = calloc(number + 1, sizeof *texts);
    for (uint32_t i = 0; i < number; i++)
        texts[i] = next_text(job, &length);
    return texts;
}

static struct job read_job(int file)
{
    struct job job;
    struct stat about;
    must(fstat(file, &about), "the job");
    job.cursor = mmap(NULL, about.st_size, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
    if (job.cursor == MAP_FAILED)
        fail("the job");
    memcpy(job.limits, job.cursor, sizeof job.limits);
    job.cursor += sizeof job.limits;
    return job;
}
