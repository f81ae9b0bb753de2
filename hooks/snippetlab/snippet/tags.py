"""A snippet's tags: the values of its TOML header, checked as they are asked for."""

import os
import re
from collections.abc import Callable
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from snippetlab.compare.elision import Elision, parse_elisions
from snippetlab.compare.kinds import Kind, Volatile, parse_volatile
from snippetlab.compare.pattern import Pattern
from snippetlab.errors import Cure, SourceError
from snippetlab.limits import FILES, HEADER, PATTERN_LENGTH
from snippetlab.registry import BROWSER
from snippetlab.snippet.language import LANGUAGES, sign_of
from snippetlab.toml import TomlError, parse_toml

T = TypeVar("T")
TERMINAL = "terminal"
TAGS = (
    *("after", BROWSER, "depends", "differs", "elide", "files", "holds", "lab", "leaves"),
    *("limits", "proves", "reason", "requires", "session", "source", "stderr", TERMINAL),
    *("timeout", "unordered", "values", "versions", "volatile"),
)


class Tags:
    """The header's values, checked as they are asked for."""

    def __init__(self, path: Path, opening: int, toml: str) -> None:
        self._path = path
        self._opening = opening
        self._toml = toml
        if len(toml) > HEADER:
            message = f"the header has {len(toml):,} characters, of at most {HEADER:,}"
            raise SourceError(path, opening, message, Cure("header-size", "Shorten it."))
        try:
            self._values = parse_toml(toml)
        except TomlError as error:
            line = opening + error.line
            raise SourceError(path, line, error.message, error.cure) from None
        for name in self._values:
            if name not in TAGS:
                nearest = get_close_matches(name, TAGS, n=1)
                hint = f"Did you mean `{nearest[0]}`?" if nearest else "Remove it."
                cure = Cure("unknown-tag", f"{hint} Known tags: {', '.join(TAGS)}.")
                raise self._fault(name, f"unknown tag `{name}`", cure)

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def _fault(self, name: str, message: str, cure: Cure) -> SourceError:
        found = re.search(rf"^\s*{re.escape(name)}\b", self._toml, re.MULTILINE)
        before = self._toml.count("\n", 0, found.start()) + 1 if found else 0
        cure = cure.saying(": # ", f": {sign_of(self._path)} ")
        return SourceError(self._path, self._opening + before, message, cure)

    def text(self, name: str) -> str:
        """A text that must be there. This and all below raise SourceError for anything else."""
        value = self._values.get(name)
        if not isinstance(value, str) or not value.strip():
            message = f"the tag `{name}` is missing or is no text"
            cure = Cure("tag-text", f'Add a line like: # {name} = "…"')
            raise self._fault(name, message, cure)
        return value

    def texts(self, name: str) -> dict[str, str]:
        """One text for every language, or a table of them."""
        value = self._values.get(name)
        table = {"": value} if isinstance(value, str) else value
        if not isinstance(table, dict) or not table or not all(map(_is_text, table.values())):
            message = f"the tag `{name}` is missing or is no text"
            cure = Cure("tag-texts", f'Add a line like: # {name} = "…"')
            raise self._fault(name, message, cure)
        return table

    def volatile(self) -> Volatile:
        """What may differ, from the tags `volatile`, `unordered` and `elide`."""
        items = self._values.get("volatile", [])
        unordered = self._values.get("unordered", [])
        if not isinstance(unordered, list) or not all(map(_is_text, unordered)):
            message = "the tag `unordered` must be a list of steps' names"
            cure = Cure("tag-unordered", 'Write it like: # unordered = ["listing"]')
            raise self._fault("unordered", message, cure)
        try:
            rules = parse_volatile(items if isinstance(items, list) else [items], unordered)
            return replace(rules, elided=self.elisions())
        except ValueError as error:
            own = "{ name = 'job', pattern = 'job-\\d+' }"
            text = f'Write it like: # volatile = ["pid", "size < 3MB", {own}]'
            cure = Cure("tag-volatile", text)
            raise self._fault("volatile", str(error), cure) from None

    def elisions(self) -> tuple[Elision, ...]:
        """What is left out, from the tag `elide`."""
        example = "# elide = ['^Unpacking ']"
        return self.parsed("elide", parse_elisions, [], example)

    def parsed(self, name: str, parse: Callable[[Any], T], default: Any, example: str) -> T:
        """What `parse` makes of the value, or of the `default`; it raises ValueError."""
        try:
            return parse(self._values.get(name, default))
        except ValueError as error:
            cure = Cure("tag-example", f"Write it like: {example}")
            raise self._fault(name, str(error), cure) from None

    def patterns(self, name: str) -> dict[str, str]:
        """A table of regular expressions by name, which must be there."""
        table = self._values.get(name)
        if not isinstance(table, dict) or not all(map(_is_text, table.values())):
            cure = Cure("tag-patterns", f"Write it like: # {name} = {{ total = '(\\d+) total' }}")
            raise self._fault(name, f"the tag `{name}` must be a table of patterns", cure)
        for key, pattern in table.items():
            try:
                Pattern(pattern)
            except ValueError as error:
                message = f"the pattern of `{key}` is no regular expression: {error}"
                text = f"It is one for Python, of at most {PATTERN_LENGTH} characters."
                raise self._fault(key, message, Cure("tag-pattern", text)) from None
        return table

    def browser(self, *, default: bool, allowed: bool) -> tuple[bool, dict[str, str]]:
        """Whether readers can run it in their tab, with all that this excludes; or why not."""
        value = self._values.get(BROWSER, default)
        if value and isinstance(value, str | dict) and allowed and not default:
            return False, self.texts(BROWSER)
        if not isinstance(value, bool) or (value and not allowed):
            message = "the tag `browser` must be true, or say why not, on a snippet that runs"
            text = "Say why not, or write it like: # browser = true" if allowed else "Remove it."
            raise self._fault(BROWSER, message, Cure("tag-browser", text))
        for name in ("unordered", "elide"):
            if value and self._values.get(name):
                message = f"the page cannot compare what `{name}` leaves open"
                cure = Cure("browser-or-lines", f"Remove one of `browser` and `{name}`.")
                raise self._fault(BROWSER, message, cure)
        if value and (kind := next(filter(_is_not_for_pages, self.volatile().kinds), None)):
            message = f"the page cannot compare values of the kind `{kind.name}`"
            text = f"Print none and remove `{kind.name}` from `volatile`, or remove `browser`."
            raise self._fault("volatile", message, Cure("browser-or-kind", text))
        return value, {}

    def terminal(self, *, allowed: bool) -> bool:
        """Whether it runs at a terminal, with all that this excludes."""
        value = self._values.get(TERMINAL, False)
        if not isinstance(value, bool) or (value and not allowed):
            message = "the tag `terminal` must be true or false, on a snippet that runs"
            text = "Write it like: # terminal = true" if allowed else "Remove it."
            raise self._fault(TERMINAL, message, Cure("tag-terminal", text))
        if value and (self._values.get(BROWSER) is True or self._values.get("lab") == BROWSER):
            message = "the browser lab has no terminal for a snippet"
            text = "Remove one of `terminal` and `browser`, and let it run in another lab."
            raise self._fault(TERMINAL, message, Cure("browser-or-terminal", text))
        if value and self._values.get("session"):
            message = "an interpreter is given its statements, and no terminal"
            cure = Cure("session-or-terminal", "Remove one of `terminal` and `session`.")
            raise self._fault(TERMINAL, message, cure)
        if value and "stderr" in self:
            message = "a terminal has one stream, and tells no standard error apart"
            cure = Cure("terminal-or-stderr", "Remove one of `terminal` and `stderr`.")
            raise self._fault(TERMINAL, message, cure)
        return value

    def apart(self, name: str, *, allowed: bool) -> bool:
        """Whether standard error is told apart."""
        if name not in self:
            return False
        self.choice(name, ("apart",))
        if not allowed:
            message = "the tab does not tell standard error apart"
            cure = Cure("browser-or-stderr", f"Remove one of `{BROWSER}` and `{name}`.")
            raise self._fault(name, message, cure)
        return True

    def session(self) -> bool:
        """Whether its statements are steps, in a language that has an interpreter."""
        value = self._values.get("session", False)
        language = LANGUAGES.get(self._path.suffix)
        if not isinstance(value, bool) or (value and not (language and language.session)):
            message = "the tag `session` must be true, in a language with an interpreter"
            able = ", ".join(suffix for suffix, one in LANGUAGES.items() if one.session)
            cure = Cure("tag-session", f"Remove it; it is for files that end in {able}.")
            raise self._fault("session", message, cure)
        if value and self._values.get(BROWSER) is True:
            message = "the tab has no interpreter"
            cure = Cure("browser-or-session", "Remove one of `browser` and `session`.")
            raise self._fault("session", message, cure)
        return value

    def relations(self, name: str) -> tuple[str, ...]:
        """A list of relations, not yet parsed."""
        value = self._values.get(name, [])
        if not isinstance(value, list) or not all(map(_is_text, value)):
            message = f"the tag `{name}` must be a list of relations"
            cure = Cure("tag-holds", f'Write it like: # {name} = ["slim < full"]')
            raise self._fault(name, message, cure)
        return tuple(value)

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        """A text that is one of the `choices`."""
        value = self.text(name)
        if value not in choices:
            cure = Cure("tag-choice", f"Use one of: {', '.join(choices)}.")
            raise self._fault(name, f"the tag `{name}` cannot be {value!r}", cure)
        return value

    def seconds(self, name: str, default: float, most: float) -> float:
        """Seconds, above 0 and at most `most`."""
        value = self._values.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= most:
            message = f"the tag `{name}` must be a number of seconds above 0, at most {most:g}"
            cure = Cure("tag-seconds", f"Write it like: # {name} = {default:g}")
            raise self._fault(name, message, cure)
        return float(value)

    def files(self, name: str, snippets: Path) -> dict[str, Path]:
        """Name in the working directory → the file, below `snippets` and of bounded size."""
        value = self._values.get(name, [])
        if not isinstance(value, list) or not all(map(_is_text, value)):
            message = f"the tag `{name}` must be a list of paths"
            cure = Cure("tag-files", f'Write it like: # {name} = ["main.go"]')
            raise self._fault(name, message, cure)
        found = {}
        for item in value:
            # As text: whether there is a link on the way is seen when it is read (checkout.py).
            path = Path(os.path.normpath(self._path.parent / PurePosixPath(item)))
            if not (path.is_relative_to(snippets) and path.is_file()):
                message = f"`{name}` lists {item!r}, which is no file below {snippets.name}/"
                text = "Give paths relative to the snippet's directory, of files."
                raise self._fault(name, message, Cure("files-path", text))
            found[path.name] = path
        if (size := sum(path.stat().st_size for path in found.values())) > FILES:
            message = f"the files of `{name}` have {size:,} bytes, of at most {FILES:,} together"
            cure = Cure("files-size", "Make large data where the snippet runs.")
            raise self._fault(name, message, cure)
        return found


def _is_not_for_pages(kind: Kind) -> bool:
    """The page ties names to names: it measures nothing, and knows no name by its beginning."""
    ties = kind.identifies or kind.name == "columns"
    return kind.own or not ties or kind.name == "container-id"


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
