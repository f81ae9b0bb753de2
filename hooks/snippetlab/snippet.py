"""A snippet and its tags: one runnable file with a TOML header in comments.

The header has the form of PEP 723 (https://peps.python.org/pep-0723/), block type `snippet`.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Any

from snippetlab.errors import SourceError
from snippetlab.files import read_source
from snippetlab.kinds import Volatile, parse_volatile

BROWSER = "browser"
"""The lab in the reader's tab; a tag of this name says that a snippet holds there as well."""
LABS = ("namespace", BROWSER)
NOT_RUN = "none"
"""What the tag `lab` says where no lab can run the snippet."""
TAGS = (
    *("after", BROWSER, "files", "holds", "lab", "proves", "reason", "source"),
    *("timeout", "unordered", "values", "volatile"),
)
_OPENING = "# /// snippet"
_CLOSING = "# ///"
_CURE_HEADER = 'Begin the file with "# /// snippet", TOML lines after "# ", and "# ///".'


@dataclass(frozen=True)
class Snippet:
    """One runnable file under snippets/."""

    id: str
    """Its path below snippets/ without the suffix: `isolation/uts`."""
    path: Path
    lab: str
    """Where it runs; `none` for what can run in no lab here."""
    proves: str
    """The claim that its transcript shows to be true."""
    after: str
    """The id of the snippet right after which it runs, in the same instance of the lab."""
    timeout: float
    """Seconds the whole run may take."""
    files: Mapping[str, Path]
    """Name in the working directory → the file that is copied there."""
    volatile: Volatile
    """What differs from run to run (see kinds.py), and how it is compared (see volatile/)."""
    values: Mapping[str, str]
    """Name → pattern of a figure that prose quotes (see values.py)."""
    holds: tuple[str, ...]
    """Relations between values, its own and those of its chain (see relation.py)."""
    reason: Mapping[str, str]
    """Lab `none`: why it does not run, by language; one text for all is under ``""``."""
    source: str
    """Lab `none`: where the commands are documented."""
    code: str
    """The file without its header; blank lines stand in for it, so line numbers hold."""
    browser: bool = False
    """Whether it holds in the browser lab as well, so that readers can run it in their tab."""

    @property
    def recording(self) -> Path:
        return self.path.with_suffix(".out")

    @property
    def runs(self) -> bool:
        return self.lab != NOT_RUN

    def line_of(self, tag: str) -> int:
        """Where the tag stands in the file, from 1; 1 if it does not."""
        lines = self.path.read_text(encoding="utf-8").split("\n")
        found = (n for n, line in enumerate(lines, 1) if re.match(rf"#\s*{tag}\s*=", line))
        return next(found, 1)


def read_snippet(path: Path, snippets: Path) -> Snippet:
    """Read one file below the directory `snippets`.

    Raises SourceError for a missing or unreadable header and for any unknown or wrong tag.
    """
    text = read_source(path)
    if (found := re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text)) is not None:
        line = text.count("\n", 0, found.start()) + 1
        message = f"a control character ({found[0]!r}) stands in the file"
        raise SourceError(path, line, message, r"Write it as an escape, such as $'\x1b'.")
    header, first, last = _header(path, text)
    tags = _Tags(path, first, header)
    lines = text.split("\n")
    code = "\n".join([""] * last + lines[last:])
    lab = tags.choice("lab", (*LABS, NOT_RUN))
    return Snippet(
        id=path.relative_to(snippets).with_suffix("").as_posix(),
        path=path,
        lab=lab,
        proves=tags.text("proves"),
        after=tags.text("after") if "after" in tags else "",
        timeout=tags.seconds("timeout", default=10, most=60),
        files=tags.files("files", snippets),
        volatile=tags.volatile(),
        values=tags.patterns("values") if "values" in tags else {},
        holds=tags.relations("holds"),
        reason=tags.texts("reason") if lab == NOT_RUN else {},
        source=tags.text("source") if lab == NOT_RUN else "",
        browser=tags.browser(lab),
        code=code,
    )


def _header(path: Path, text: str) -> tuple[str, int, int]:
    """The TOML text, and the numbers of its opening and closing lines."""
    lines = text.split("\n")
    first = 1 if lines[0].startswith("#!") else 0
    if lines[first].rstrip() != _OPENING:
        raise SourceError(path, first + 1, "the snippet has no header", _CURE_HEADER)
    toml: list[str] = []
    for number, line in enumerate(lines[first + 1 :], first + 2):
        if line.rstrip() == _CLOSING:
            return "\n".join(toml), first + 1, number
        if not re.match(r"#(?: |$)", line):
            break
        toml.append(line[2:])
    raise SourceError(path, first + 1, "the header does not end", _CURE_HEADER)


