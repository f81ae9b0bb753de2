# /// snippet
# lab = "namespace"
# volatile = ["pid"]
# proves = { ko = "명령은 페이지에 보이는 그대로 출력하고, 실패할 명령은 실패하며, 달라져도 되는 것은 프로세스 ID뿐이다.", en = "The commands print what the page shows, the one that is to fail fails, and nothing varies but the process ID." }
# browser = true
# ///
echo "Hello from process $$"
cat greeting.txt # ? 1
echo 'Hello again' > greeting.txt
cat greeting.txt
