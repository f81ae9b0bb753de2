"""What readers type for a page, where it says otherwise: `docs/search.toml`; and misspellings."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from snippetlab.errors import Cure, SourceError
from snippetlab.files import read_source
from snippetlab.toml import TomlError, parse_toml

Asked = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Page → the id of one of its headings, or nothing for its top → phrases, in all languages."""
_PLACE = re.compile(r"(?:[\w-]{1,99}/){0,9}[\w-]{1,99}\.md(?:#[\w-]{1,99})?")
_LANGUAGE = re.compile(r"[a-z]{2}(?:-[A-Za-z]{2,9})?")


def read_asked(path: Path, docs: Path) -> Asked:
    """All phrases; none if there is no file. Raises SourceError."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    text, tables = _read(path)
    for place, table in tables.items():
        line = next((n for n, line in enumerate(text, 1) if f'"{place}"' in line), 1)
        page, _, section = place.partition("#")
        languages = table if isinstance(table, dict) else {"any language": None}
        for language, phrases in languages.items():
            if not (isinstance(phrases, list) and all(isinstance(one, str) for one in phrases)):
                cure = Cure("asked-form", 'Write a list of what is typed: ko = ["…", "…"]')
                raise SourceError(path, line, f"{place!r} has no list for {language!r}", cure)
            if fault := _fault(place, language, docs):
                cure = Cure("asked-place", 'Name them as they are: ["PAGE.md#HEADING-ID"]')
                raise SourceError(path, line, f"{place!r}: {fault}", cure)
            sections = found.setdefault(page, {})
            sections[section] = (*sections.get(section, ()), *phrases)
    return found


def _fault(place: str, language: str, docs: Path) -> str:
    """Why there is no such place."""
    page, _, section = place.partition("#")
    if not _PLACE.fullmatch(place) or not _LANGUAGE.fullmatch(language):
        return f"no such page in {language!r}"
    if not (source := docs / language / page).is_file():
        return f"there is no docs/{language}/{page}"
    if section and f"#{section} " not in read_source(source):
        return f"docs/{language}/{page} has no such heading"
    return ""


def read_respelled(path: Path) -> Mapping[str, str]:
    """Spellings that pages do not use → those that they use, in all languages."""
    _, tables = _read(path)
    return {wrong: right for table in tables.values() for wrong, right in table.items()}


def _read(path: Path) -> tuple[list[str], Mapping[str, Any]]:
    """The lines, and the tables in them."""
    if not path.exists():
        return [], {}
    text = read_source(path)
    try:
        return text.splitlines(), parse_toml(text, path.name)
    except TomlError as error:
        raise SourceError(path, error.line or 1, error.message, error.cure) from None
