"""Draw the picture of the quick start from its snippet: python -m tools.quickstart

What you write, what it printed, and the fence that shows it: the text is that of the files, so a
test holds them together.
"""

from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from snippetlab.project import Project
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.library import load_library
from tools.finding import ROOT

ID = "about/first"
WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "From a file to a page",
        "desc": "Three boxes, one below the other. first.sh, the file that you write, holds a "
        "header and four commands. snippetlab record runs it and writes first.out, what it "
        "printed. The fence in page.md names the snippet, and mkdocs build shows the recording "
        "there.",
        "write": "what you write",
        "printed": "what it printed",
        "fence": "the fence that shows it",
    },
    "ko": {
        "title": "파일에서 페이지까지",
        "desc": "위에서 아래로 상자가 3개 있다. first.sh는 사람이 쓰는 파일이고 헤더와 명령 4개가 "
        "있다. snippetlab record가 first.sh를 실행해 출력을 first.out에 기록한다. page.md의 펜스가 "
        "스니펫을 가리키고, mkdocs build가 펜스 자리에 기록을 보여 준다.",
        "write": "내가 쓰는 파일",
        "printed": "출력한 내용",
        "fence": "보이는 펜스",
    },
}
_LINE, _WIDTH, _LEFT = 18, 440, 14
_STYLE = """\
.g{fill:#f6f8f9;stroke:#d5dee2}.b{fill:#fff;stroke:#4a5663}.o{fill:#e4f1ef;stroke:#0b6b62}
.a{stroke:#0b6b62;fill:none;stroke-width:2}
text{font:14px ui-monospace,Menlo,Consolas,monospace;fill:#1d2733;white-space:pre}
.m{fill:#4a5663}.s{font-size:12px}.h{font-weight:700}
@media (prefers-color-scheme:dark){.g{fill:#151c24;stroke:#33414e}
.b{fill:#1f2a35;stroke:#b3bfca}.o{fill:#16302f;stroke:#5fd4c4}
.a{stroke:#5fd4c4}text{fill:#e3e9ef}.m{fill:#b3bfca}}"""
_ARROW = (
    '<defs><marker id="t" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
    'orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" fill="context-stroke"/></marker></defs>'
)


def path_of(language: str) -> Path:
    """Where the drawing lies."""
    return ROOT / f"docs/{language}/assets/images/quick-start.svg"


def picture(language: str) -> str:
    """The SVG."""
    entry, words = load_library(Project(ROOT)).find(ID), WORDS[language]
    body, bottom = [], 22
    for id_, head, kind, lines, way in _boxes(entry, words):
        height = _LINE * len(lines) + 16
        body.append(f'<text x="{_LEFT}" y="{bottom}" class="m s">{escape(head)}</text>')
        body.append(
            f'<text x="{_WIDTH - _LEFT}" y="{bottom}" text-anchor="end">{escape(id_)}</text>'
        )
        body.append(
            f'<rect class="{kind}" x="{_LEFT}" y="{bottom + 8}" width="{_WIDTH - 2 * _LEFT}" '
            f'height="{height}" rx="4"/>'
        )
        for number, line in enumerate(lines):
            y = bottom + 28 + number * _LINE
            body.append(f'<text x="{_LEFT + 10}" y="{y}" class="s">{escape(line)}</text>')
        bottom += height + 8
        if way:
            body.append(f'<path class="a" d="M60 {bottom} 60 {bottom + 28}" marker-end="url(#t)"/>')
            body.append(f'<text x="72" y="{bottom + 20}" class="s h">{escape(way)}</text>')
            bottom += 50
    height = bottom + 14
    title = f'<title id="title">{words["title"]}</title>\n<desc id="desc">{words["desc"]}</desc>'
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
            f'viewBox="0 0 {_WIDTH} {height}" role="img" lang="{language}" '
            f'aria-labelledby="title desc">',
            title,
            f"<style>\n{_STYLE}\n</style>",
            _ARROW,
            f'<rect class="g" x=".5" y=".5" width="{_WIDTH - 1}" height="{height - 1}" rx="6"/>',
            *body,
            "</svg>\n",
        )
    )


def _boxes(
    entry: Entry, words: Mapping[str, str]
) -> Iterator[tuple[str, str, str, list[str], str]]:
    """Name, what it is, colour, lines, and the way to the next."""
    assert entry.recording
    path, transcript = entry.snippet.path, entry.recording.transcript
    code = entry.snippet.code.strip("\n").split("\n")
    header = ["# /// snippet", '# lab = "namespace"', "# …", "# ///"]
    yield path.name, words["write"], "b", [*header, *code], "snippetlab record"
    printed = transcript.dumps().rstrip("\n").split("\n")
    yield f"{path.stem}.out", words["printed"], "o", printed, "mkdocs build"
    fence = ["```snippet", ID, "```"]
    yield "page.md", words["fence"], "b", fence, ""


def main() -> None:
    for language in WORDS:
        path_of(language).write_text(picture(language), encoding="utf-8")


if __name__ == "__main__":
    main()
