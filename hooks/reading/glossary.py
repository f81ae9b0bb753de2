"""The term base, `docs/glossary.yml`: names in both languages, meanings, and their pages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


class GlossaryError(Exception):
    """A mistake in the file; the message begins with `path:line`."""


@dataclass(frozen=True)
class Term:
    names: Mapping[str, str]
    """Language → the name that pages use."""
    aliases: tuple[str, ...]
    """Other names that a reader may search for, in any language."""
    meanings: Mapping[str, str]
    """Language → one sentence, or nothing for a term that is only searched for."""
    page: str | None
    """The page that explains it, below a language's directory."""

    @property
    def all_names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys([*self.names.values(), *self.aliases]))


_KEYS = {"ko", "en", "aliases", "says", "page"}
_LANGUAGES = ("ko", "en")


def read_glossary(path: Path, docs: Path | None = None) -> tuple[Term, ...]:
    """All terms; none if there is no file. With `docs`, a term's page must be there in both.

    Raises GlossaryError.
    """
    if not path.exists():
        return ()
    text = path.read_text(encoding="utf-8")
    try:
        entries = yaml.safe_load(text) or []
    except yaml.YAMLError as error:
        raise GlossaryError(f"{path}:1: {error}") from None
    lines = [n for n, line in enumerate(text.split("\n"), 1) if line.startswith("- ")]
    terms = []
    seen: dict[str, int] = {}
    for entry, line in zip(entries, lines, strict=True):
        term = _term(entry, f"{path}:{line}")
        for name in term.all_names:
            if (first := seen.setdefault(name.lower(), line)) != line:
                raise GlossaryError(
                    f"{path}:{line}: {name!r} stands on line {first} too\n    Keep one of the two."
                )
        for language in _LANGUAGES if docs and term.page else ():
            page = f"{language}/{term.page}"
            if docs and not (docs / page).is_file():
                cure = f"Begin it: make page ID={str(term.page).removesuffix('.md')}"
                cure += " (or take the line `page:` out)"
                raise GlossaryError(f"{path}:{line}: there is no page {page}\n    {cure}")
        terms.append(term)
    return tuple(terms)


def _term(entry: Any, where: str) -> Term:
    if not isinstance(entry, dict):
        raise GlossaryError(f"{where}: a term is a mapping of {', '.join(sorted(_KEYS))}")
    if unknown := set(entry) - _KEYS:
        raise GlossaryError(f"{where}: unknown: {', '.join(sorted(unknown))}")
    if missing := {"ko", "en"} - set(entry):
        raise GlossaryError(f"{where}: not given: {', '.join(sorted(missing))}")
    says = entry.get("says", {})
    if says and set(says) != set(_LANGUAGES):
        raise GlossaryError(f"{where}: `says` needs both ko and en")
    return Term(
        names={language: str(entry[language]) for language in _LANGUAGES},
        aliases=tuple(map(str, entry.get("aliases", ()))),
        meanings=says,
        page=entry.get("page"),
    )


def explained(terms: tuple[Term, ...], language: str) -> Iterator[tuple[str, str]]:
    """Name and meaning of the terms that have one."""
    for term in terms:
        if meaning := term.meanings.get(language):
            yield term.names[language], meaning
