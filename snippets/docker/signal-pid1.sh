# /// snippet
# lab = "namespace"
# proves = "A shell that SIGTERM kills elsewhere survives it as PID 1, unless it has a trap for it."
# ///
sh -c 'kill -TERM $$; echo "still here"'  # ? 143
unshare --pid --fork sh -c 'kill -TERM $$; echo "still here"'
unshare --pid --fork sh -c 'trap "echo goodbye; exit" TERM; kill -TERM $$; echo "still here"'
