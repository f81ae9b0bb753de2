"""The page that tells readers when each snippet was last verified, and the same as JSON."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from typing import Any

from snippetlab.entry import Entry
from snippetlab.library import Library
from snippetlab.lock import Lock
from snippetlab.recording import State
from snippetlab.snippet import in_language
from snippetlab.verification import Verified
from snippetlab.words import LABS

ShownBy = Mapping[str, Sequence[tuple[str, str]]]
"""Snippet → the title of each page that shows it, and its URL as seen from this page."""

WORDS = {
    "en": {
        "title": "Verification",
        "description": "What every snippet of this site shows to be true, the lab it runs in,"
        " the state of its recording, and when it was last verified.",
        "about": "This table lists every snippet of this site: {total}, of which {runs} run in a"
        " lab. Each row states the claim, the lab, the state of the recording, and when a run was"
        " last found equal to the recording and how long it took, with the snippets that run"
        " before it. To repeat it all, run `make verify` in a checkout: every snippet runs again,"
        " and one that prints something else fails. What does not run here is marked so; the"
        " pages that show it give the reason. The same as data: [JSON](verification.json).",
        "lab-title": "The lab",
        "no-lab": "Nothing has been verified yet.",
        "lab-about": "All recordings were last verified with these kernels and images.",
        "lab-name": "The {} lab",
        "digest": "image",
        "kernel": "kernel {}",
        "image": "Image",
        "package": "Package",
        "version": "Version",
        "snippet": "Snippet",
        "claim": "Claim",
        "lab": "Lab",
        "state": "State",
        "verified": "Last verified",
        "pages": "Pages",
    },
    "ko": {
        "title": "검증",
        "description": "이 사이트의 스니펫이 저마다 무엇을 보이는지, 어느 랩에서 도는지,"
        " 실행 기록의 상태와 마지막 검증 날짜는 무엇인지 표로 적는다.",
        "about": "이 표에는 이 사이트의 모든 스니펫이 있다. 모두 {total}개이고, 그 가운데"
        " {runs}개가 랩에서 돈다. 줄마다 스니펫이 보이는 주장, 랩, 실행 기록의 상태, 그리고 새로"
        " 실행한 결과가 실행 기록과 같음을 마지막으로 확인한 날짜와 걸린 시간을 적는다. 걸린"
        " 시간에는 앞서 도는 스니펫의 시간도 들어간다. 검증을 되풀이하려면 체크아웃에서"
        " `make verify`를 실행한다. 모든 스니펫이 다시 돌고, 출력이 실행 기록과 다르면 실패한다."
        " 여기서 실행하지 않는 스니펫은 그렇게 표시하며, 이유는 그 스니펫을 보이는 페이지에 있다."
        " 같은 내용을 데이터로도 받을 수 있다: [JSON](verification.json).",
        "lab-title": "랩",
        "no-lab": "아직 검증한 것이 없다.",
        "lab-about": "모든 실행 기록은 이 커널과 이미지로 마지막 검증을 했다.",
        "lab-name": "{} 랩",
        "digest": "이미지",
        "kernel": "커널 {}",
        "image": "이미지",
        "package": "패키지",
        "version": "버전",
        "snippet": "스니펫",
        "claim": "주장",
        "lab": "랩",
        "state": "상태",
        "verified": "마지막 검증",
        "pages": "페이지",
    },
}
"""What the page says, by language."""
STATES = {
    "en": {
        State.FRESH: "fresh",
        State.STALE: "stale",
        State.MISSING: "no recording",
        State.EDITED: "edited by hand",
        State.UNREADABLE: "unreadable",
        State.NOT_RUN: "not run here",
    },
    "ko": {
        State.FRESH: "최신",
        State.STALE: "낡음",
        State.MISSING: "기록 없음",
        State.EDITED: "손으로 고침",
        State.UNREADABLE: "읽을 수 없음",
        State.NOT_RUN: "여기서 실행하지 않음",
    },
}
"""The states' names, by language."""
_NOTHING = "—"


@dataclass(frozen=True)
class VerificationPage:
    """The page `verification.md` at the root of one language's docs."""

    markdown: str
    """With a comment where each table belongs."""
    tables: Mapping[str, str] = field(default_factory=dict)
    """Comment → the table, as HTML. Hundreds of rows would cost Markdown more than all other pages
    together, even as HTML, which it takes apart and puts together again."""

    def complete(self, html: str) -> str:
        """What has been made of the Markdown, with the tables."""
        for comment, table in self.tables.items():
            html = html.replace(comment, table)
        return html


