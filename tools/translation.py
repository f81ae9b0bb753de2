"""What a page's translation begins with: its structure, with TODO for each sentence.

Headings keep their ids, and fences and quoted values their order, so that both languages
agree at once.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from snippetlab.fence import KINDS
from snippetlab.files import read_source
from snippetlab.values import Quotation, find_quotations

_FENCE = re.compile(r"[ \t]*(?P<mark>`{3,}|~{3,})(?P<info>.*)")
_HEADING = re.compile(r"(?P<level>#+ )(?P<text>.*)")
_NOTE = re.compile(r"(?P<kind>[ \t]*(?:\?\?\?\+?|!!!|===)[^\"]*)(?:\"(?P<text>.*)\"[ \t]*)?")
_TAG = re.compile(r"[ \t]*</?[a-z!][^>]*>[ \t]*")
_BULLET = re.compile(r"[ \t]*(?:(?:[-*+]|\d+\.)[ \t]+)?")
_WORDS = re.compile(r"(title|description|no-transcript): *(['\"]?)(.*)")
"""What the front matter says in a language."""


def as_yaml(text: str) -> str:
    """The text as a scalar of YAML, quoted where it would be taken for more than text."""
    plain = re.fullmatch(r"[\w가-힣][\w가-힣 .,()+/-]*", text)
    return text if plain else json.dumps(text, ensure_ascii=False)


def title_of(page: Path) -> str:
    """As its front matter has it, or its first heading; empty if it has neither."""
    text = read_source(page)
    found = re.search(r"^(?:title:|#) *(.+?)(?: \{ #[a-z0-9-]+ \})?$", text, re.MULTILINE)
    return found[1].strip("\"'") if found else ""


def structure(page: Path, title: str = "") -> str:
    """The text that the page begins with in the other language, under that title if there is one.

    Raises SourceError for a page that is not UTF-8.
    """
    lines = read_source(page).split("\n")
    end = lines.index("---", 1) + 1 if lines[0] == "---" and "---" in lines[1:] else 0
    begun = [*_front_matter(lines[:end], title), *_body(page, lines, end, title)]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(begun))
    return f"{text.rstrip()}\n"


def _front_matter(lines: list[str], title: str) -> Iterator[str]:
    for line in lines:
        if title and line.startswith("title:"):
            yield f"title: {as_yaml(title)}"
        else:
            yield _WORDS.sub(r"\1: \2TODO \3", line, count=1)


def _body(page: Path, lines: list[str], start: int, title: str) -> Iterator[str]:
    quoted: dict[int, list[Quotation]] = defaultdict(list)
    for quotation in find_quotations(page):
        quoted[quotation.line].append(quotation)
    mark, kind, sources = "", "", False
    prose: list[str] = []
    """Of the paragraph that is being read: TODO, and the values that it quotes."""
    for number, line in enumerate(lines[start:], start + 1):
        fence = _FENCE.fullmatch(line)
        if mark:
            if kind in KINDS:
                yield _labelled(line) if kind == "chart" else line
            if fence and fence["mark"].startswith(mark) and not fence["info"].strip():
                mark = ""
            continue
        copied = _copied(line, title, sources=sources)
        if prose and (fence or copied is not None):
            yield " ".join(prose)
            prose = []
        if fence:
            mark, kind = fence["mark"], fence["info"].strip()
            if kind in KINDS:
                yield line
        elif copied is not None:
            yield copied
            if line.startswith("#"):
                sources, title = line.endswith("{ #sources }"), ""
        else:
            bullet = _BULLET.match(line)
            prose = prose or [f"{bullet[0] if bullet else ''}TODO"]
            prose += map(_link, quoted[number])
    if prose:
        yield " ".join(prose)


def _copied(line: str, title: str, *, sources: bool) -> str | None:
    """The line as the translation has it, if it is not one of a paragraph."""
    if not line.strip() or _TAG.fullmatch(line):
        return line
    if found := _HEADING.fullmatch(line):
        if title and (id_ := re.search(r" \{ #[a-z0-9-]+ \}$", line)):
            return f"{found['level']}{title}{id_[0]}"
        return f"{found['level']}TODO {found['text']}"
    if found := _NOTE.fullmatch(line):
        return line if found["text"] is None else f'{found["kind"]}"TODO {found["text"]}"'
    bullet = _BULLET.match(line)
    if sources and bullet and bullet[0].strip():
        return f"{bullet[0]}TODO {line[bullet.end() :]}"
    return None


def _labelled(line: str) -> str:
    """A line of a chart: its caption and its labels are words."""
    if not line.strip() or line.lstrip().startswith(("format:", "`", "~")):
        return line
    return re.sub(r"^([ \t]*(?:caption: )?)", r"\1TODO ", line, count=1)


def _link(quotation: Quotation) -> str:
    format_ = "" if quotation.format == "text" else f' "{quotation.format}"'
    return f"[](value:{quotation.id}#{quotation.name}{format_})"
