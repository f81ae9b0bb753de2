"""JSON Schemas of what the engine writes, made from its types."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from reading.kept import Kept
from snippetlab.run import verification

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}


NAMES = ("list", "verify", "drift", "verification")
"""Of the files, before `.schema.json`."""


def schemas(kept: Path) -> dict[str, str]:
    """Name → the schema's text. What it is made of is imported only if none is kept there."""
    directory = Path(verification.__file__).parent
    files = [*sorted(directory.glob("*.py")), directory.parent / "snippet/recording.py"]
    texts = [file.read_text(encoding="utf-8") for file in files]
    return dict(Kept(kept / "schemas", __doc__ or "").of(texts, make))


def make() -> dict[str, str]:
    """Name → the schema's text."""
    from snippetlab.run.output import Drifted, Found, Listed
    from snippetlab.run.verification import Verified

    whole = {
        "list": {"type": "array", "items": _schema(Listed)},
        "verify": {"type": "array", "items": _schema(Found)},
        "drift": {"type": "array", "items": _schema(Drifted)},
        "verification": {"type": "object", "additionalProperties": _schema(Verified)},
    }
    texts = {
        name: json.dumps({"$schema": _DIALECT, **one}, indent=2) for name, one in whole.items()
    }
    return {name: f"{texts[name]}\n" for name in NAMES}


def _schema(type_: Any) -> dict[str, Any]:
    """Fields may be added, so others than these are allowed."""
    if type_ in _PLAIN:
        return {"type": _PLAIN[type_]}
    origin, arguments = get_origin(type_), get_args(type_)
    if origin is Mapping:
        return {"type": "object", "additionalProperties": _schema(arguments[1])}
    if origin is Sequence:
        return {"type": "array", "items": _schema(arguments[0])}
    if issubclass(type_, StrEnum):
        return {"enum": [str(value) for value in type_]}
    hints = get_type_hints(type_)
    properties = {name: _schema(hint) for name, hint in hints.items()}
    # What has a default is left out of the JSON where it is empty.
    own = (
        {field.name for field in fields(type_) if _is_optional(field)}
        if is_dataclass(type_)
        else ()
    )
    required = [name for name in hints if name not in own]
    return {"type": "object", "properties": properties, "required": required}


def _is_optional(field: Field[Any]) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING
