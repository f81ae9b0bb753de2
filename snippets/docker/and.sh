# /// snippet
# lab = "namespace"
# browser = true
# proves = "After a failing command, && stops the line and keeps the failure; ; and | hide it, unless pipefail is set."
# ///
sh -c 'false && echo reached'  # ? 1
sh -c 'false ; echo reached'
sh -c 'false | cat'
bash -c 'set -o pipefail && false | cat'  # ? 1
