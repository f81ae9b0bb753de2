"""What each page adds to the index; of pages that stayed the same it is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from reading import glossary, lemma, search
from reading.glossary import Term
from reading.kept import Kept
from reading.lemma import Lemmatizer
from reading.search import Indexed, docs_of


@dataclass(frozen=True)
class Part:
    docs: list[dict[str, Any]]
    shapes: list[tuple[str, str]]
    """Of the verbs in them: each with its dictionary form."""


def find_parts(
    pages: Iterable[Indexed], terms: Sequence[Term], lemmas: Lemmatizer | None, cache: Path
) -> list[Part]:
    """One for each page; without `lemmas` nobody finds inflected verbs."""
    versions = [lemma.lemmatizer_version()] if lemmas else []
    kept = Kept(cache / "parts", search, lemma, glossary, repr(terms), *versions)
    found = [kept.of(page, partial(_made, page, terms, lemmas)) for page in pages]
    kept.forget()
    return [Part(part["docs"], [(shape, word) for shape, word in part["shapes"]]) for part in found]


def _made(page: Indexed, terms: Sequence[Term], lemmas: Lemmatizer | None) -> dict[str, Any]:
    shapes: set[tuple[str, str]] = set()

    def words(text: str) -> list[str]:
        assert lemmas
        analysis = lemmas.analysis(text)
        shapes.update((shape, word) for shape, word in analysis["shapes"])
        return list(analysis["words"])

    docs = list(docs_of(page, terms, words if lemmas else None))
    return {"docs": docs, "shapes": sorted(shapes)}
