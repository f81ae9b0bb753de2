"""Sentences that may be said better: hints, and no bans. `make hints` counts them in all pages.

`make check` looks at the sentences that a change brings, and lets a commit pass in any case. A
writer mends the sentence, or says in tools/hints.toml why it stays as it is.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from snippetlab.errors import Cure, SourceError
from snippetlab.files import read_source
from snippetlab.run.history import git, merge_base
from snippetlab.say import say
from snippetlab.show.page import Page, read_page
from snippetlab.show.prose import texts
from snippetlab.toml import TomlError, parse_toml
from tools.configurations import LANGUAGES
from tools.finding import ROOT, Finding, as_finding, tracked
from tools.words import QUOTED

ANSWERS = "tools/hints.toml"
Answers = Mapping[str, Mapping[str, str]]
"""Page → words of a sentence on it → why they stay."""
_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=\S)")
_PARTICLES = "[은이을의도만과로]|이다|이고|이며|에|에는|에서|보다|뿐|뿐이다"


@dataclass(frozen=True)
class Hint:
    """What may be said better. The page on style has the reasons, and examples."""

    pattern: re.Pattern[str]
    advice: str
    where: str = "prose"
    """Or `answer`: below a question; or `after`: where a paragraph follows a transcript."""


HINTS: Mapping[str, Mapping[str, Hint]] = {
    "ko": {
        "나누다": Hint(
            re.compile(r"(?<![가-힣])(?:나누|나눠|나눈|나눌|나눔|나뉘|나뉜|나뉠|나뉨)[가-힣]*"),
            "공유하다 if it is shared, 분리하다 or 격리하다 if it is divided",
        ),
        "bare number": Hint(
            re.compile(
                r"(?<![가-힣])(?:(?<![을를어] )둘|셋|넷)(?! 다[ .,]| 이상| 수 )"
                rf"(?:{_PARTICLES})?(?![가-힣])"
                rf"|(?<![가-힣])(?:다섯|여섯|일곱|여덟|아홉)(?:(?:{_PARTICLES})(?![가-힣])|(?=[.,)]))"
            ),
            "name what is counted, with its unit: 제한 세 가지를",
        ),
        "cleft": Hint(re.compile(r"(?<=[가-힣]) 것은(?! 없| 아니)"), "begin with the real subject"),
        "pointer": Hint(
            re.compile(
                r"(?<![가-힣])(?:(?:거기|여기)(?:[서에로도만]|까지|부터)?[는도]?(?<!여기는)(?![가-힣])"
                r"|[이그]것[가-힣]*)"
            ),
            "repeat the noun that is meant",
        ),
        "no predicate": Hint(
            re.compile(r"[가-힣](?<![다까요자])[.](?=\s|$)"),
            "answer with a whole sentence",
            "answer",
        ),
    },
    "en": {
        "pronoun": Hint(
            re.compile(r"(?:It|This|That|These|Those|Both|They|He|She)\b"),
            "begin with what the sentence is about",
            "after",
        ),
    },
}
"""Language → what is looked for in its pages."""


@dataclass(frozen=True)
class Hit:
    """Where a hint was found."""

    page: str
    line: int
    hint: str
    sentence: str
    words: str


def hits(name: str, language: str, page: Page) -> Iterator[Hit]:
    """All that is found on a page, whether it is answered or not."""
    after = set(_after_transcripts(page))
    question = False
    head = list(enumerate(page.lines[: page.start - 1], 1))
    for number, line in (*head, *texts(page)):
        question = line.startswith("??? question") or (question and line[:1] in ("", " "))
        for position, sentence in enumerate(_SENTENCE.split(line.strip())):
            said = QUOTED.sub(lambda found: "\x1a" * len(found[0]), sentence)
            for hint_name, hint in HINTS.get(language, {}).items():
                answers = question and line.startswith(" ")
                if (hint.where == "answer" and not answers) or (
                    hint.where == "after" and (position or number not in after)
                ):
                    continue
                find = hint.pattern.match if hint.where == "after" else hint.pattern.search
                if found := find(said):
                    words = sentence[: found.end()] if hint.where == "answer" else found[0]
                    yield Hit(name, number, hint_name, sentence, words.strip())


def _after_transcripts(page: Page) -> Iterator[int]:
    """Lines in which a paragraph begins after a run."""
    for block in page.blocks:
        if block.kind in ("snippet", "experiment"):
            rest = enumerate(page.lines[block.end :], block.end + 1)
            yield from [number for number, line in rest if line.strip()][:1]


def read_answers(path: Path) -> Answers:
    """What writers said; nothing if there is no file. Raises SourceError."""
    if not path.exists():
        return {}
    try:
        tables = parse_toml(read_source(path), path.name)
    except TomlError as error:
        raise SourceError(path, error.line or 1, error.message, error.cure) from None
    for page, table in tables.items():
        if not isinstance(table, dict) or not all(isinstance(why, str) for why in table.values()):
            cure = Cure("hints-form", 'Write: ["docs/ko/PAGE.md"], and below it: "words" = "why"')
            raise SourceError(path, _line(path, page), f"{page!r} has no words with a reason", cure)
    return tables


def hints(root: Path) -> Iterator[Finding]:
    """Hints in the sentences that a change brings; and answers to nothing, which are faults."""
    path = root / ANSWERS
    try:
        answers = read_answers(path)
    except SourceError as error:
        yield as_finding(error, root)
        return
    for page, table in answers.items():
        text = read_source(root / page) if (root / page).is_file() else ""
        for words in table:
            if words not in text:
                message = f"{page} does not say {words!r}, to which this is an answer"
                cure = Cure("hints-gone", "Take the line out.")
                yield Finding(f"{ANSWERS}:{_line(path, words)}", message, cure)
    if not (base := merge_base(root)):
        return
    before = lru_cache(lambda page: git(root, "show", f"{base}:{page}"))
    for hit in _open(root, answers):
        if hit.sentence not in before(hit.page):
            text = f"{_advice(hit)}; or say why it stays, in {ANSWERS}: "
            cure = Cure("hint", f'{text}["{hit.page}"] / "{hit.words}" = "…"')
            place = f"{hit.page}:{hit.line}"
            yield Finding(place, f"{hit.words!r} ({hit.hint})", cure, is_hint=True)


def _advice(hit: Hit) -> str:
    language = hit.page.split("/")[1]
    return HINTS[language][hit.hint].advice


def _open(root: Path, answers: Answers) -> Iterator[Hit]:
    """Hits that nobody has answered."""
    for language in LANGUAGES:
        for name in tracked(f"docs/{language}/**.md", root=root):
            try:
                page = read_page(root / name)
            except SourceError:
                continue  # `snippets` says so
            for hit in hits(name, language, page):
                if not any(w in hit.sentence and hit.words in w for w in answers.get(name, ())):
                    yield hit


def _line(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").split("\n")
    return next((number for number, line in enumerate(lines, 1) if text in line), 1)


def main() -> int:
    """Count them: of each kind, and the pages that have most."""
    found = list(_open(ROOT, read_answers(ROOT / ANSWERS)))
    for (language, hint), count in sorted(
        Counter((hit.page.split("/")[1], hit.hint) for hit in found).items()
    ):
        say(f"{count:5}  {language}  {hint}: {HINTS[language][hint].advice}")
    for page, count in Counter(hit.page for hit in found).most_common(10):
        say(f"{count:5}  {page}")
    for hit in found if sys.argv[1:] else ():
        if hit.page in sys.argv[1:]:
            say(f"{hit.page}:{hit.line}: {hit.words!r} ({hit.hint}): {hit.sentence}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
