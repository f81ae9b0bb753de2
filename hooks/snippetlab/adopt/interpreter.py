"""Reading a session with Python's interpreter, as doctest reads it."""

import re
from collections.abc import Sequence

from snippetlab.adopt.prompts import PYTHON, PYTHON_MORE
from snippetlab.adopt.reading import Reading, StaysError, Typed

_OPENS = re.compile(r"[:([{,\\]\s*(?:#.*)?$|\"\"\"|'''")
_SKIP = re.compile(r"#\s*doctest:.*\+SKIP")
_BLANK = "<BLANKLINE>"


def read_python(body: Sequence[str], start: int) -> Reading:
    """What stands at `>>>`. Raises StaysError for what cannot be a session of its own."""
    typed: list[Typed] = []
    comments: list[str] = []
    goes_on = False
    for number, line in enumerate(body, start):
        if text := _at(line, PYTHON):
            statement = text[len(PYTHON) + 1 :]
            if _SKIP.search(statement):
                raise StaysError(number, "its author lets doctest skip it")
            goes_on = False
            if statement.startswith("#"):
                comments.append(statement.rstrip())
            elif statement.strip():
                typed.append(Typed(number, [statement.rstrip()], comments=comments))
                comments, goes_on = [], True
        elif goes_on and (text := _at(line, PYTHON_MORE)) and _is_more(typed[-1], text):
            typed[-1].text.append(text[len(PYTHON_MORE) + 1 :].rstrip())
        elif typed:
            goes_on = False
            typed[-1].output.append("" if line.strip() == _BLANK else line)
        elif line.strip():
            raise StaysError(number, "it stands before any prompt")
    if not typed or comments:
        raise StaysError(start + len(body) - 1, "no statement follows")
    for one in typed:
        while len(one.text) > 1 and not one.text[-1]:
            one.text.pop()
    return Reading(".py", typed)


def _at(line: str, prompt: str) -> str:
    return f"{line} " if f"{line} ".startswith(f"{prompt} ") else ""


def _is_more(typed: Typed, text: str) -> bool:
    """Whether it goes on with the statement; `...` alone may stand for output left out."""
    return bool(text.strip() != PYTHON_MORE or len(typed.text) > 1 or _OPENS.search(typed.text[0]))
