"""Korean text → the dictionary forms in it, so that `나눠 쓰는` is found by `나누다`.

Needs kiwipiepy, whose model is loaded only when there is text not seen before.
"""

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from html import unescape
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from typing import Any

from reading.kept import Kept

_NOUNS = {"NNG", "NNP", "XR", "SL", "SN", "SH"}
_VERBS = {"VV", "VA", "VX", "VV-R", "VV-I", "VA-R", "VA-I"}
_EVERYWHERE = {
    "하다",
    "있다",
    "없다",
    "되다",
    "않다",
    "이다",
    "아니다",
    "도다",
    "같다",
    "보다",
    "주다",
    "지다",
}
_LONGEST_COMPOUND = 4
"""Nouns joined into one word; more are rarely typed without a space."""
_SHAPES = (("어", "EF"), ("었", "EP"), ("ᆫ", "ETM"), ("ᆯ", "ETM"), ("ᆷ", "ETN"), ("는", "ETM"))
"""Endings that between them bring out every shape a stem takes."""
Analysis = dict[str, Any]


class Lemmatizer:
    """Finds them, of each text once."""

    def __init__(self, kept: Kept, say: Callable[[str], None] = lambda _: None) -> None:
        """`say` takes a line on what takes long, the first time."""
        self._kept = kept
        self._say = say

    def analysis(self, text: str) -> Analysis:
        """`words`: nouns, compounds of adjacent nouns, and verbs with their `-다`; each once.

        `shapes`: those of its verbs, each with the verb's dictionary form. A shape is what
        endings are put to: `나눠`, `나눈`, `나누` for `나누다`.
        """
        analysis: Analysis = self._kept.of(text, lambda: self._analyse(text))
        return analysis

    @cached_property
    def _kiwi(self) -> Any:
        from kiwipiepy import Kiwi

        self._say("finding the dictionary forms of Korean words: some 5 s for all pages …")
        return Kiwi(num_workers=1)

    def _analyse(self, text: str) -> Analysis:
        plain = unescape(re.sub(r"<[^>]+>", " ", text))
        words: set[str] = set()
        shapes: set[tuple[str, str]] = set()
        tokens = self._kiwi.tokenize(plain)
        for token in tokens:
            if token.tag in _VERBS and token.lemma not in _EVERYWHERE:
                words.add(token.lemma)
                shapes |= {(shape, token.lemma) for shape in self._shapes_of(token)}
        for is_noun, run in groupby(tokens, key=lambda token: token.tag in _NOUNS):
            if is_noun:
                words |= set(_compounds([token.form for token in run]))
        return {"words": sorted(words), "shapes": sorted(shapes)}

    def _shapes_of(self, token: Any) -> Iterable[str]:
        yield token.form
        for ending, tag in _SHAPES:
            shape = self._kiwi.join([(token.form, token.tag), (ending, tag)])
            yield shape.removesuffix("는") if ending == "는" else shape


def lemmatizer_version() -> str:
    """Of what makes the dictionary forms; raises ImportError if it is missing."""
    try:
        return f"{version('kiwipiepy')} {version('kiwipiepy_model')}"
    except PackageNotFoundError:
        raise ImportError("kiwipiepy") from None


def unambiguous(shapes: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Shapes of verbs that belong to one dictionary form → that."""
    found: dict[str, set[str]] = {}
    for shape, lemma in shapes:
        found.setdefault(shape, set()).add(lemma)
    # What is short of two syllables is a part of too many words.
    return {shape: min(lemmas) for shape, lemmas in sorted(found.items()) if len(lemmas) == 1}


def _compounds(nouns: list[str]) -> Iterable[str]:
    for start in range(len(nouns)):
        for length in range(1, _LONGEST_COMPOUND + 1):
            word = "".join(nouns[start : start + length]).lower()
            if len(word) > 1 and re.search("[가-힣]", word):
                yield word
