"""The `chart` fence: values from recordings as bars, a table that needs no script.

```chart
caption: Sizes of the two images
format: bytes
Built in one stage: docker/one-stage#size
Built in two stages: docker/two-stages#size
```
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from snippetlab.compare.measure import measure
from snippetlab.errors import Cure, SourceError
from snippetlab.show.fence import FenceError, find_fences
from snippetlab.show.meant import meant_option
from snippetlab.show.page import Page, read_page
from snippetlab.show.templates import Templates
from snippetlab.show.values import FORMATS, Quotation, formatted

OPTIONS = ("caption", "format")
"""What may stand in a `chart` fence besides bars."""
_VALUE = re.compile(r"(?P<id>[^\s#]+/[^\s#]+)#(?P<name>\S+)")


@dataclass(frozen=True)
class Bar:
    """One value with what it is called in this chart."""

    label: str
    id: str
    name: str
    line: int
    """Within the fence's body, from 1."""


@dataclass(frozen=True)
class Chart:
    """What a page asks for."""

    caption: str
    format: str
    bars: tuple[Bar, ...]


def parse_chart(body: str) -> Chart:
    """Options and bars, one a line. Raises FenceError."""
    options = {"caption": "", "format": "number"}
    bars = []
    for number, line in enumerate(body.split("\n"), 1):
        if not line.strip():
            continue
        label, _, value = (part.strip() for part in line.rpartition(": "))
        if found := _VALUE.fullmatch(value):
            bars.append(Bar(label, found["id"], found["name"], number))
        elif label in OPTIONS:
            options[label] = value
        else:
            meant = meant_option(line.strip(), OPTIONS)
            text = f"Did you mean `{meant}`? " if meant else ""
            text += f"Write `label: chapter/snippet#value`, or one of: {', '.join(OPTIONS)}."
            message = f"{line.strip()!r} is neither a bar nor an option"
            raise FenceError(number, message, Cure("chart-line", text))
    if options["format"] not in FORMATS[1:]:
        cure = Cure("chart-format", f"There are: {', '.join(FORMATS[1:])}.")
        raise FenceError(1, f"a chart has no format {options['format']!r}", cure)
    if len(bars) < 2:
        cure = Cure("chart-single", "Quote a single one in prose: [](value:chapter/snippet#name)")
        raise FenceError(1, "a chart compares two values or more", cure)
    return Chart(options["caption"], options["format"], tuple(bars))


def find_charts(page: Path | Page) -> Iterator[tuple[int, Chart]]:
    """A page's charts, each with the line it begins in. Raises SourceError for what is none."""
    read = read_page(page)
    for block in find_fences(read, "chart"):
        try:
            yield block.line, parse_chart("\n".join(block.body))
        except FenceError as error:
            line = block.line + error.line
            raise SourceError(read.path, line, error.message, error.cure) from None


def find_bars(page: Path | Page) -> Iterator[Quotation]:
    """All values that a page's charts quote. Raises SourceError for one that is no chart."""
    read = read_page(page)
    for line, chart in find_charts(read):
        for bar in chart.bars:
            yield Quotation(read.path, line + bar.line, bar.id, bar.name, chart.format)


def render_chart(chart: Chart, value_of: Callable[[str, str], str], templates: Templates) -> Markup:
    """A table of label, bar and figure; `value_of` takes the id of a snippet and a name."""
    texts = [value_of(bar.id, bar.name) for bar in chart.bars]
    numbers = [measure(text) or 0.0 for text in texts]
    most = max(numbers) or 1.0
    bars = [
        {
            "label": bar.label,
            "width": f"{max(100 * number / most, 0.5):.2f}",
            "value": text,
            "figure": formatted(text, chart.format, templates.words),
        }
        for bar, text, number in zip(chart.bars, texts, numbers, strict=True)
    ]
    return templates.render("chart.html", caption=chart.caption, bars=bars)
