"""A page's HTML → Markdown for people and programs that read text."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

_SKIPPED = {"script", "style", "svg", "button", "template", "noscript"}
_ASIDE = {
    "headerlink",
    "for-listeners",
    "picture-steps",
    "step-gap-note",
    "step-link",
    "transcript-continued",
    "transcript-terminals",
    "transcript-user",
    "transcript-versions",
}
_VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr", "col", "area", "base"}
_BLOCKS = {"p", "div", "ul", "ol", "table", "figure", "details", "blockquote", "dl", "section"}
_CODE = {"code", "kbd", "samp"}


@dataclass
class _List:
    number: int | None
    """Of its last item; None for one without numbers."""
    indent: str = ""
    """Of what stands in its items."""


@dataclass
class _Writer(HTMLParser):
    base: str
    out: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    skipped: int = 0
    lists: list[_List] = field(default_factory=list)
    link: str = ""
    code: list[str] | None = None
    """What is shown as it is: a block of code, or a transcript."""
    recorded: bool = False
    """Inside a transcript, of which only what was typed and printed matters."""
    noted: int = 0
    """How many elements are open around a note in a transcript, which goes on after it."""
    blocks: list[str] = field(default_factory=list)
    """Code that was read; `out` has its number, so that nothing changes it."""
    inline: list[int] = field(default_factory=list)
    """Where in `out` the open code in prose begins."""
    cells: list[str] | None = None
    heads: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag in _VOID:
            if tag == "br":
                self._break(1)
            return
        self.open.append(tag)
        classes = attributes.get("class", "").split()
        if self.skipped or tag in _SKIPPED or _ASIDE & set(classes):
            self.skipped = self.skipped or len(self.open)
        elif tag == "ol" and "transcript-steps" in classes and "figure" in self.open:
            self.code, self.recorded = [], True
        elif self.recorded and (tag == "figcaption" or "transcript-version" in classes):
            self._close_code()  # of the version before
        elif self.recorded and "step-note" in classes:
            self._close_code()
            self.noted = len(self.open) - 1
        elif self.recorded:
            if tag in {"pre", "p", "summary"}:
                self._next_line()
        elif tag == "pre" and self.cells is None:
            self.code = []
        elif re.fullmatch(r"h[1-6]", tag):
            self._break()
            self.out.append("#" * int(tag[1]) + " ")
        elif tag in {"ul", "ol"}:
            self._break(1 if self.lists else 2)
            self.lists.append(_List(None if tag == "ul" else 0, self._indent()))
        elif tag == "li":
            self._begin_item()
        elif tag == "tr":
            self.cells, self.heads = [], False
        elif tag in {"td", "th"}:
            self.heads = self.heads or tag == "th"
            self.out.append("\0")
        elif tag == "summary":
            self._break()
            self.out.append("**")
        elif tag == "a":
            self.link = urljoin(self.base, attributes.get("href", ""))
            self.out.append("[")
        elif tag in {"strong", "b"}:
            self.out.append("**")
        elif tag in {"em", "i"}:
            self.out.append("*")
        elif tag in _CODE and self.code is None:
            self.inline.append(len(self.out))
        elif tag in _BLOCKS:
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
                if self.noted and len(self.open) == self.noted:
                    self.noted, self.code, self.recorded = 0, [], True
            if closed == tag:
                break

    def _end(self, tag: str) -> None:
        if self.recorded:
            if tag == "figure":
                self._close_code()
        elif tag == "pre" and self.code is not None:
            self._close_code()
        elif tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
            self._break(1 if self.lists else 2)
            return
        elif tag == "li" and self.lists:
            self.lists[-1].indent = self._indent(self.lists[:-1])
        elif tag in {"td", "th"} and self.cells is not None:
            at = len(self.out) - 1 - self.out[::-1].index("\0")
            self.cells.append(" ".join("".join(self.out[at + 1 :]).split()).replace("|", "\\|"))
            del self.out[at:]
        elif tag == "tr" and self.cells is not None:
            row, self.cells = self.cells, None
            self._break(1)
            self.out.append(f"| {' | '.join(row)} |")
            if self.heads:
                self._break(1)
                self.out.append("|" + " --- |" * len(row))
        elif tag == "a":
            self.out.append(f"]({self.link})")
        elif tag in {"strong", "b", "summary"}:
            self.out.append("**")
        elif tag in {"em", "i"}:
            self.out.append("*")
        elif tag in _CODE and self.code is None and self.inline:
            at = self.inline.pop()
            self.out[at:] = [_quoted("".join(self.out[at:]))]
        if tag in _BLOCKS or re.fullmatch(r"h[1-6]|summary|figcaption", tag):
            self._break()

    def handle_data(self, data: str) -> None:
        if self.skipped and self.open[-1:] != ["desc"]:  # a drawing's, which stands in its place
            return
        if self.code is not None:
            self.code.append(data if "pre" in self.open else re.sub(r"\s+", " ", data).strip())
        elif self.inline:
            self.out.append(data)
        elif data.strip() or (self.out and not self.out[-1].endswith((" ", "\n"))):
            # What means nothing on the page should mean nothing here.
            self.out.append(
                re.sub(r"([\\`*]|<(?=[A-Za-z/!?]))", r"\\\1", re.sub(r"\s+", " ", data))
            )

    def _begin_item(self) -> None:
        self._break(1)
        if not self.lists:
            return
        here = self.lists[-1]
        here.number = None if here.number is None else here.number + 1
        mark = "- " if here.number is None else f"{here.number}. "
        self.out.append(mark)
        here.indent += " " * len(mark)

    def _indent(self, lists: list[_List] | None = None) -> str:
        lists = self.lists if lists is None else lists
        return lists[-1].indent if lists else ""

    def _break(self, lines: int = 2) -> None:
        begun = self.lists and self.out and re.fullmatch(r"- |\d+\. ", self.out[-1])
        if self.cells is not None or begun:
            return
        if self.out and re.fullmatch(r"\n+ *", self.out[-1]):
            lines = max(lines, self.out.pop().count("\n"))
        self.out.append("\n" * lines + self._indent())

    def _next_line(self) -> None:
        if self.code and not self.code[-1].endswith("\n"):
            self.code.append("\n")

    def _close_code(self) -> None:
        code, self.code = "".join(self.code or ()), None
        if code.strip() or not self.recorded:  # after a note there may be nothing
            self._break()
            self.out.append(f"\x02{len(self.blocks)}\x02")
            self._break()
            self.blocks.append(code)
        self.recorded = False

    def text(self) -> str:
        """All that was read."""
        text = re.sub(r"[ \t]+\n", "\n", "".join(self.out))
        text = re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
        return re.sub(r"(?m)^([^\x02\n]*)\x02(\d+)\x02", self._fenced, text)

    def _fenced(self, found: re.Match[str]) -> str:
        code = self.blocks[int(found[2])].strip("\n")
        mark = _mark(code, 3)
        lines = f"{mark}text\n{code}\n{mark}".split("\n")
        indent = " " * len(found[1])
        return found[1] + "\n".join([lines[0], *(line and indent + line for line in lines[1:])])


def _mark(code: str, least: int) -> str:
    """More backticks than stand anywhere in the code."""
    return "`" * max(least, 1 + max(map(len, re.findall("`+", code)), default=0))


def _quoted(code: str) -> str:
    mark = _mark(code, 1)
    space = " " if code.startswith("`") or code.endswith("`") else ""
    return f"{mark}{space}{code}{space}{mark}"


def to_markdown(html: str, address: str) -> str:
    """The content of the page at `address`, to which its links are made absolute."""
    writer = _Writer(address)
    writer.feed(html)
    writer.close()
    return writer.text()
