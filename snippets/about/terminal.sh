# /// snippet
# lab = "namespace"
# terminal = true
# proves = { ko = "스니펫의 셸이 터미널에 있으면 read -p는 프롬프트를 내고, 입력은 프로그램이 물을 때 들어간다.", en = "Where a snippet's shell is at a terminal, read -p prompts, and what is typed arrives when a program asks for it." }
# browser = { ko = "탭에서 도는 명령에는 터미널이 없고, 그 머신에는 `tty`도 없다", en = "commands have no terminal there, and its machine has no `tty`" }
# ///
tty
stty size
# step: prompt
read -r -p 'Your name: ' name
# typed: Ada
echo "Hello, $name"
touch notes
rm -i notes
# typed: n
# step: cat
cat
# typed: one
# typed: ^D
