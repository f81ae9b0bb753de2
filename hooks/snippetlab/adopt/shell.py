"""Reading what was typed at a shell: a session at its prompts, or a script."""

import re
from collections.abc import Sequence

from snippetlab.adopt.prompts import MORE, Prompt, is_root, other_prompt, read_prompt
from snippetlab.adopt.reading import Reading, StaysError, Typed
from snippetlab.snippet.lines import IncompleteError
from snippetlab.snippet.parts import parts
from snippetlab.snippet.tokens import UnexpectedError

_CONTINUES = re.compile(r"(?<!\\)(?:\\\\)*\\$")
_APOSTROPHE = re.compile(r"^[^']*\w+'\w*(?=[^']*$)")
"""One that bash takes for a quote which goes on to the next lines."""
_COMMENT = re.compile(r"#(?!!)|//(?=[ \w])")
"""The second is of terminals that are animated, as Typer's documentation has them."""
_COMMAND = re.compile(r"#[ \t]+(?:[a-z][\w.+-]*|\.{0,2}/\S*|[A-Z_]+=\S*)(?:[ \t]|$)")
"""A line that root may have typed: a comment's first word is seldom a program's name."""


def read_session(body: Sequence[str], start: int) -> Reading:
    """What stands at prompts. Raises StaysError where that cannot be told for sure."""
    return _Session(body, start).read()


def read_script(body: Sequence[str], start: int) -> Reading:
    """What has no prompts: all of it was typed. Raises StaysError as `read_session`."""
    code = "\n".join(body) + "\n"
    typed: list[Typed] = []
    comments: list[str] = []
    try:
        for part in parts(code):
            if part.is_command:
                text = list(body[part.rows.start : part.rows.stop])
                typed.append(Typed(start + part.rows.start, text, comments=comments))
                comments = []
            else:
                comments += (text for _, text in part.comments)
    except IncompleteError as error:
        raise StaysError(start + error.row, error.said(start)) from None
    except UnexpectedError as error:
        message = f"bash would not take {error.token} here"
        raise StaysError(start + error.token.row, message) from None
    if not typed:
        raise StaysError(start, "there is no command in it")
    typed[-1].comments += comments
    return Reading(".sh", typed)


def has_prompts(body: Sequence[str], *, is_script: bool) -> bool:
    """Whether what is typed stands at prompts. In a script `#` begins comments, as a rule."""
    prompts = [prompt for line in body if (prompt := read_prompt(line))]
    if any(not prompt.is_bare or prompt.sign != "#" for prompt in prompts):
        return True
    filled = [line for line in body if line.strip()]
    if is_script:
        return is_root(filled[0]) or all(map(_COMMAND.match, filled))
    return any(map(_COMMAND.match, filled))


def is_incomplete(text: str) -> bool:
    """Whether bash would read more lines before it runs this."""
    if _CONTINUES.search(text):
        return True
    try:
        found = list(parts(f"{text}\n"))
    except IncompleteError:
        return True
    except UnexpectedError:
        return False
    return any(not document.ends for part in found for document in part.documents)


class _Session:
    def __init__(self, body: Sequence[str], start: int) -> None:
        self._body = body
        self._start = start
        self._row = 0
        self._typed: list[Typed] = []
        self._comments: list[str] = []
        self._prompts: set[str] = set()
        prompts = [prompt for line in body if (prompt := read_prompt(line))]
        users = [prompt for prompt in prompts if not prompt.is_bare or prompt.sign != "#"]
        self._first: Prompt | None = next(iter(users or prompts), None)

    def read(self) -> Reading:
        while self._row < len(self._body):
            line = self._body[self._row]
            if prompt := self._prompt(line):
                self._prompts.add(prompt.text)
                self._command(prompt)
            else:
                self._other(line)
            self._row += 1
        if not self._typed:
            raise StaysError(self._start, "nothing in it stands at a prompt")
        self._part_comments()
        self._typed[-1].comments += self._comments
        others = sorted(self._prompts - {"$"})
        listed = ", ".join(f"`{text}`" for text in others)
        notes = [f"prompts that are shown as `$`: {listed}"] if others else []
        return Reading(".console", self._typed, notes)

    @property
    def _line(self) -> int:
        return self._start + min(self._row, len(self._body) - 1)

    def _prompt(self, line: str) -> Prompt | None:
        """That of the block's own shell."""
        prompt, first = read_prompt(line), self._first
        if not prompt or not first:
            return None
        if (prompt.shell, prompt.sign) == (first.shell, first.sign):
            is_comment = prompt.is_bare and prompt.sign == "#" and not _COMMAND.match(line)
            return None if is_comment else prompt
        if "@" in prompt.shell:
            raise StaysError(self._line, f"another shell types at `{prompt.text}`")
        return None

    def _command(self, prompt: Prompt) -> None:
        self._part_comments()
        if prompt.command.startswith("#"):
            self._comments.append(prompt.command)
            return
        if not prompt.command:
            return
        typed = Typed(self._line, [prompt.command], comments=self._comments)
        self._comments = []
        while is_incomplete("\n".join(typed.text)):
            if found := _APOSTROPHE.search(typed.text[-1]):
                raise StaysError(typed.line, f"the quote in `{found[0]}` does not end in its line")
            self._row += 1
            line = self._body[self._row] if self._row < len(self._body) else None
            if line is None or self._prompt(line):
                raise StaysError(typed.line, "the command does not end")
            typed.text.append(MORE.sub("", line, count=1).rstrip())
        self._typed.append(typed)

    def _other(self, line: str) -> None:
        """What stands at no prompt: what was printed, or a comment."""
        what = other_prompt(line)
        if what:
            raise StaysError(
                self._line, f"it is typed at `{what}`, which is no shell's prompt here"
            )
        if self._typed and not (self._comments and _COMMENT.match(line)):
            self._typed[-1].output.append(line)
        elif _COMMENT.match(line):
            self._comments.append(line.rstrip())
        elif line.strip():
            raise StaysError(self._line, "it stands before any prompt")

    def _part_comments(self) -> None:
        """Comments before a prompt, from what the command before them printed."""
        if not self._typed:
            return
        output = self._typed[-1].output
        first = len(output)
        while first and (_COMMENT.match(output[first - 1]) or not output[first - 1].strip()):
            first -= 1
        tail = output[first:]
        if not any(map(str.strip, tail)):
            return
        blanks = [n for n, line in enumerate(tail) if not line.strip()]
        comments = [line.rstrip() for line in tail if line.strip()]
        if blanks and blanks[0] == 0:  # nothing but a blank line parts them from what was printed
            del output[first:]
            self._comments += comments
        else:
            self._typed[-1].doubtful = comments
