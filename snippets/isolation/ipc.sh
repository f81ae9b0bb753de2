# /// snippet
# lab = "namespace"
# browser = true
# proves = "A message queue made inside an IPC namespace does not exist outside it; a pipe crosses the boundary all the same."
# ///
unshare --ipc bash <<'jail'
ipcmk --queue
ipcs --queues --summary | grep queues
jail
ipcs --queues --summary | grep queues
echo 'through the pipe' | unshare --ipc cat
