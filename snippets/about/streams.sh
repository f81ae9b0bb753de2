# /// snippet
# lab = "namespace"
# proves = { ko = "한 단계의 표준 출력이 모두 먼저 나오고 그 아래에 표준 오류가 모두 나온다. 어느 쪽을 먼저 출력했든 같다.", en = "All that a step prints to standard output stands above all that it prints to standard error, whichever came first." }
# stderr = "apart"
# browser = { ko = "탭은 표준 오류를 표준 출력과 구별하지 않는다", en = "the tab does not tell standard error from standard output" }
# ///
ls /etc/hostname none  # ? 2
ls /etc/hostname none 2>/dev/null  # ? 2
ls /etc/hostname none > both 2>&1  # ? 2
cat both
