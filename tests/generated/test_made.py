"""What pages have made of the code."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generated.api import MODULES, Module, Name, api, file_of, read_module
from generated.commands import commands
from generated.compared import Compared, Tried, compared
from generated.made import Made, complete, fill_places
from generated.schemas import make, schemas
from generated.tables import CEILINGS, SAMPLES, tables
from snippetlab import limits
from snippetlab.cli import main
from snippetlab.compare.kinds import KINDS
from snippetlab.errors import SourceError
from snippetlab.project import Project
from snippetlab.registry import LABS
from tests.support import ROOT, Write, snippet
from tests.words import templates_of

each_language = pytest.mark.parametrize("language", ["ko", "en"])


def made(language: str, name: str, tmp_path: Path) -> list[list[str]]:
    """A table's cells, without its head."""
    makers = tables(templates_of(language), lambda: commands(tmp_path), {"docker": [1.0, 3.0, 9.0]})
    lines = makers[name]().markdown.split("\n")[2:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if line]


@each_language
def test_each_kind_is_shown_with_what_it_finds(language: str, tmp_path: Path) -> None:
    rows = made(language, "kinds", tmp_path)
    assert [row[0] for row in rows] == [f"`{name}`" for name in KINDS]
    assert set(SAMPLES) == set(KINDS)
    found = {row[0].strip("`"): row[2].strip("`") for row in rows}
    assert found["pid"] == "4711"
    bounded = {row[0].strip("`") for row in rows if " < " in row[3]}
    assert bounded == {"duration", "size", "percentage", "n"}


@each_language
def test_each_limit_is_shown_with_its_ceiling(language: str, tmp_path: Path) -> None:
    rows = {row[0].strip("`"): row[1:3] for row in made(language, "limits", tmp_path)}
    assert set(rows) == {*vars(limits.DEFAULTS), "timeout"}
    assert rows["memory"] == ["512MB", "2000MB"]


@each_language
def test_each_figure_that_no_tag_raises_is_shown(language: str, tmp_path: Path) -> None:
    plain = {name for name, value in vars(limits).items() if isinstance(value, int | float)}
    assert {name for name in plain if name.isupper() and name[0] != "_"} == set(CEILINGS)
    assert "8,000,000 B" in {row[1] for row in made(language, "ceilings", tmp_path)}


@each_language
def test_each_lab_is_shown_with_what_it_needs(language: str, tmp_path: Path) -> None:
    rows = {row[0].strip("`"): row[1:] for row in made(language, "labs", tmp_path)}
    assert set(rows) == set(LABS)
    assert rows["docker"] == ["`docker`, `qemu`", "60 s", "300 s", "6 GiB", "3 s"]


def test_each_command_says_what_it_says_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {command.usage.split(" [")[0]: command for command in commands(tmp_path)}
    main(["verify", "--help"])
    said = capsys.readouterr().out
    options = found["snippetlab verify"].options
    assert [names.split()[0] for names, _ in options] == re.findall(r"^  (--[a-z-]+)", said, re.M)[
        :-1
    ]
    for words in ((), ("lab",)):
        main([*words, "--help"])
        for name in re.findall(r"^  ([a-z]+)  ", capsys.readouterr().out, re.MULTILINE):
            wanted = " ".join(("snippetlab", *words, name))
            assert name == "lab" or any(usage.startswith(wanted) for usage in found)
    assert commands(tmp_path) == list(found.values())  # now they are kept


def everything(names: tuple[Name, ...]) -> Iterator[Name]:
    for one in names:
        yield one
        yield from everything(one.parts)


@pytest.mark.parametrize("name", MODULES)
def test_each_name_of_the_api_says_what_it_is(name: str) -> None:
    """Functions and classes have docstrings, and each part has these, a type, or a short value."""
    module: Module = read_module(name)
    assert module.says
    for one in everything(module.names):
        assert one.says or re.search(r"[:=] ", one.text), f"{module.name}: {one.text}"
        if one.text.startswith(("class ", "@")) or "(" in one.text.split(":")[0].split("=")[0]:
            event = re.match("on_|pytest_|extendMarkdown$", one.name)
            assert one.says or event, f"{module.name}: {one.text} has no docstring"


