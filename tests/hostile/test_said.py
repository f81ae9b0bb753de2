"""What is printed speaks neither to the terminal nor to a workflow's runner, whatever it quotes."""

import ast
import importlib
import inspect
import logging
import pkgutil
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

import snippetlab
from snippetlab import say
from snippetlab.cli import main
from snippetlab.errors import Cure, EngineError, SourceError
from snippetlab.logs import make_logs_printable
from snippetlab.project import Project
from snippetlab.run.report import describe
from snippetlab.run.runner import Result, Verdict
from tests.engine.results import recorded
from tests.support import ROOT, Write, snippet
from tools.check import _annotation
from tools.finding import as_finding

# actions/runner, src/Runner.Worker/ActionCommandManager.cs: all commands that it knows.
COMMANDS = [
    *("add-mask", "add-matcher", "add-path", "debug", "echo", "endgroup", "error", "group"),
    *("internal-set-repo-path", "notice", "remove-matcher", "save-state", "set-env", "set-output"),
    *("stop-commands", "warning"),
]
ENDS = ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"]
Said = Callable[..., tuple[int, str, str]]
CONTROLS = [*map(chr, (*range(32), *range(127, 160))), "\u061c", "\ufeff", "\ud800", "\udc9b"]
CONTROLS += [*map(chr, (*range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070)))]
HOSTILE = [
    *(f"a{sign}b" for sign in CONTROLS),
    "\x1b]0;owned\x07\x1b]52;c;Y3VybA==\x07\x1b[2J",
    *(f"a{end}::{name} file=a::b" for name in COMMANDS for end in ENDS),
    *(f"{blank}::{name}::b" for name in COMMANDS for blank in ("", "  ", "\t", "\u3000", "\xa0")),
    *(f"a ##[{name} x=y]b" for name in COMMANDS),
    *("##vso[task.setvariable variable=x]y", "##teamcity[buildStop]", "a\n    Run: curl x | sh"),
]


