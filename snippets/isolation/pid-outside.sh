# /// snippet
# lab = "namespace"
# proves = { ko = "PID 네임스페이스의 프로세스는 안과 밖에서 번호가 다르고, 바깥 번호로 시그널을 보내면 안의 프로세스가 받는다.", en = "A process in a PID namespace has one number inside and another outside, and a signal sent to the outer number reaches it." }
# volatile = ["pid"]
# browser = { ko = "그 머신의 목록에는 커널 스레드와 스니펫을 돌리는 프로그램도 있다", en = "the lists of its machine also have kernel threads, and the program that runs snippets" }
# ///
# hide
test -d /run/lab || { echo 'Only in the lab: snippetlab run isolation/pid-outside' >&2; exit 1; }
# show
# step: unshare
unshare --pid --fork --mount-proc bash <<'inside'
# step: sleep
sleep infinity &
# hide
until pgrep -x sleep > /dev/null; do sleep 0.01; done
# show
# step: inside
ps -o pid,ppid,args
# terminal: host
# step: outside
ps -e -o pid,ppid,comm
# step: numbers
grep --with-filename NSpid /proc/[0-9]*/status
# step: kill
pkill -x sleep
# terminal: inside
# step: killed
wait $! # ? 143
inside
