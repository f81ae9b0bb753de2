"""A page's HTML → Markdown for people and programs that read text."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

_SKIPPED = {"script", "style", "svg", "button", "template", "noscript"}
_ASIDE = {"headerlink", "for-listeners", "step-link", "transcript-terminals", "transcript-user"}
_VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr", "col", "area", "base"}
_BLOCKS = {"p", "div", "ul", "ol", "table", "figure", "details", "blockquote", "dl", "section"}


@dataclass
class _Writer(HTMLParser):
    base: str
    out: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    skipped: int = 0
    lists: list[int] = field(default_factory=list)
    """Open lists: the number of the last item, or -1 for one without numbers."""
    link: str = ""
    recorded: bool = False
    """Inside a transcript, of which only what was typed and printed matters."""
    cells: list[str] | None = None
    heads: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag in _VOID:
            if tag == "br":
                self._add("\n")
            return
        self.open.append(tag)
        classes = attributes.get("class", "").split()
        if self.skipped or tag in _SKIPPED or _ASIDE & set(classes):
            self.skipped = self.skipped or len(self.open)
        elif tag == "ol" and "transcript-steps" in classes and "figure" in self.open:
            self._break()
            self._add("```text")
            self.recorded = True
        elif self.recorded and tag == "figcaption":
            self._close_transcript()
        elif self.recorded:
            if tag in {"pre", "p", "summary"}:
                self._break(1)
        elif re.fullmatch(r"h[1-6]", tag):
            self._break()
            self._add("#" * int(tag[1]) + " ")
        elif tag == "pre":
            self._break()
            self._add("```text\n")
        elif tag in {"ul", "ol"}:
            self._break(1 if self.lists else 2)
            self.lists.append(-1 if tag == "ul" else 0)
        elif tag == "li":
            self._break(1)
            if self.lists and self.lists[-1] >= 0:
                self.lists[-1] += 1
            mark = f"{self.lists[-1]}." if self.lists and self.lists[-1] >= 0 else "-"
            self._add("  " * (len(self.lists) - 1) + mark + " ")
        elif tag == "tr":
            self.cells, self.heads = [], False
        elif tag in {"td", "th"}:
            self.heads = self.heads or tag == "th"
            self.out.append("\0")
        elif tag == "summary":
            self._break()
            self._add("**")
        elif tag == "a":
            self.link = urljoin(self.base, attributes.get("href", ""))
            self._add("[")
        elif tag in {"strong", "b"}:
            self._add("**")
        elif tag in {"em", "i"}:
            self._add("*")
        elif tag in {"code", "kbd", "samp"} and "pre" not in self.open:
            self._add("`")
        elif tag in _BLOCKS and not self.lists and self.cells is None:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.open:
            return
        while self.open:
            closed = self.open.pop()
            if self.skipped:
                if len(self.open) < self.skipped:
                    self.skipped = 0
            else:
                self._end(closed)
            if closed == tag:
                break

    def _close_transcript(self) -> None:
        self._break(1)
        self._add("```")
        self._break()
        self.recorded = False

    def _end(self, tag: str) -> None:
        if self.recorded:
            if tag == "figure":
                self._close_transcript()
        elif tag == "pre":
            self._break(1)
            self._add("```")
            self._break()
        elif tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
            if not self.lists:
                self._break()
        elif tag in {"td", "th"} and self.cells is not None:
            at = len(self.out) - 1 - self.out[::-1].index("\0")
            self.cells.append(" ".join("".join(self.out[at + 1 :]).split()).replace("|", "\\|"))
            del self.out[at:]
        elif tag == "tr" and self.cells is not None:
            row, self.cells = self.cells, None
            self._break(1)
            self._add(f"| {' | '.join(row)} |")
            if self.heads:
                self._add("\n|" + " --- |" * len(row))
        elif tag == "a":
            self._add(f"]({self.link})")
        elif tag in {"strong", "b", "summary"}:
            self._add("**")
        elif tag in {"em", "i"}:
            self._add("*")
        elif tag in {"code", "kbd", "samp"} and "pre" not in self.open:
            self._add("`")
        if (tag in _BLOCKS or re.fullmatch(r"h[1-6]|summary|figcaption", tag)) and not self.lists:
            self._break()

    def handle_data(self, data: str) -> None:
        if self.skipped:
            return
        if "pre" in self.open:
            self._add(data)
        elif data.strip() or (self.out and not self.out[-1].endswith((" ", "\n"))):
            self._add(re.sub(r"\s+", " ", data))

    def _add(self, text: str) -> None:
        self.out.append(text)

    def _break(self, lines: int = 2) -> None:
        if self.cells is None:
            self.out.append("\n" * lines)


def to_markdown(html: str, address: str) -> str:
    """The content of the page at `address`, to which its links are made absolute."""
    writer = _Writer(address)
    writer.feed(html)
    writer.close()
    text = "".join(writer.out)
    text = re.sub(r"```text\n+", "```text\n", text)
    text = re.sub(r"[ \t]+\n", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
