printf 'a\x00b\x1b[2J\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\ \u202egpj.exe\u2066 \xff\xfe\n'
