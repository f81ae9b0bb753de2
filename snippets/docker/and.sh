# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "명령이 실패하면 &&는 그 줄을 멈추고 실패를 남긴다. ;와 |는 pipefail이 없으면 실패를 감춘다.", en = "After a failing command, && stops the line and keeps the failure; ; and | hide it, unless pipefail is set." }
# ///
sh -c 'false && echo reached'  # ? 1
sh -c 'false ; echo reached'
sh -c 'false | cat'
bash -c 'set -o pipefail && false | cat'  # ? 1