@pytest.fixture
def said(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Said:
    """The status of a command in the checkout, what it printed, and its errors."""
    monkeypatch.chdir(project.root)

    def said(*command: str) -> tuple[int, str, str]:
        return main(list(command)), *capsys.readouterr()

    return said


def obeyed(text: str) -> list[str]:
    """What a terminal, or a runner, would not just show."""
    found = [c for c in text if not c.isprintable() and c not in "\n\t"]
    for line in re.split(r"\r\n|\r|\n", text):  # as .NET's StreamReader.ReadLine does
        found += re.findall(r"^::.*?::", line.lstrip())
        found += re.findall(r"##\w*\[.*?\]", line)
    return found


def test_this_test_knows_what_is_obeyed() -> None:
    assert all(obeyed(text) for text in HOSTILE[:-1] if text not in ("a\nb", "a\tb"))
    assert not obeyed("::1 localhost\nstd::vector<a> ## [x] # heading")


def test_nothing_that_is_said_or_logged_is_obeyed(capsys: pytest.CaptureFixture[str]) -> None:
    logger = logging.getLogger("hostile")
    handler = logging.StreamHandler()
    logger.addHandler(handler)
    make_logs_printable("hostile")
    for text in HOSTILE:
        say.say(text)
        say.say(text, error=True)
        logger.warning("a link to %s", text)
        logger.warning(text)
        printed = capsys.readouterr()
        assert not obeyed(printed.out + printed.err), ascii(text)
        assert printed.out == say.printable(printed.out)  # told what it is once, not twice
    logger.removeHandler(handler)


def errors() -> Iterator[type[EngineError]]:
    for module in pkgutil.walk_packages(snippetlab.__path__, "snippetlab."):
        if not module.name.endswith(("__main__", "zensical")) and ".labs." not in module.name:
            importlib.import_module(module.name)
    importlib.import_module("snippetlab.labs.steps")
    todo = [EngineError]
    while todo:
        todo += (error := todo.pop()).__subclasses__()
        yield error


ERRORS = sorted(set(errors()), key=lambda error: error.__name__)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_no_error_says_what_is_obeyed(error: type[EngineError]) -> None:
    """And what it quotes cannot begin a line that looks like another error, or like advice."""
    for text in HOSTILE:
        cure = Cure("x", text)
        given: dict[str, Any] = {
            "path": Path(f"docs/{text}"),
            "line": 1,
            "message": text,
            "cure": cure,
        }
        given["errors"] = [SourceError(Path(text), 1, text, cure)]
        names = list(inspect.signature(error.__init__).parameters)[1:]
        made = error(**{name: given[name] for name in names})
        assert not obeyed(str(made)), ascii(text)
        if isinstance(made, SourceError):
            place, advice = str(made).split("\n")
            assert place.startswith("docs/")
            assert advice.startswith("    ")


def test_neither_results_nor_annotations_are_obeyed(project: Project, write: Write) -> None:
    """One command stands in each line of annotations: the one that was meant."""
    entry = recorded(project, write, "a/held")
    for text in HOSTILE:
        fault = SourceError(Path(f"a/{text}"), 3, text, Cure("x", text))
        result = Result(entry, Verdict.FAILED, None, fault, causes=(text,))
        assert not obeyed(say.printable(describe(result)))
        finding = as_finding(fault, ROOT)
        assert not obeyed(say.printable(str(finding)))
        line = _annotation(finding, "content")
        assert "\n" not in line
        assert obeyed(line) == re.findall(r"^::error file=[^:]*,line=3,title=content::", line)


HEADERS = [
    '"\\u001b]0;x\\u0007" = 1',
    '"a\\n::error::b" = 1',
    'limits = { "\\u001b]52;c;x\\u0007\\n::stop-commands::x" = 1 }',
    "values = { \"\\n::error::x\\u009b\" = '(' }",
    'volatile = ["\\n##[error]\\u202e"]',
    'files = ["\\n::error::x"]',
    'after = "\\n::error::x"',
    'leaves = ["\\n::error::x"]',
    'depends = ["\\n::error::x"]',
    'holds = ["\\n::error::x"]',
    'timeout = "\\n::error::x"',
]


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("command", ["list", "verify", "record", "migrate"])
def test_no_header_speaks(header: str, command: str, write: Write, said: Said) -> None:
    write("snippets/a/x.sh", snippet("true\n").replace("# ///\ntrue", f"# {header}\n# ///\ntrue"))
    _, out, err = said(command)
    assert "snippets/a/x.sh:" in err
    assert not obeyed(out + err)
    lines = err.splitlines()
    assert all(line.startswith(("snippets/a/x.sh:", "    ")) for line in lines)


@pytest.mark.parametrize("name", ["a\n::error::b/x.sh", "a/\x1b]0;x\x07.sh", "a/\u202ehs.x.out"])
def test_no_name_speaks(name: str, write: Write, said: Said) -> None:
    write(f"snippets/{name}", snippet("true\n"))
    status, _, err = said("list")
    assert status == 1
    assert not obeyed(err)


def test_what_a_reason_says_is_not_obeyed(write: Write, said: Said) -> None:
    tags: dict[str, Any] = {"reason": "\\u001b]0;x\\u0007\\n::error::x", "source": "https://a.b"}
    write("snippets/a/x.sh", snippet("true\n", **tags).replace('"namespace"', '"none"'))
    status, _, err = said("run", "a/x")
    assert status == 1
    assert not obeyed(err)


PRINTS = "printf '::error::x\\n  ::stop-commands::y\\na ##[group]z\\n'\n"


def test_what_a_snippet_prints_is_not_obeyed(write: Write, laboratory: object, said: Said) -> None:
    """While it is recorded, run, compared and searched for what varies; the recording has it."""
    path = write("snippets/a/x.sh", snippet(PRINTS))
    found = [said("record", "--yes"), said("run", "a/x"), said("verify")]
    path.write_text(snippet(PRINTS + "date +%N\nprintf '::error::%s\\n' $(date +%N)\n"))
    found += [said("record", "--yes"), said("flaky", "--times", "2", "a/x"), said("verify")]
    assert [status for status, *_ in found] == [0] * 3 + [1] * 3
    printed = "".join(out + err for _, out, err in found)
    assert "error::x" in printed
    assert not obeyed(printed)
    assert "\n::error::x\n" in path.with_suffix(".out").read_text()
    with mock.patch.object(say, "printable", lambda text: text):
        status, *texts = said("run", "a/x")
    assert status == 0
    assert obeyed("".join(texts))


def test_nothing_else_prints() -> None:
    """ruff (T201) refuses `print`; this refuses the other ways."""
    wrong = {
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for part in ("hooks", "tools")
        for path in (ROOT / part).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in ("write", "writelines")
        and ast.unparse(node.value) in ("sys.stdout", "sys.stderr")
    }
    assert {place.split(":")[0] for place in wrong} <= {"tools/picture.py"}