class _Tags:
    """The header's values, checked as they are asked for."""

    def __init__(self, path: Path, opening: int, toml: str) -> None:
        self._path = path
        self._opening = opening
        self._toml = toml
        try:
            self._values: dict[str, Any] = tomllib.loads(toml + "\n")
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"at line (\d+)", str(error))
            line = opening + int(found[1]) if found else opening
            message = f"the header is not TOML: {error}"
            raise SourceError(path, line, message, "See https://toml.io/en/v1.0.0.") from None
        for name in self._values:
            if name not in TAGS:
                nearest = get_close_matches(name, TAGS, n=1)
                hint = f"Did you mean `{nearest[0]}`?" if nearest else "Remove it."
                cure = f"{hint} Known tags: {', '.join(TAGS)}."
                raise self._fault(name, f"unknown tag `{name}`", cure)

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def _fault(self, name: str, message: str, cure: str) -> SourceError:
        found = re.search(rf"^\s*{re.escape(name)}\b", self._toml, re.MULTILINE)
        before = self._toml.count("\n", 0, found.start()) + 1 if found else 0
        return SourceError(self._path, self._opening + before, message, cure)

    def text(self, name: str) -> str:
        value = self._values.get(name)
        if not isinstance(value, str) or not value.strip():
            message = f"the tag `{name}` is missing or is no text"
            raise self._fault(name, message, f'Add a line like: # {name} = "…"')
        return value

    def texts(self, name: str) -> dict[str, str]:
        """One text for every language, or a table of them."""
        value = self._values.get(name)
        table = {"": value} if isinstance(value, str) else value
        if not isinstance(table, dict) or not table or not all(map(_is_text, table.values())):
            message = f"the tag `{name}` is missing or is no text"
            raise self._fault(
                name, message, f'Add a line like: # {name} = {{ ko = "…", en = "…" }}'
            )
        return table

    def volatile(self) -> Volatile:
        items = self._values.get("volatile", [])
        unordered = self._values.get("unordered", [])
        if not isinstance(unordered, list) or not all(map(_is_text, unordered)):
            message = "the tag `unordered` must be a list of steps' names"
            raise self._fault("unordered", message, 'Write it like: # unordered = ["listing"]')
        try:
            return parse_volatile(items if isinstance(items, list) else [items], unordered)
        except ValueError as error:
            cure = 'Write it like: # volatile = ["pid", "size < 3MB"]'
            raise self._fault("volatile", str(error), cure) from None

    def patterns(self, name: str) -> dict[str, str]:
        table = self._values.get(name)
        if not isinstance(table, dict) or not all(map(_is_text, table.values())):
            cure = f"Write it like: # {name} = {{ total = '(\\d+) total' }}"
            raise self._fault(name, f"the tag `{name}` must be a table of patterns", cure)
        for key, pattern in table.items():
            try:
                re.compile(pattern)
            except re.error as error:
                message = f"the pattern of `{key}` is no regular expression: {error}"
                raise self._fault(key, message, "See the documentation of Python's re.") from None
        return table

    def browser(self, lab: str) -> bool:
        value = self._values.get(BROWSER, lab == BROWSER)
        if not isinstance(value, bool) or (value and lab == NOT_RUN):
            message = "the tag `browser` must be true, on a snippet that runs"
            raise self._fault(BROWSER, message, "Write it like: # browser = true")
        if value and self._values.get("unordered"):
            message = "the page cannot compare lines that come in any order"
            raise self._fault(BROWSER, message, "Remove one of `browser` and `unordered`.")
        return value

    def relations(self, name: str) -> tuple[str, ...]:
        value = self._values.get(name, [])
        if not isinstance(value, list) or not all(map(_is_text, value)):
            message = f"the tag `{name}` must be a list of relations"
            raise self._fault(name, message, f'Write it like: # {name} = ["slim < full"]')
        return tuple(value)

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        value = self.text(name)
        if value not in choices:
            cure = f"Use one of: {', '.join(choices)}."
            raise self._fault(name, f"the tag `{name}` cannot be {value!r}", cure)
        return value

    def seconds(self, name: str, *, default: float, most: float) -> float:
        value = self._values.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= most:
            message = f"the tag `{name}` must be a number of seconds above 0, at most {most:g}"
            raise self._fault(name, message, f"Write it like: # {name} = {default:g}")
        return float(value)

    def files(self, name: str, snippets: Path) -> dict[str, Path]:
        value = self._values.get(name, [])
        if not isinstance(value, list) or not all(map(_is_text, value)):
            message = f"the tag `{name}` must be a list of paths"
            raise self._fault(name, message, f'Write it like: # {name} = ["main.go"]')
        found = {}
        for item in value:
            path = self._path.parent / PurePosixPath(item)
            inside = path.resolve().is_relative_to(snippets.resolve())
            if not (inside and path.is_file() and not path.is_symlink()):
                message = f"`{name}` lists {item!r}, which is no file below {snippets.name}/"
                raise self._fault(name, message, "Give paths relative to the snippet's directory.")
            found[path.name] = path
        return found


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
