# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "IPC 네임스페이스 안에서 만든 메시지 큐는 밖에 없다. 파이프는 그래도 경계를 넘는다.", en = "A message queue made inside an IPC namespace does not exist outside it; a pipe crosses the boundary all the same." }
# ///
unshare --ipc bash <<'jail'
ipcmk --queue
ipcs --queues --summary | grep queues
jail
ipcs --queues --summary | grep queues
echo 'through the pipe' | unshare --ipc cat
