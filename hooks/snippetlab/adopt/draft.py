"""A block as a snippet: the text of the file that is yet to be written."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from snippetlab.adopt.reading import Reading, StaysError, Typed
from snippetlab.errors import SourceError
from snippetlab.snippet import bash, session
from snippetlab.snippet.command import Command

_WIDEST = 120
"""Columns that a line may have to which a comment is moved."""
_CARRIED = re.compile(
    r"(?:(?P<all>(?:cd|pushd|popd|export|unset|alias|set|shopt|umask|source|\.)(?:[ \t].*)?"
    r"|[A-Za-z_]\w*\+?=\S*|[\w-]+[ \t]*\(\)[ \t]*\{.*)"
    r"|.*(?:&&|;)[ \t]*(?P<cd>cd[ \t]+[^&|;]+))",
    re.DOTALL,
)
"""What changes the shell for what comes after it, and prints nothing."""
_BOUND = re.compile(r"(?:async |class |def |from |import |@)|[\w., \t\[\]'\"]+=(?!=)")
"""The same of Python's statements."""


@dataclass(frozen=True)
class Draft:
    """All that is known of it."""

    id: str
    lab: str
    reading: Reading
    proves: str
    """As TOML."""
    statuses: Mapping[int, int] = field(default_factory=dict)
    """Number of what was typed, from 0 → the status with which it is meant to fail."""
    comments: Mapping[int, Sequence[str]] = field(default_factory=dict)
    """The same → comments that are put behind it."""
    volatile: tuple[str, ...] = ()
    """As TOML."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Name → content of the files that it finds."""
    leaves: tuple[str, ...] = ()
    """What it leaves behind (see snippet/leaks.py)."""
    after: str = ""
    carried: tuple[str, ...] = ()
    """What is typed before it, folded away: what earlier blocks did to their shell."""

    @property
    def path(self) -> Path:
        """Below `snippets/`."""
        return Path(self.id + self.reading.suffix)

    @property
    def text(self) -> str:
        """Raises StaysError where a comment has no place."""
        return "".join(f"{line}\n" for line, _ in self._lines())

    def page_line(self, line: int) -> int:
        """Where in the page what stands in a line of the file comes from."""
        lines = self._lines()
        return lines[min(line, len(lines)) - 1][1] or self.reading.typed[0].line

    def carries(self) -> tuple[str, ...]:
        """What of it a block after it may need, besides what it carries itself."""
        kept = (_carried(typed, self.reading.suffix) for typed in self.reading.typed)
        return tuple(filter(None, kept))

    def _lines(self) -> list[tuple[str, int]]:
        """Each with its line in the page; 0 where it comes from none."""
        suffix = self.reading.suffix
        lines = [(f"# {line}".rstrip(), 0) for line in self._header()]
        if self.carried:
            kept = (line for text in self.carried for line in _at_prompt(text.split("\n"), suffix))
            lines += [(line, 0) for line in ("# hide", *kept, "# show")]
        for number, typed in enumerate(self.reading.typed):
            text = self._behind(typed, self.comments.get(number, ()), self.statuses.get(number, 0))
            lines += zip(_at_prompt(text, suffix), range(typed.line, 1 << 30), strict=False)
        return lines

    def _header(self) -> list[str]:
        tags = {"lab": json.dumps(self.lab), "proves": self.proves}
        if self.after:
            tags["after"] = json.dumps(self.after)
        if self.reading.suffix == ".py":
            tags["session"] = "true"
        if self.files:
            tags["files"] = json.dumps([*self.files])
        if self.leaves:
            tags["leaves"] = json.dumps(self.leaves)
        if self.volatile:
            tags["volatile"] = f"[{', '.join(self.volatile)}]"
        return ["/// snippet", *(f"{name} = {value}" for name, value in tags.items()), "///"]

    def _behind(self, typed: Typed, comments: Sequence[str], status: int) -> list[str]:
        """The command with what is said of it at the end of one of its lines."""
        text = list(typed.text)
        if comments:
            comment = " ".join(["#", *(comment.lstrip("#/ \t") for comment in comments)])
            text = self._ending(typed, text, comment, 0)
        return self._ending(typed, text, f"# ? {status}", status) if status else text

    def _ending(self, typed: Typed, text: list[str], comment: str, status: int) -> list[str]:
        for row in dict.fromkeys((0, len(text) - 1)):
            lines = [*text]
            lines[row] = f"{lines[row]}  {comment}".lstrip()
            if len(lines[row]) <= _WIDEST and self._is_one(lines, text, status):
                return lines
        reason = f"`{comment}` has no place behind the command"
        if len(comment) > _WIDEST - len(text[0]):
            reason = f"with its comment behind it, the command has more than {_WIDEST} columns"
        raise StaysError(typed.line, reason)

    def _is_one(self, lines: list[str], text: list[str], status: int) -> bool:
        """Whether it is still one command, which ends so and is shown as is wanted."""
        parse = session.parse if self.reading.suffix == ".py" else bash.parse
        try:
            found = parse(self.path, "\n".join(lines) + "\n")
        except SourceError:
            return False
        wanted = "\n".join(text if status else lines)
        return len(found) == 1 and found[0].expects == status and _same(found[0], wanted)


def _same(command: Command, wanted: str) -> bool:
    opened = command.shell.opening if command.shell else command.text
    return wanted.startswith(opened)


def _at_prompt(lines: Sequence[str], suffix: str) -> list[str]:
    if suffix != ".console":
        return list(lines)
    first, *others = lines
    return [f"$ {first}", *(f"> {line}".rstrip() for line in others)]


def _carried(typed: Typed, suffix: str) -> str:
    text = "\n".join(typed.text)
    if suffix == ".py":
        return text if _BOUND.match(text) else ""
    found = _CARRIED.fullmatch(text)
    return (found["all"] or found["cd"]).strip() if found else ""


def as_claim(title: str, heading: str, language: str) -> str:
    """The tag `proves`: a fence's title is shown above it, a heading is there already."""
    if title:
        return f"{{ {language} = {json.dumps(title, ensure_ascii=False)} }}"
    return json.dumps(heading, ensure_ascii=False)
