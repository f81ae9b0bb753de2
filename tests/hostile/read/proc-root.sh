for process in @PID@ 1 $PPID; do cat /proc/$process/root@PLACE@/secret /proc/$process/cwd/secret /proc/$process/environ; done # ? *
cat /proc/[0-9]*/root@PLACE@/secret # ? *
