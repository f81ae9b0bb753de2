/* What a seat stands on: a user namespace with quotas of its own, and the tree of files with
 * which each stage begins. Nothing of the guard's is in that tree, or below a mount of it: what a
 * run uncovers by unmounting is empty. Included by stage.c. */
#include <linux/capability.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

/* What the kernel counts for a user and no namespace of the run's own: the caller's share of it
 * must not be used up. For all namespaces below this one together: namespaces(7). */
static const struct {
    const char *file, *most;
} QUOTAS[] = {
    {"/proc/sys/user/max_user_namespaces", "64"},
    {"/proc/sys/user/max_mnt_namespaces", "64"},
    {"/proc/sys/user/max_net_namespaces", "64"},
    {"/proc/sys/user/max_pid_namespaces", "64"},
};

/* Of those that setrlimit(2) counts for a user: locked memory, queued signals. */
static const struct {
    int resource;
    rlim_t most;
} USERS[] = {{RLIMIT_MEMLOCK, 64 << 10}, {RLIMIT_SIGPENDING, 1024}};

static const char *const DEVICES[] = {"full", "null", "random", "tty", "urandom", "zero"};
static const char *const LINKS[][2] = {
    {"/proc/kcore", "core"},
    {"/proc/self/fd", "fd"},
    {"pts/ptmx", "ptmx"},
    {"/proc/self/fd/2", "stderr"},
    {"/proc/self/fd/0", "stdin"},
    {"/proc/self/fd/1", "stdout"},
};
#define EACH(i, list) (int i = 0; i < sizeof list / sizeof *list; i++)

/* Have a user and a group, who are the same outside, these ids here. */
static void map_user(uid_t user, gid_t group, uid_t outer_user, gid_t outer_group)
{
    char map[32];
    write_text("/proc/self/setgroups", "deny");
    snprintf(map, sizeof map, "%u %u 1", user, outer_user);
    write_text("/proc/self/uid_map", map);
    snprintf(map, sizeof map, "%u %u 1", group, outer_group);
    write_text("/proc/self/gid_map", map);
}

/* What is mounted so, root of the stage cannot make writable: it belongs to another namespace. */
static void make_read_only(const char *path)
{
    struct mount_attr attributes = {.attr_set = MOUNT_ATTR_RDONLY};
    must(syscall(SYS_mount_setattr, AT_FDCWD, path, 0, &attributes, sizeof attributes), path);
}

/* A /dev of nodes that can be used, but whose times, modes and owners stay as they are. */
static void make_devices(void)
{
    char path[64], device[64];
    must(mount("tmpfs", TREE "/dev", "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755,size=64k"), "/dev");
    must(mkdir(TREE "/dev/pts", 0755), "pts");
    must(mkdir(TREE "/dev/shm", 0755), "shm");
    for EACH(i, LINKS) {
        snprintf(path, sizeof path, TREE "/dev/%s", LINKS[i][1]);
        must(symlink(LINKS[i][0], path), path);
    }
    for EACH(i, DEVICES) {
        snprintf(path, sizeof path, TREE "/dev/%s", DEVICES[i]);
        snprintf(device, sizeof device, "/dev/%s", DEVICES[i]);
        write_text(path, "");
        must(mount(device, path, NULL, MS_BIND, NULL), path);
        make_read_only(path);
    }
    make_read_only(TREE "/dev");
}

static void drop_capabilities(void)
{
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct none[2] = {0};
    must(syscall(SYS_capset, &header, none), "capset");
}

/* Of a seat, before its first job. */
static void take_ground(void)
{
    uid_t user = geteuid();
    gid_t group = getegid();
    must(unshare(CLONE_NEWUSER | CLONE_NEWNS), "unshare");
    map_user(user, group, user, group);
    for EACH(i, QUOTAS)
        write_text(QUOTAS[i].file, QUOTAS[i].most);
    for EACH(i, USERS) {
        struct rlimit limit = {USERS[i].most, USERS[i].most};
        must(setrlimit(USERS[i].resource, &limit), "setrlimit");
    }
    make_devices();
    drop_capabilities();
    /* Of no namespace below this one may a process trace this one or take its descriptors; nor
     * the first process of a stage, which is a clone of it: ptrace(2), "access mode checking". */
    prctl(PR_SET_DUMPABLE, 0);
}

/* Of a stage: leave the guard's mounts, all of them, for a copy of the tree. */
static void enter_tree(void)
{
    must(mount(TREE, TREE, NULL, MS_BIND | MS_REC, NULL), TREE);
    must(chdir(TREE), TREE);
    must(mount("proc", "proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL), "/proc");
    must(syscall(SYS_pivot_root, ".", "."), "pivot_root");
    must(umount2(".", MNT_DETACH), "the guard's root");
    must(chdir("/"), "/");
}