def verification_page(
    library: Library,
    shown_by: ShownBy,
    lock: Lock,
    verified: Mapping[str, Verified],
    language: str,
) -> VerificationPage:
    """The page in that language."""
    words = WORDS[language]
    entries = _by_id(library)
    runs = sum(entry.snippet.runs for entry in entries)
    head = [
        "---",
        f"title: {words['title']}",
        f"description: {words['description']}",
        "---",
        "",
        f"# {words['title']} {{ #verification }}",
        "",
        words["about"].format(total=len(entries), runs=runs),
        "",
    ]
    tables, lines = {}, head
    for chapter, group in groupby(entries, key=_chapter):
        rows = [_row(entry, shown_by, verified, language) for entry in group]
        columns = ("snippet", "claim", "lab", "state", "verified", "pages")
        lines += ["", f"## {chapter} {{ #chapter-{chapter} }}", ""]
        lines.append(_comment(f"chapter-{chapter}"))
        tables[lines[-1]] = _table([words[column] for column in columns], rows)
    # What readers come for are the results; packages are many.
    lines += ["", *_lab_section(lock, language), _comment("lab")]
    tables[_comment("lab")] = _packages(lock, language)
    return VerificationPage("\n".join(lines) + "\n", tables)


def verification_data(
    library: Library,
    shown_by: ShownBy,
    lock: Lock,
    verified: Mapping[str, Verified],
    language: str,
) -> str:
    """What the page states, as JSON; `date` and `seconds` are null where nothing was verified."""
    labs = {
        name: {
            "image": lab.image,
            "digest": lab.digest,
            "kernel": lab.kernel,
            "packages": dict(sorted(lab.packages.items())),
        }
        for name, lab in sorted(lock.labs.items())
    }
    snippets = [_datum(entry, shown_by, verified, language) for entry in _by_id(library)]
    data = {"language": language, "labs": labs, "snippets": snippets}
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _by_id(library: Library) -> list[Entry]:
    return [library.entries[id_] for id_ in sorted(library.entries)]


def _chapter(entry: Entry) -> str:
    return entry.snippet.id.partition("/")[0]


def _last(entry: Entry, verified: Mapping[str, Verified]) -> Verified | None:
    # A snippet that once ran and now does not may still be in the file.
    return verified.get(entry.snippet.id) if entry.snippet.runs else None


def _datum(
    entry: Entry, shown_by: ShownBy, verified: Mapping[str, Verified], language: str
) -> dict[str, Any]:
    snippet, last = entry.snippet, _last(entry, verified)
    return {
        "id": snippet.id,
        "chapter": _chapter(entry),
        "proves": in_language(snippet.proves, language),
        "lab": snippet.lab,
        "state": entry.state.value,
        "date": last and last.date,
        "seconds": last and last.seconds,
        "pages": [{"title": title, "url": url} for title, url in shown_by.get(snippet.id, ())],
    }


def _lab_section(lock: Lock, language: str) -> Iterator[str]:
    words = WORDS[language]
    yield from (f"## {words['lab-title']} {{ #lab }}", "")
    yield from (words["lab-about" if lock.labs else "no-lab"], "")
    for lab in sorted(lock.labs, key=lambda name: (lock.labs[name].image, name)):
        facts = lock.labs[lab]
        name = words["lab-name"].format(LABS[language].get(lab, lab))
        kernel = words["kernel"].format(f"Linux {facts.kernel}")
        yield f"- {name}: {kernel}, {words['digest']} `{facts.digest}`"
    yield ""


def _packages(lock: Lock, language: str) -> str:
    words = WORDS[language]
    images = {lab.image: lab.packages for lab in lock.labs.values()}
    rows = [
        (f"<code>{escape(package)}</code>", f"<code>{escape(version)}</code>", escape(image))
        for image, packages in sorted(images.items())
        for package, version in sorted(packages.items())
    ]
    return _table([words[column] for column in ("package", "version", "image")], rows)


def _row(
    entry: Entry, shown_by: ShownBy, verified: Mapping[str, Verified], language: str
) -> tuple[str, ...]:
    snippet, last = entry.snippet, _last(entry, verified)
    links = [
        f'<a href="{escape(url)}">{escape(title)}</a>'
        for title, url in shown_by.get(snippet.id, ())
    ]
    return (
        f"<code>{escape(snippet.id)}</code>",
        escape(" ".join(in_language(snippet.proves, language).split())),
        escape(LABS[language].get(snippet.lab, snippet.lab)) if snippet.runs else _NOTHING,
        STATES[language][entry.state],
        f"{last.date}, {_duration(last.seconds)}" if last else _NOTHING,
        ", ".join(links) or _NOTHING,
    )


def _duration(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"


def _comment(name: str) -> str:
    return f"<!-- table: {name} -->"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{text}</th>" for text in heads)
    body = "\n".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
