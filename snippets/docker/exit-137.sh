# /// snippet
# lab = "namespace"
# proves = "A shell reports a process killed by signal N as status 128 + N, and a process may return the same number by itself."
# volatile = [{ name = "killed-pid", pattern = '\d+(?= Killed)' }]
# ///
sh -c 'kill -KILL $$'  # ? 137
sh -c 'kill -TERM $$'  # ? 143
kill -l 137 143
sh -c 'exit 137'  # ? 137