def test_the_page_shows_them_all(tmp_path: Path) -> None:
    page = api(templates_of("en"), tmp_path, lambda file: f"../source/hooks/{file.name}")
    html = complete(page.markdown, page.late)
    assert [f"`snippetlab.{name}`" in html for name in MODULES] == [True] * len(MODULES)
    assert '<dt id="snippetlab.transcript.Step"><code>class Step</code></dt>' in html
    assert "<!-- api" not in html
    assert '<a href="../source/hooks/transcript.py">' in html
    assert "<code>path: Path</code>" in html  # of `self.path = path`
    assert all(file_of(name).is_file() for name in MODULES)


def test_an_unknown_place_is_refused(write: Write) -> None:
    page = write("docs/a.md", "# A\n\n<!-- made: nothing -->\n")
    with pytest.raises(SourceError, match=r"a\.md:3: nothing is made of 'nothing'"):
        fill_places(page, page.read_text(), {"kinds": lambda: Made("x")})


@pytest.mark.cure("made-place")
def test_a_known_place_is_filled(write: Write) -> None:
    page = write("docs/a.md", "# A\n\n<!-- made: kind -->\n")
    makers = {"kinds": lambda: Made("rows <!-- late -->", {"<!-- late -->": "<b>"})}
    with pytest.raises(SourceError) as refused:
        fill_places(page, page.read_text(), makers)
    written = str(refused.value).rpartition("Write one of: ")[2].rstrip(".")
    mended = page.read_text().replace("made: kind ", f"made: {written} ")
    text, late = fill_places(page, mended, makers)
    assert complete(text, late) == "# A\n\nrows <b>\n"


@each_language
def test_what_was_tried_is_a_table(language: str) -> None:
    tools = (Tried("a", {"a": "1.2"}, {"shows": True}), Tried("b", {}, {"shows": False}))
    table = compared(Compared("2026-11-30", ("shows", "picture"), tools), templates_of(language))
    words = templates_of(language).words
    yes, no = words["made"]["yes"], words["made"]["no"]
    assert f"| {words['features']['shows']} | {yes} | {no} |" in table.markdown
    assert f"| {words['features']['picture']} | – | – |" in table.markdown
    assert "a 1.2" in table.markdown


def matches(value: Any, schema: dict[str, Any]) -> bool:
    """As far as these schemas go."""
    if "enum" in schema:
        return value in schema["enum"]
    kind = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float)}
    if not isinstance(value, kind[schema["type"]]):  # type: ignore[arg-type]
        return False
    if isinstance(value, list):
        return all(matches(one, schema["items"]) for one in value)
    if isinstance(value, dict):
        known, others = schema.get("properties", {}), schema.get("additionalProperties")
        assert set(schema.get("required", ())) <= set(value)
        return all(matches(one, known.get(name, others)) for name, one in value.items())
    return True


def test_what_commands_write_has_its_schema(
    project: Project,
    write: Write,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = {name: json.loads(text) for name, text in schemas(tmp_path).items()}
    assert found == {name: json.loads(text) for name, text in make().items()}
    write("snippets/a/b.sh", snippet("true\n"))
    monkeypatch.chdir(project.root)
    main(["list", "--json"])
    assert matches(json.loads(capsys.readouterr().out), found["list"])
    main(["verify", "--json", str(tmp_path / "results"), "--allow-missing-lab"])
    results = json.loads((tmp_path / "results").read_text())
    assert results
    assert matches(results, found["verify"])
    known = json.loads((ROOT / "snippets/verification.json").read_text())
    assert matches(known, found["verification"])
    assert not matches([results[0] | {"verdict": "green"}], found["verify"])
