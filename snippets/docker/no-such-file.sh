# /// snippet
# lab = "namespace"
# proves = { ko = "'No such file or directory'는 파일 안에 적힌 인터프리터나 로더가 없다는 뜻이기도 하다.", en = "'No such file or directory' also means that the interpreter or the loader named inside the file is missing." }
# browser = { ko = "그 머신의 32비트 프로그램은 `/lib64`의 로더를 찾지 않는다", en = "its 32-bit programs do not ask for a loader in `/lib64`" }
# ///
printf '#!/opt/python\nprint("hello")\n' > script && chmod +x script
env ./script  # ? 127
printf '#!/bin/sh\r\necho hello\r\n' > windows && chmod +x windows
env ./windows  # ? 127
sed -i 's/\r$//' windows
env ./windows
sed 's,/lib64/ld-linux,/lib64/ld-other,' /bin/true > program && chmod +x program
env ./program  # ? 127
ls script windows program
