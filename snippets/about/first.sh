# /// snippet
# lab = "namespace"
# volatile = ["pid"]
# proves = { ko = "명령의 출력은 페이지에 나온 그대로이고, 실패해야 하는 명령은 실패하며, 프로세스 ID만 달라져도 된다.", en = "The commands print what the page shows, the one that is to fail fails, and nothing varies but the process ID." }
# browser = true
# ///
echo "Hello from process $$"
cat greeting.txt # ? 1
echo 'Hello again' > greeting.txt
cat greeting.txt
