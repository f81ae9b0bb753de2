r"""What is typed into a step, as a comment has it: `yes`, `^D`, `y\c`.

A line ends with the Enter key, but for one key alone that is held with Control (`^C`, `^D`), and
where `\c` ends it, as in a transcript. `\\` and `\xHH` are also as there.
"""

import re

LONGEST = 1000
"""Characters of a line; a terminal takes no line of more than 4095 bytes."""
_CONTROL = re.compile(r"\^([A-Z\[\\\]^_?])")
_ESCAPE = re.compile(r"\\(\\|\^|c$|x[0-7][0-9a-f])")


def keys(text: str) -> bytes:
    """The bytes that the keys send. Raises ValueError for an unknown escape, or a long line."""
    if len(text) > LONGEST:
        raise ValueError(f"more than {LONGEST} characters are typed at once")
    if found := _CONTROL.fullmatch(text):
        return bytes([ord(found[1]) ^ 0x40])
    if "\\" in _ESCAPE.sub("", text):
        raise ValueError("what is typed has an unknown escape")
    enter = "" if re.search(r"(?<!\\)(?:\\\\)*\\c$", text) else "\r"
    return (_ESCAPE.sub(lambda found: _meaning(found[1]), text) + enter).encode()


def _meaning(escape: str) -> str:
    if escape == "c":
        return ""
    return chr(int(escape[1:], 16)) if escape[0] == "x" else escape
