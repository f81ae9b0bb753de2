"""GitHub's expressions, as far as the workflows use them; an unknown name is an error."""

import re
from collections.abc import Mapping
from typing import Any

_TOKEN = re.compile(r"\s*('(?:[^']|'')*'|[\w-]+(?:\.[\w-]+)*|&&|\|\||[=!]=|[!()])")
_PYTHON = {"&&": "and", "||": "or", "!": "not", "true": "True", "false": "False"}
_STATUS = ("success", "failure", "cancelled", "always")


def evaluate(expression: str, contexts: Mapping[str, Any]) -> Any:
    """The value of an expression; the functions of a job's status are in `contexts` as booleans."""
    code, values, place = [], [], 0
    text = expression.strip()
    while place < len(text):
        found = _TOKEN.match(text, place)
        assert found, f"{expression!r} is no expression known here, from {text[place:]!r} on"
        token, place = found[1], found.end()
        if token in _STATUS:
            assert text.startswith("()", place)
            place += 2
            values.append(contexts[token])
        elif token.startswith("'"):
            values.append(token[1:-1].replace("''", "'"))
        elif token in _PYTHON or token in ("(", ")", "==", "!="):
            code.append(_PYTHON.get(token, token))
            continue
        else:
            values.append(_look_up(token, contexts))
        code.append(f"values[{len(values) - 1}]")
    return eval(" ".join(code), {"values": values})  # of nothing but names and operators


def holds(condition: object, contexts: Mapping[str, Any]) -> bool:
    """Whether an `if` is met. One that names no status asks for success as well."""
    text = re.sub(r"^\$\{\{(.*)\}\}$", r"\1", str(condition).strip())
    asks = any(f"{name}()" in text for name in _STATUS)
    return bool((asks or contexts["success"]) and evaluate(text, contexts))


def filled(text: object, contexts: Mapping[str, Any]) -> str:
    """The text with its `${{ }}` replaced by their values."""
    return re.sub(r"\$\{\{(.+?)\}\}", lambda m: _written(evaluate(m[1], contexts)), str(text))


def _written(value: object) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _look_up(name: str, contexts: Mapping[str, Any]) -> Any:
    """A context's value; what an event, a job or a step does not have is the empty text."""
    first, *rest = name.split(".")
    value: Any = contexts[first]
    for part in rest:
        value = value.get(part, "") if isinstance(value, Mapping) else ""
    return value
