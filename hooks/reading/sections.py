"""A page's HTML → its sections as search sees them: heading, prose, and apart, transcripts."""

from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

_HEADINGS = {f"h{level}" for level in range(1, 7)}
_KEPT = {"p", "code", "pre", "li", "ol", "ul"}
"""What a result's excerpt keeps of the markup."""
_VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr", "col", "area", "base"}
_SKIPPED = {"script", "style", "svg", "button", "template", "noscript"}
_BREAKS = {"td", "th", "tr", "dt", "dd", "div", "summary", "figcaption", "br", "caption"}


@dataclass
class Section:
    id: str
    """Of its heading; empty for the page's first."""
    title: str = ""
    text: str = ""
    """Prose as HTML of few tags."""
    transcript: str = ""
    """Commands and output, plain."""


@dataclass
class _Parser(HTMLParser):
    sections: list[Section] = field(default_factory=lambda: [Section("")])
    context: list[tuple[str, str]] = field(default_factory=list)
    """Open elements with what becomes of their text: `text`, `title`, `transcript` or `none`."""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    @property
    def _target(self) -> str:
        return self.context[-1][1] if self.context else "text"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS:
            self._add(" ")
        if tag in _VOID:
            return
        attributes = dict(attrs)
        classes = (attributes.get("class") or "").split()
        target = self._target
        if tag in _SKIPPED or "headerlink" in classes or "data-search-exclude" in attributes:
            target = "none"
        elif target == "text" and tag == "figure" and "transcript" in classes:
            target = "transcript"
        elif target == "transcript" and "step-note" in classes:
            target = "text"
        elif target == "text" and tag in _HEADINGS and "id" in attributes:
            first = tag == "h1" and len(self.sections) == 1
            if not first:
                self.sections.append(Section(attributes["id"] or ""))
            target = "title"
        self.context.append((tag, target))
        if tag in _KEPT and target == "text":
            self.sections[-1].text += f"<{tag}>"

    def handle_endtag(self, tag: str) -> None:
        if tag not in [open_ for open_, _ in self.context]:
            return
        while self.context:
            open_, target = self.context.pop()
            if open_ in _KEPT and target == "text":
                self._close(open_)
            if open_ == tag:
                break
        if tag in {"pre", "li"} or tag in _BREAKS:
            self._add(" ")

    def _close(self, tag: str) -> None:
        section = self.sections[-1]
        if section.text.rstrip().endswith(f"<{tag}>"):
            section.text = section.text.rstrip().removesuffix(f"<{tag}>")
        else:
            section.text += f"</{tag}>"

    def handle_data(self, data: str) -> None:
        if "pre" not in [tag for tag, _ in self.context]:
            data = " ".join(data.split(" ")).replace("\n", " ")
        self._add(data)

    def _add(self, data: str) -> None:
        section, target = self.sections[-1], self._target
        if target == "text":
            if data.isspace() and (not section.text or section.text[-1].isspace()):
                return
            section.text += escape(data, quote=False)
        elif target == "title":
            section.title += escape(data, quote=False)
        elif target == "transcript":
            section.transcript += escape(data, quote=False)


def read_sections(html: str) -> list[Section]:
    """The sections of a page's content in their order; the first is that of its `h1`."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    for section in parser.sections:
        section.title = section.title.strip()
        section.text = section.text.strip()
        section.transcript = "\n".join(
            line.strip() for line in section.transcript.split("\n") if line.strip()
        )
    return parser.sections
