r"""All steps of one run, and their text form.

The text form is the grammar that users of cram, trycmd and scrut know:

    $ hostname
    lab
    $ unshare --uts bash
    jail# cat missing
    cat: missing: No such file or directory
    ? 1

What an interpreter was given (`>>> 1 + 1`) is a transcript of its own: in others, a line that
begins so is output. Lines that begin with `< ` tell what was typed while the step ran, below the
line in which the terminal showed it, or would have. Lines that begin with `! ` are of standard
error, where a snippet tells it apart; they stand below those of standard output. An output line
that begins like a prompt, `> `, `? `, `< `, `! ` or `\` gets a leading `\`. A line that text cannot
show faithfully (control or undecodable bytes, trailing blanks, no newline at the end of the output)
is written with escapes (`\\`, `\xHH`, `\uHHHH`, `\UHHHHHHHH`, and `\c` for "no newline") and ends
in ` (esc)`.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

PROMPT = re.compile(r"(?:\$|[a-z][a-z0-9_-]*#) ")
"""What stands before a command."""
INTERPRETER = ">>>"
"""The prompt of a session."""
_SESSION = re.compile(rf"(?:{PROMPT.pattern})|{INTERPRETER} ")
_ESCAPED = " (esc)"
_MARKS = ("> ", "? ", "< ", "! ")
_ERRORS = "! "
_SEQUENCE = re.compile(r"\\(\\|c$|x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})")


class GrammarError(ValueError):
    """A text that is no transcript; `line` counts from 1 within that text."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Typed:
    """A line that was typed while a step ran."""

    text: str
    """As the snippet has it (see snippet/typing.py)."""
    below: int
    """How many lines of the output stand above it, one that shows it included."""


@dataclass(frozen=True)
class Step:
    """One command of a snippet with what it printed and how it ended."""

    command: str
    """As the reader would type it; may have several lines."""
    output: bytes
    """Standard output; and standard error, in the order they came, unless that is told apart."""
    status: int = 0
    """The exit status."""
    prompt: str = "$"
    """`$`, the name of a nested shell followed by `#`, or `>>>` in all steps."""
    errors: bytes = b""
    """Standard error, where it is told apart."""
    typed: tuple[Typed, ...] = ()

    @property
    def printed(self) -> bytes:
        """All of it, in the order in which it is shown."""
        return self.output + self.errors


@dataclass(frozen=True)
class Transcript:
    """All steps of one run, in order."""

    steps: tuple[Step, ...]

    def dumps(self) -> str:
        """The text form; `loads` gives back the same transcript."""
        return "".join(f"{line}\n" for step in self.steps for line in _step_lines(step))

    @classmethod
    def loads(cls, text: str) -> "Transcript":
        """Read the text form. Raises GrammarError with the offending line."""
        return cls(tuple(_read_steps(text)))


def _step_lines(step: Step) -> Iterator[str]:
    first, *rest = step.command.split("\n")
    yield f"{step.prompt} {first}"
    for line in rest:
        yield f"> {line}"
    prompt = _SESSION if step.prompt == INTERPRETER else PROMPT
    lines, written = list(_output_lines(step.output, prompt)), 0
    for typed in step.typed:
        yield from lines[written : typed.below]
        written = max(written, typed.below)
        yield f"< {typed.text}".rstrip(" ")
    yield from lines[written:]
    for line in _output_lines(step.errors, prompt):
        yield f"{_ERRORS}{line}".rstrip(" ")
    if step.status:
        yield f"? {step.status}"


def _output_lines(output: bytes, prompt: re.Pattern[str]) -> Iterator[str]:
    if not output:
        return
    *lines, tail = output.decode("utf-8", "surrogateescape").split("\n")
    for line in lines:
        yield _written(line, prompt)
    if tail:
        yield _with_escapes(tail, prompt, end="\\c")


def _written(line: str, prompt: re.Pattern[str]) -> str:
    if line.endswith((_ESCAPED, " ", "\t")) or any(map(_needs_escape, line)):
        return _with_escapes(line, prompt, end="")
    return f"\\{line}" if _looks_like_grammar(line, prompt) else line


