"""What other programs may import of the engine: names, types and docstrings, read from the source.

Griffe reads it, so nothing is imported.
"""

import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import griffe
from markupsafe import Markup, escape

from generated.made import Made
from reading.kept import Kept
from snippetlab import cli
from snippetlab.show.templates import Templates

ENGINE = Path(cli.__file__).parent.parent
MODULES = (
    *("errors", "project", "limits", "registry", "transcript"),
    *("compare.kinds", "compare.measure", "compare.compare", "compare.flaky"),
    *("snippet.snippet", "snippet.entry", "snippet.library", "snippet.recording"),
    *("snippet.language", "snippet.command", "snippet.program"),
    *("labs", "labs.job", "run.laboratory", "run.runner", "run.report"),
    *("run.lock", "run.verification", "show.fence", "show.values", "show.pages"),
    *("show.words", "show.templates", "show.markdown"),
    *("hosts.mkdocs", "hosts.zensical", "hosts.pytest"),
)
"""Below `snippetlab`: what programs that use the engine need, in the order of a snippet's way."""


@dataclass(frozen=True)
class Name:
    """Something that can be imported, or a part of a class."""

    name: str
    text: str
    """As it stands in the source: `class Step`, `measure(text: str) -> float | None`."""
    says: str
    """Its docstring."""
    parts: tuple["Name", ...] = ()

    @property
    def html(self) -> Markup:
        """The docstring as HTML."""
        return _html(self.says)


@dataclass(frozen=True)
class Module:
    """One module."""

    name: str
    says: str
    names: tuple[Name, ...]

    @property
    def html(self) -> Markup:
        """The docstring as HTML."""
        return _html(self.says)


def file_of(name: str) -> Path:
    """The file of a module below `snippetlab`."""
    path = ENGINE.joinpath(*name.split("."))
    file = path.with_suffix(".py")
    return file if file.is_file() else path / "__init__.py"


def read_module(name: str) -> Module:
    """One module, with all that its name does not hide."""
    path = file_of(name)
    read = griffe.visit(f"snippetlab.{name}", path, path.read_text(encoding="utf-8"))
    return Module(read.path, _doc(read), tuple(_names(read)))


def api(templates: Templates, kept: Path, locate: Callable[[Path], str]) -> Made:
    """A heading for each module, and below it late the list of its names.

    `locate` says where a module's file is, as seen from the page.
    """
    files = {name: file_of(name) for name in MODULES}
    texts = [(file.read_text(encoding="utf-8"), locate(file)) for file in files.values()]
    places = {name: f"<!-- api: {name} -->" for name in MODULES}
    template = Path(__file__).with_name("templates") / "api.html"
    lists = Kept(kept / "api", template.read_text(encoding="utf-8"), griffe.__name__).of(
        texts,
        lambda: [
            str(templates.render("api.html", module=read_module(name), source=locate(file)))
            for name, file in files.items()
        ],
    )
    headings = (
        f"### `snippetlab.{name}` {{ #api-{name.replace('.', '-')} }}\n\n{places[name]}\n"
        for name in MODULES
    )
    return Made("\n".join(headings), dict(zip(places.values(), lists, strict=True)))


def _names(read: griffe.Module | griffe.Class) -> Iterator[Name]:
    for member in read.members.values():
        if member.is_alias or member.name.startswith("_") or member.is_module:
            continue
        if isinstance(member, griffe.Class):
            yield Name(member.name, _class(member), _doc(member), tuple(_names(member)))
        elif isinstance(member, griffe.Function):
            yield Name(member.name, _function(member), _doc(member))
        elif isinstance(member, griffe.Attribute):
            one = Name(member.name, _attribute(member), _doc(member))
            if one.says or one.text != one.name:  # else it is something of a base class
                yield one


def _doc(read: griffe.Object) -> str:
    return read.docstring.value if read.docstring else ""


def _class(read: griffe.Class) -> str:
    bases = ", ".join(map(str, read.bases))
    return f"class {read.name}" + (f"({bases})" if bases else "")


def _function(read: griffe.Function) -> str:
    marks = [f"@{mark.value} " for mark in read.decorators]
    return "".join(marks) + read.signature()


def _attribute(read: griffe.Attribute) -> str:
    """Of a value only what is short: the source has it all."""
    type_, value = read.annotation, "" if read.value is None else str(read.value)
    if isinstance(read.parent, griffe.Class) and value == read.name:  # self.path = path
        type_, value = read.parent.parameters[value].annotation, ""
    if "property" in read.labels:
        return f"{read.name}: {type_}"
    text = f"{read.name}: {type_}" if type_ else read.name
    return f"{text} = {value}" if value and len(value) <= 40 else text


def _prose(text: str) -> Markup:
    return Markup(re.sub(r"\*(\w[^*]*)\*", r"<em>\1</em>", escape(text)))


def _html(text: str) -> Markup:
    """Docstrings are prose in paragraphs, with code between backquotes or indented."""
    parts = []
    for part in text.replace("``", "`").split("\n\n"):
        if all(line.startswith("    ") for line in part.splitlines() if line):
            parts.append(Markup("<pre>{}</pre>").format(textwrap.dedent(part)))
        else:
            pieces = " ".join(part.split()).split("`")
            texts = (
                Markup("<code>{}</code>").format(piece) if number % 2 else _prose(piece)
                for number, piece in enumerate(pieces)
            )
            parts.append(Markup("<p>{}</p>").format(Markup("").join(texts)))
    return Markup("").join(parts) if text else Markup("")
