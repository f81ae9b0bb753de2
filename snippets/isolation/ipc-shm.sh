# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "System V 공유 메모리는 IPC 네임스페이스가 끊지만, POSIX 공유 메모리는 파일이어서 끊기지 않는다.", en = "System V shared memory is cut off by an IPC namespace; POSIX shared memory is a file and is not." }
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
# hide
umount shm
# show