def _looks_like_grammar(line: str, prompt: re.Pattern[str]) -> bool:
    alone = (">", "<", "!")
    return bool(prompt.match(line)) or line.startswith((*_MARKS, "\\")) or line in alone


def _with_escapes(line: str, prompt: re.Pattern[str], *, end: str) -> str:
    stem = line.rstrip(" \t")
    blanks = "".join(f"\\x{ord(blank):02x}" for blank in line[len(stem) :])
    body = "".join(map(_sequence, stem))
    if prompt.match(body) or body.startswith(_MARKS):
        body = f"\\x{ord(body[0]):02x}{body[1:]}"
    return body + blanks + end + _ESCAPED


def _needs_escape(character: str) -> bool:
    # Format characters (Cf) hold the bidirectional overrides that make text lie to its reader.
    return character != "\t" and unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _sequence(character: str) -> str:
    code = ord(character)
    if character == "\\":
        return "\\\\"
    if not _needs_escape(character):
        return character
    if 0xDC80 <= code <= 0xDCFF:  # surrogateescape: a byte that is not UTF-8
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x80:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _read_steps(text: str) -> Iterator[Step]:
    lines = text.split("\n")
    if lines.pop() != "":
        raise GrammarError(len(lines) + 1, "the last line has no newline")
    position = 0
    prompt = _SESSION if text.startswith(f"{INTERPRETER} ") else PROMPT
    while position < len(lines):
        if not (opening := prompt.match(lines[position])):
            raise GrammarError(position + 1, "a step must begin with a prompt such as `$ `")
        command = [lines[position][opening.end() :]]
        position += 1
        while position < len(lines) and (lines[position] + " ").startswith("> "):
            command.append(lines[position][2:])
            position += 1
        printed: dict[bool, bytes] = {False: b"", True: b""}
        above, typed = 0, []
        while position < len(lines) and not _ends_output(lines[position], prompt):
            line, is_error = lines[position], f"{lines[position]} ".startswith(_ERRORS)
            if printed[True] and not is_error:
                raise GrammarError(position + 1, "standard error stands below standard output")
            if f"{line} ".startswith("< "):
                typed.append(Typed(line[2:], above))
            else:
                text = line[len(_ERRORS) :] if is_error else line
                printed[is_error] += _read_line(text, position + 1)
                above += 1
            position += 1
        status = 0
        if position < len(lines) and lines[position].startswith("? "):
            status = _read_status(lines[position], position + 1)
            position += 1
        came = Step("\n".join(command), printed[False], status, opening[0][:-1])
        yield replace(came, errors=printed[True], typed=tuple(typed))


def _ends_output(line: str, prompt: re.Pattern[str]) -> bool:
    return line.startswith("? ") or bool(prompt.match(line))


def _read_status(line: str, number: int) -> int:
    if not re.fullmatch(r"\? [1-9][0-9]{0,2}", line):
        raise GrammarError(number, f"{line!r} is no exit status")
    return int(line[2:])


def _read_line(line: str, number: int) -> bytes:
    if not line.endswith(_ESCAPED):
        plain = line[1:] if line.startswith("\\") else line
        return _encoded(plain, number) + b"\n"
    body = line[: -len(_ESCAPED)]
    if "\\" in _SEQUENCE.sub("", body):
        raise GrammarError(number, "an unknown escape")
    newline = "" if re.search(r"(?<!\\)(?:\\\\)*\\c$", body) else "\n"
    return _encoded(_SEQUENCE.sub(lambda found: _meaning(found[1]), body) + newline, number)


def _meaning(escape: str) -> str:
    if escape in ("\\", "c"):
        return "\\" if escape == "\\" else ""
    code = int(escape[1:], 16)
    if code > 0x10FFFF:
        return "\ud800"  # no character: refused when the line is encoded
    return chr(code + 0xDC00 if escape[0] == "x" and code >= 0x80 else code)


def _encoded(text: str, number: int) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        raise GrammarError(number, "an escape that is no character") from None
