"""The corpus of hostile snippets as tables, for the page on how untrusted code runs."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from generated.corpus import Attack, Corpus
from snippetlab.limits import CEILINGS, DEFAULTS, TIMEOUTS

PLACE = "<!-- corpus -->"
"""Where the page has the tables of attacks."""
LIMITS_PLACE = "<!-- limits -->"
"""Where it has the table of limits."""

WORDS = {
    "en": {
        "tried": "Tried",
        "held": "Held by",
        "how": "How that works",
        "shown": "Without it, it got through",
        "count": "{attacks} attacks, {guards} guards.",
        "exhaust": "Using everything up",
        "read": "Reading",
        "write": "Writing",
        "reach": "Reaching out",
        "reader": "The reader's page",
        "author": "The author's files",
        "terminal": "Your terminal, and the workflow",
        "machine": "Out of the machine lab",
        "docker": "Out of the docker lab",
        "limit": "Limit",
        "default": "Default",
        "ceiling": "At most",
        "of": "Of",
    },
    "ko": {
        "tried": "시도",
        "held": "막은 것",
        "how": "작동 방식",
        "shown": "그것 없이는 뚫렸다",
        "count": "공격 {attacks}가지, 방어 {guards}가지다.",
        "exhaust": "다 써 버리기",
        "read": "읽기",
        "write": "쓰기",
        "reach": "밖에 닿기",
        "reader": "독자의 페이지",
        "author": "저자의 파일",
        "terminal": "터미널과 워크플로",
        "machine": "머신 랩 밖으로",
        "docker": "도커 랩 밖으로",
        "limit": "한도",
        "default": "기본값",
        "ceiling": "상한",
        "of": "대상",
    },
}
"""What the tables say, by language."""
_OF = {
    "timeout": {"en": "the run", "ko": "실행"},
    "memory": {"en": "the chain; each process", "ko": "체인 전체, 프로세스마다"},
    "processes": {"en": "the chain", "ko": "체인 전체"},
    "files": {"en": "each process", "ko": "프로세스마다"},
    "disk": {"en": "each file system", "ko": "파일 시스템마다"},
    "output": {"en": "the run", "ko": "실행"},
}


def with_tables(markdown: str, corpus: Corpus, language: str) -> str:
    """The page with its tables in their places."""
    tables = {PLACE: _attacks(corpus, language), LIMITS_PLACE: _limits(language)}
    for place, lines in tables.items():
        markdown = markdown.replace(place, "\n".join(lines))
    return markdown


def _attacks(corpus: Corpus, language: str) -> Iterator[str]:
    words = WORDS[language]
    yield words["count"].format(attacks=len(corpus.attacks), guards=len(corpus.guards))
    for group, attacks in groupby(corpus.attacks, key=lambda attack: attack.group):
        yield from ("", f"### {words[group]} {{ #{group} }}", "")
        rows = [_row(attack, corpus, language) for attack in attacks]
        yield from _table([words[column] for column in ("tried", "held", "shown")], rows)
    yield from ("", f"### {words['how']} {{ #guards }}", "")
    guards = [(guard.name[language], guard.how[language]) for guard in corpus.guards.values()]
    yield from _table((words["held"], words["how"]), guards)


def _row(attack: Attack, corpus: Corpus, language: str) -> tuple[str, str, str]:
    guard = corpus.guards[attack.guard]
    return attack.tries[language], guard.name[language], guard.without[language]


def _limits(language: str) -> Iterator[str]:
    words = WORDS[language]
    default, most = TIMEOUTS["namespace"]
    timeout = ("`timeout`", f"{default} s", f"{most} s", _OF["timeout"][language])
    others = [
        (f"`{name}`", DEFAULTS.text(name), CEILINGS.text(name), of[language])
        for name, of in _OF.items()
        if name != "timeout"
    ]
    heads = [words[column] for column in ("limit", "default", "ceiling", "of")]
    yield from _table(heads, [timeout, *others])


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for row in (heads, ["---"] * len(heads), *rows):
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |"
