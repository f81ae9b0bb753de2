# /// snippet
# lab = "namespace"
# proves = { ko = "personality의 UNAME26은 UTS 네임스페이스 없이도 uname -r이 답하는 버전을 2.6으로 바꾼다. 커널은 그대로다.", en = "The personality UNAME26 makes uname -r answer with a version 2.6, without any UTS namespace; the kernel is the same." }
# browser = true
# ///
uname -r | cut -d . -f 1,2 > before
setarch --uname-2.6 uname -r | cut -d . -f 1,2
uname -r | cut -d . -f 1,2 | cmp - before && echo 'the same as before'
