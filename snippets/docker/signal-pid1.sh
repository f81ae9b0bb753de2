# /// snippet
# lab = "namespace"
# proves = { ko = "다른 데서는 SIGTERM에 죽는 셸이 PID 1일 때는 살아남는다. 트랩이 있으면 그렇지 않다.", en = "A shell that SIGTERM kills elsewhere survives it as PID 1, unless it has a trap for it." }
# browser = true
# ///
sh -c 'kill -TERM $$; echo "still here"'  # ? 143
unshare --pid --fork sh -c 'kill -TERM $$; echo "still here"'
unshare --pid --fork sh -c 'trap "echo goodbye; exit" TERM; kill -TERM $$; echo "still here"'
