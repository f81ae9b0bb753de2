# /// snippet
# lab = "namespace"
# proves = { ko = "고아는 PID 1에게 가고, PID 1이 기다려 주지 않으면 좀비로 남는다.", en = "Orphans go to PID 1, and stay as zombies if PID 1 never waits for them." }
# volatile = ["columns"]
# browser = true
# ///
# hide
cat > program.py <<'EOF'
import glob, os, subprocess, time

def state(path):
    try:
        return open(path).read().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):  # reaped in the meantime
        return "Z"

def running():
    states = {int(path.split("/")[2]): state(path) for path in glob.glob("/proc/[0-9]*/stat")}
    return [pid for pid, state in states.items() if pid not in (1, os.getpid()) and state != "Z"]

# A program that knows nothing of being PID 1: it waits for its own children only.
subprocess.run(["sh", "-c", "sleep 0.2 &"])  # the shell ends, sleep is an orphan
while running():
    time.sleep(0.05)
time.sleep(0.5)  # for whoever reaps
subprocess.run(["ps", "-o", "pid=,ppid=,args="])
EOF
cat > init.py <<'EOF'
import os, sys

# What an init does: start the program, then wait for every child until the program ends.
program = os.spawnvp(os.P_NOWAIT, sys.argv[1], sys.argv[1:])
while os.wait()[0] != program:
    pass
EOF
# show
unshare --pid --fork --mount-proc python3 program.py
unshare --pid --fork --mount-proc python3 init.py python3 program.py
