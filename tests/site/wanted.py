"""The oracle of search: queries, and the one page and section that a reader wants of each."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from pathlib import Path

SEED = "kept aside, 30 November 2026"
"""Says which third is kept aside: chosen before any result was looked at."""


@dataclass(frozen=True)
class Wanted:
    language: str
    kind: str
    query: str
    page: str
    section: str

    @property
    def _lot(self) -> str:
        return sha256(f"{SEED} {self.language} {self.query}".encode()).hexdigest()


@dataclass(frozen=True)
class Figures:
    """Shares of the queries."""

    first: float
    """Whose page is listed first."""
    three: float
    """Whose page is among the first three."""
    nothing: float
    """That find no page at all."""


def read_wanted() -> list[Wanted]:
    text = Path(__file__).with_name("queries").joinpath("wanted.toml").read_text(encoding="utf-8")
    return [
        Wanted(language, kind, query, *place.partition("#")[::2])
        for language, kinds in tomllib.loads(text).items()
        for kind, queries in kinds.items()
        for query, place in queries.items()
    ]


def split(all_: Sequence[Wanted]) -> tuple[list[Wanted], list[Wanted]]:
    """To tune with, and kept aside: a third of each kind in each language."""
    tuned: list[Wanted] = []
    aside: list[Wanted] = []
    for _, group in groupby(all_, key=lambda wanted: (wanted.language, wanted.kind)):
        drawn = sorted(group, key=lambda wanted: wanted._lot)
        third = round(len(drawn) / 3)
        aside += drawn[:third]
        tuned += drawn[third:]
    return tuned, aside


def figures(found: Sequence[tuple[Wanted, Sequence[str]]]) -> Figures:
    """Of queries with the pages that each lists, best first."""
    count = len(found)
    return Figures(
        sum(pages[:1] == [wanted.page] for wanted, pages in found) / count,
        sum(wanted.page in pages[:3] for wanted, pages in found) / count,
        sum(not pages for _, pages in found) / count,
    )
