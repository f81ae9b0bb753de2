"""What pages show is the same markup whatever is put into it; and a site may have its own."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from html.parser import HTMLParser
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, meta
from markupsafe import Markup, escape

from snippetlab.show.caption import Caption, Head
from snippetlab.show.experiment import Changed, Choice
from snippetlab.show.step import Shown
from snippetlab.show.templates import ENGINE, Templates
from snippetlab.show.versions import Switch
from snippetlab.show.words import Words, english
from tests.support import examples
from tests.words import ENGLISH

FACTS: dict[str, dict[str, Any]] = {
    "transcript.html": {
        **dict.fromkeys(("anchor", "id", "lab", "name", "source", "title"), str),
        "above": Head,
        "below": Caption,
        "terminals": Sequence[str],
        "groups": Sequence[tuple[str, Sequence[Shown]]],
        "switch": Switch | None,
    },
    "contrast.html": {
        "anchor": str,
        "names": Sequence[str],
        "heads": Sequence[Head],
        "captions": Sequence[Caption],
        "pairs": Sequence[Sequence[tuple[str, str, Shown | None]]],
    },
    "experiment.html": {
        **dict.fromkeys(("about", "anchor", "id", "machine", "question"), str),
        "asked": Sequence[str],
        "changes": Sequence[Changed],
        "choices": Sequence[Choice],
        "recorded": Sequence[Shown],
    },
    "chart.html": {"caption": str, "bars": Sequence[dict[str, str]]},
    "placeholder.html": dict.fromkeys(
        ("title", "reason", "here", "elsewhere", "record", "command"), str
    ),
    # Macros, which the others use.
    "head.html": {},
    "step.html": {},
    "caption.html": {},
}
"""What each template is given."""
KEYS = ("label", "width", "value", "figure")
"""Of a bar."""


def full(type_: Any, text: str, flag: bool) -> Any:
    """A value of that type in which every text is this one, and every flag that one."""
    arguments = get_args(type_)
    if type_ in (str, Markup):
        return escape(text) if type_ is Markup else text
    if type_ is bool:
        return flag
    if type_ is int:
        return 7
    if isinstance(type_, UnionType):
        (inner,) = (of for of in arguments if of is not NoneType)
        return full(inner, text, flag)
    if get_origin(type_) in (dict, Mapping):
        return dict.fromkeys(KEYS, full(arguments[1], text, flag))
    if get_origin(type_) is tuple and arguments[-1:] != (...,):
        return tuple(full(of, text, flag) for of in arguments)
    if get_origin(type_):
        return [full(arguments[0], text, flag)] * 2
    hints = get_type_hints(type_)
    names = [field.name for field in fields(type_)] if is_dataclass(type_) else type_._fields
    return type_(*(full(hints[name], text, flag) for name in names))


def saying(text: str) -> Templates:
    """With all words the same."""
    tables = {table: dict.fromkeys(words, text) for table, words in english().tables.items()}
    return Templates(Words("en", tables))


HARMLESS, HOSTILE = saying("x"), saying("</p><b title=\"'&{{ 7 * 7 }}{{% x %}}")


def rendered(templates: Templates, name: str, text: str, flag: bool) -> str:
    facts = {key: full(type_, text, flag) for key, type_ in FACTS[name].items()}
    return templates.render(name, **facts)


class Skeleton(HTMLParser):
    """The tags, with the names of their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[object] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.tags.append((tag, [name for name, _ in attrs]))

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(tag)

    def handle_comment(self, data: str) -> None:
        self.tags.append(("comment", data))


@pytest.mark.parametrize("name", FACTS)
@examples(few=40, whole=1000)
@given(text=st.text("<>\"'&{}%#!-/= x\n", min_size=1, max_size=12), flag=st.booleans())
def test_no_value_is_markup(name: str, text: str, flag: bool) -> None:
    html, plain = rendered(HOSTILE, name, text, flag), rendered(HARMLESS, name, "x", flag)
    assert Skeleton(html).tags == Skeleton(plain).tags


@pytest.mark.parametrize("name", FACTS)
def test_every_variable_of_every_template_is_tried(name: str) -> None:
    assert {path.name for path in ENGINE.iterdir()} == FACTS.keys()
    source = (ENGINE / name).read_text(encoding="utf-8")
    environment = Environment()
    environment.filters |= dict.fromkeys(("code", "one_line"), str)
    used = meta.find_undeclared_variables(environment.parse(source))
    assert used - {"words"} == FACTS[name].keys()
    # Pages allow the scripts and styles of the theme alone, and nothing is taken to be markup.
    assert not [sign for sign in ("<script", "<style", "style=", "safe") if sign in source]


def test_a_site_may_have_its_own(tmp_path: Path) -> None:
    (tmp_path / "head.html").write_text("{% macro head(above) %}[{{ above.claim }}]{% endmacro %}")
    facts = {key: full(type_, "<b>", True) for key, type_ in FACTS["transcript.html"].items()}
    own = Templates(english(), tmp_path, tmp_path / "not-there").render("transcript.html", **facts)
    assert "[&lt;b&gt;]" in own
    assert "transcript-head" not in own
    assert "transcript-head" in ENGLISH.render("transcript.html", **facts)
