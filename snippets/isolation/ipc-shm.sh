# /// snippet
# lab = "namespace"
# browser = true
# proves = "System V shared memory is cut off by an IPC namespace; POSIX shared memory is a file and is not."
# ///
# hide
mkdir shm
mount -t tmpfs tmpfs shm
# show
ipcmk --shmem 4096 > /dev/null
echo 'POSIX shared memory' > shm/segment
ipcs --shmems --summary | grep allocated
unshare --ipc bash <<'jail'
ipcs --shmems --summary | grep allocated
cat shm/segment
jail
