# /// snippet
# lab = "namespace"
# proves = { ko = "셸이 없으면 &&는 프로그램에 건네지는 보통 인자다.", en = "Without a shell, && reaches the program as an ordinary argument." }
# browser = true
# ///
python3 -c 'import os; os.execvp("sh", ["sh", "-c", "echo one && echo two"])'
python3 -c 'import os; os.execvp("echo", ["echo", "one", "&&", "echo", "two"])'
