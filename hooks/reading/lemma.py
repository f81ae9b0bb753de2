"""Korean text → the dictionary forms in it, so that `나눠 쓰는` is found by `나누다`.

Needs kiwipiepy, whose model is loaded only when there is text not seen before.
"""

import hashlib
import json
import re
import tempfile
from collections.abc import Iterable
from functools import cached_property
from html import unescape
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from pathlib import Path
from typing import Any

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
_RECIPE = "4"
"""Changes when what is made of a text does."""

Analysis = dict[str, Any]


class Lemmatizer:
    """Dictionary forms with a memory on disk; raises ImportError if kiwipiepy is missing."""

    def __init__(self, memory: Path | None, *, learns: bool = True) -> None:
        """Without `learns`, text not seen before has no words: for a preview, which cannot wait."""
        try:
            self._version = version("kiwipiepy") + "/" + version("kiwipiepy_model") + "/" + _RECIPE
        except PackageNotFoundError:
            raise ImportError("kiwipiepy") from None
        self._memory = memory
        self._learns = learns
        self._known = self._remembered()
        self._used: dict[str, Analysis] = {}

    def words(self, text: str) -> list[str]:
        """Nouns, compounds of adjacent nouns, and verbs with their `-다`; each once, sorted."""
        return list(self._analysis(text)["words"])

    def shapes(self) -> dict[str, str]:
        """Shapes of the verbs in all texts read so far → their dictionary form.

        A shape is what endings are put to: `나눠`, `나눈`, `나누` for `나누다`.
        """
        found: dict[str, set[str]] = {}
        for analysis in self._used.values():
            for shape, lemma in analysis["shapes"]:
                found.setdefault(shape, set()).add(lemma)
        # What is short of two syllables is a part of too many words.
        return {shape: min(lemmas) for shape, lemmas in sorted(found.items()) if len(lemmas) == 1}

    def save(self) -> None:
        """Keep what was read in this build, and nothing else."""
        if not self._memory or not self._learns or self._used == self._known:
            return
        self._memory.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", dir=self._memory.parent, delete=False, encoding="utf-8"
        ) as file:
            json.dump({"version": self._version, "known": self._used}, file, ensure_ascii=False)
        Path(file.name).chmod(0o644)
        Path(file.name).replace(self._memory)

    def _remembered(self) -> dict[str, Analysis]:
        try:
            assert self._memory
            data = json.loads(self._memory.read_text(encoding="utf-8"))
            return dict(data["known"]) if data["version"] == self._version else {}
        except (AssertionError, OSError, ValueError, KeyError, TypeError):
            return {}

    def _analysis(self, text: str) -> Analysis:
        key = hashlib.sha256(text.encode()).hexdigest()
        if key not in self._used:
            unknown = self._analyse if self._learns else _nothing
            self._used[key] = self._known.get(key) or unknown(text)
        return self._used[key]

    @cached_property
    def _kiwi(self) -> Any:
        from kiwipiepy import Kiwi

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


def _nothing(_: str) -> Analysis:
    return {"words": [], "shapes": []}


def _compounds(nouns: list[str]) -> Iterable[str]:
    for start in range(len(nouns)):
        for length in range(1, _LONGEST_COMPOUND + 1):
            word = "".join(nouns[start : start + length]).lower()
            if len(word) > 1 and re.search("[가-힣]", word):
                yield word
