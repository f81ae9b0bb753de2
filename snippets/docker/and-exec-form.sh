# /// snippet
# lab = "namespace"
# proves = "Without a shell, && reaches the program as an ordinary argument."
# ///
python3 -c 'import os; os.execvp("sh", ["sh", "-c", "echo one && echo two"])'
python3 -c 'import os; os.execvp("echo", ["echo", "one", "&&", "echo", "two"])'
