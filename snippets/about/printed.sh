# /// snippet
# lab = "namespace"
# proves = { ko = "프로그램이 색을 입혀 출력하면 페이지도 그 색으로 보여 준다. 줄 수가 커널마다 다른 부분은 생략한다.", en = "What a program prints in colour is shown in colour, and lines whose number differs from kernel to kernel are left out." }
# elide = ['(?s)^Tgid.*?(?=^CapEff)', '(?s)^CapBnd.*']
# browser = { ko = "탭은 줄을 생략한 출력을 비교하지 못한다", en = "the tab cannot compare an output of which lines are left out" }
# ///
grep --color=always -E 'CapEff|$' /proc/self/status
for i in 1 2 3; do printf '%s of 3\r' "$i"; done; echo
echo "$TERM"
