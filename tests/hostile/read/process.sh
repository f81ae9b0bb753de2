cat /proc/@PID@/cmdline # ? *
cat /proc/[0-9]*/cmdline | tr '\0' '\n'
