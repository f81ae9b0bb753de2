"""What a page's translation begins with: its structure, with TODO for each sentence.

Headings keep their ids, and fences and quoted values their order, so that both languages
agree at once.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from snippetlab.show import front_matter
from snippetlab.show.note import find_notes
from snippetlab.show.page import KINDS, FencedBlock, Page, read_page
from snippetlab.show.prose import find_links
from snippetlab.show.values import Quotation, find_quotations

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


def title_of(path: Path) -> str:
    """As its front matter has it, or its first heading; empty if it has neither."""
    page = read_page(path)
    headings = (re.fullmatch(r"# *(.+?)(?: \{ #[a-z0-9-]+ \})?", line) for _, line in page.prose())
    return front_matter.title_of(page) or next((found[1] for found in headings if found), "")


def structure(page: Path, title: str = "") -> str:
    """The text that the page begins with in the other language, under that title if there is one.

    Raises SourceError for a page that is not UTF-8.
    """
    read = read_page(page)
    begun = [*_front_matter(read.lines[: read.start - 1], title), *_body(read, title)]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(begun))
    return f"{text.rstrip()}\n"


def _front_matter(lines: Sequence[str], title: str) -> Iterator[str]:
    for line in lines:
        if title and line.startswith("title:"):
            yield f"title: {as_yaml(title)}"
        else:
            yield _WORDS.sub(r"\1: \2TODO \3", line, count=1)


def _body(page: Page, title: str) -> Iterator[str]:
    quoted: dict[int, list[str]] = defaultdict(list)
    for quotation in find_quotations(page.path):
        quoted[quotation.line].append(_link(quotation))
    for at, id_, step in find_links(page):
        quoted[at].append(f"[](note:{id_}#{step})")
    fences = {n: block for block in page.blocks for n in range(block.line, block.end + 1)}
    sources = False
    prose: list[str] = []
    """Of the paragraph that is being read: TODO, and the values and notes that it names."""
    for number, line in enumerate(page.lines[page.start - 1 :], page.start):
        fence = fences.get(number)
        copied = None if fence else _copied(line, title, sources=sources)
        if prose and (fence or copied is not None):
            yield " ".join(prose)
            prose = []
        if fence:
            if fence.kind in KINDS:
                yield _in_fence(fence, number, line)
        elif copied is not None:
            yield copied
            if line.startswith("#"):
                sources, title = line.endswith("{ #sources }"), ""
        else:
            bullet = _BULLET.match(line)
            prose = prose or [f"{bullet[0] if bullet else ''}TODO"]
            prose += quoted[number]
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


def _in_fence(fence: FencedBlock, number: int, line: str) -> str:
    if fence.kind == "chart":
        return _labelled(line)
    begun = [fence.line + note.line for note in find_notes(fence.body)]
    return re.sub(r"^( *note [^:]*:) *", r"\1 TODO ", line) if number in begun else line


def _labelled(line: str) -> str:
    """A line of a chart: its caption and its labels are words."""
    if not line.strip() or line.lstrip().startswith(("format:", "`", "~")):
        return line
    return re.sub(r"^([ \t]*(?:caption: )?)", r"\1TODO ", line, count=1)


def _link(quotation: Quotation) -> str:
    format_ = "" if quotation.format == "text" else f' "{quotation.format}"'
    return f"[](value:{quotation.id}#{quotation.name}{format_})"
