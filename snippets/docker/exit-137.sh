# /// snippet
# lab = "namespace"
# proves = { ko = "셸은 시그널 N에 죽은 프로세스를 상태 128 + N으로 알린다. 프로세스가 스스로 같은 수를 돌려줄 수도 있다.", en = "A shell reports a process killed by signal N as status 128 + N, and a process may return the same number by itself." }
# volatile = [{ name = "killed-pid", pattern = '\d+(?= Killed)' }]
# browser = { ko = "탭은 스니펫이 직접 정한 종류의 값을 비교하지 못한다", en = "the tab cannot compare values of a kind that the snippet defines" }
# ///
sh -c 'kill -KILL $$'  # ? 137
sh -c 'kill -TERM $$'  # ? 143
kill -l 137 143
sh -c 'exit 137'  # ? 137
