"""TOML that a person wrote: its values, or one fault with its line and a cure."""

import re
import tomllib
from typing import Any

from snippetlab.errors import Cure

_VALUES = Cure("toml-values", 'Values are written like "text", 10, true, ["a", "b"], { a = "b" }.')
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


class TomlError(ValueError):
    """A text that is no TOML; `line` counts from 1 within the text; 0 for all of it."""

    def __init__(self, line: int, message: str, cure: Cure) -> None:
        super().__init__(f"{message}. {cure}")
        self.line = line
        self.message = message
        self.cure = cure


def parse_toml(text: str, what: str = "the header") -> dict[str, Any]:
    """The values by name. Raises TomlError, which says what is no TOML."""
    try:
        return tomllib.loads(text + "\n")
    except RecursionError:
        cure = Cure("toml-nested", "Write lists and tables that hold no others.")
        raise TomlError(0, f"{what} is nested too deeply", cure) from None
    except ValueError as error:
        said = str(error)
        found = _AT.search(said)
        line, column = (int(found[1]), int(found[2])) if found and found[1] else (0, 0)
        reason = _AT.sub("", said)
        message = f"{what} is not TOML: {reason[:1].lower()}{reason[1:]}"
        # What does not end is noticed at the end; it begins with the last tag, as a rule.
        line = line or _last_tag(text)
        raise TomlError(line, message, _cure(text.split("\n"), line, column)) from None


def _last_tag(text: str) -> int:
    lines = enumerate(text.split("\n"), 1)
    return max((n for n, line in lines if re.match(r"\s*[\w-]+\s*=", line)), default=1)


def _cure(lines: list[str], line: int, column: int) -> Cure:
    text = lines[line - 1] if line <= len(lines) else ""
    before, after = text[: max(column - 1, 0)], text[max(column - 1, 0) :]
    if column > len(text) and re.search(r"[\"'][^\"']*$", text):
        quote = re.findall("[\"']", text)[-1]
        said = f"Close the string with the quote that it begins with: # {text}{quote}"
        return Cure("toml-string", said)
    if not re.search(r"[=\[{,]\s*$", before) or not re.match(r"[^\W\d]", after):
        return _VALUES
    inside = re.search(r"=\s*[\[{]", before)
    found = re.match(r"[^,\]}]+?(?=\s*[,\]}]|$)" if inside else r".+?(?=\s+#|\s*$)", after)
    word = found[0] if found else after
    if word.lower() in ("true", "false"):
        return Cure("toml-lower", f"Write it in lower case: # {before}{word.lower()}")
    rest = after[len(word) :] if inside else ""
    return Cure("toml-quotes", f'Strings are in quotes: # {before}"{word}"{rest}')
