"""What messages on a snippet's script and files advise, done: the snippet is read then."""

from pathlib import Path

import pytest

from snippetlab.cli import main
from snippetlab.errors import SourceError
from snippetlab.limits import FILES, SOURCE
from snippetlab.project import Project
from snippetlab.snippet.library import load_library
from tests.engine.snippet.mending import (
    Edit,
    above,
    add,
    follow,
    swap,
    text_of,
    without,
)

NOT_RUN = """\
# /// snippet
# lab = "none"
# proves = "A test."
# reason = { ko = "text", en = "text" }
# source = "text"
# ///
true
"""


TRUE = text_of()
SESSION = text_of("# session = true\n", "")
LIMITS = '// limits = { memory = "64MB" }'
C = text_of("# limits = {}\n", "int main;\n").replace("# ", "// ")

cure = pytest.mark.cure
SCRIPTS = [
    pytest.param("false # ? one\n", swap("# ? one", "# ? 1"), marks=cure("step-comment")),
    pytest.param("true # settle: 5\n", swap("settle: 5", "settle: 5s")),
    pytest.param("# ? 1\nfalse\n", swap("# ? 1\nfalse", "false # ? 1")),
    pytest.param("# ? \nfalse\n", swap("# ? \nfalse", "false # ? 1")),
    pytest.param("# step: a b\ntrue\n", swap("a b", "a-b")),
    pytest.param("true # step: a\n", swap("true # step: a", "# step: a\ntrue")),
    pytest.param("# nothing\n", swap("# nothing", "true"), marks=cure("no-command")),
    pytest.param("true\n" + "# x\n" * SOURCE, swap("# x\n", ""), marks=cure("file-size")),
    pytest.param(
        "unshare bash <<'jail'\n# terminal: host\ntrue\n# terminal: jail\ntrue\njail\n",
        above("test -d /run/lab || exit 1"),
        marks=cure("two-terminals"),
    ),
    pytest.param(
        "test -d /run/lab || exit 1\nunshare bash <<'jail'\n# terminal: out\ntrue\njail\n",
        swap("terminal: out", "terminal: host"),
        marks=cure("terminal-name"),
    ),
    pytest.param(
        "# terminal: host\ntrue\n", swap("# terminal: host\n", ""), marks=cure("terminal-place")
    ),
    pytest.param("if true\n", swap("if true", "true"), marks=cure("shell-syntax")),
    pytest.param("bash <<'in'\ntrue\n", swap("\ntrue\n", "\ntrue\nin\n"), marks=cure("shell-end")),
    pytest.param(
        "unshare bash <<'jail' # settle: 1s\ntrue\njail\n",
        swap(" # settle: 1s\ntrue", "\ntrue # settle: 1s"),
        marks=cure("settle-inside"),
    ),
    pytest.param("true # timeout: 0s\n", swap("0s", "1s"), marks=cure("step-comment")),
    pytest.param("true # timeout: 5\n", swap("timeout: 5", "timeout: 5s")),
    pytest.param(
        "unshare bash <<'jail' # timeout: 1s\ntrue\njail\n",
        swap(" # timeout: 1s\ntrue", "\ntrue # timeout: 1s"),
        marks=cure("timeout-inside"),
    ),
    pytest.param(
        "cat\n# typed: y\n", add("# terminal = true"), marks=cure("typed-without-terminal")
    ),
    pytest.param(
        "cat # typed: y\n",
        lambda *_: text_of("# terminal = true\n", "cat\n# typed: y\n"),
    ),
    pytest.param(
        "cat\n# typed: C:\\n\n",
        lambda *_: text_of("# terminal = true\n", "cat\n# typed: C:\\\\n\n"),
        marks=cure("typed-line"),
    ),
    pytest.param(
        "bash <<'in'\ntrue\nin\n# typed: y\n",
        lambda *_: text_of("# terminal = true\n", "bash <<'in'\ntrue\n# typed: y\nin\n"),
        marks=cure("typed-place"),
    ),
    pytest.param(
        "unshare bash\ntrue\n",
        swap("unshare bash\ntrue\n", "unshare bash <<'inside'\ntrue\ninside\n"),
        marks=cure("bare-shell"),
    ),
    pytest.param(
        "unshare bash <<'jail'\njail\n",
        swap("\njail\n", "\ntrue\njail\n"),
        marks=cure("empty-shell"),
    ),
]


OTHERS = [
    pytest.param("x.sh", "true\n", lambda *_: TRUE, marks=cure("header")),
    pytest.param(
        "x.sh",
        TRUE.replace('"namespace"', '"nowhere"'),
        swap("nowhere", "namespace"),
        marks=cure("tag-choice"),
    ),
    pytest.param(
        "x.sh",
        NOT_RUN.replace('# source = "text"\n', ""),
        add('# source = "text"'),
        marks=cure("tag-text"),
    ),
    pytest.param(
        "x.sh",
        NOT_RUN.replace('# reason = { ko = "text", en = "text" }\n', ""),
        add('# reason = "text"'),
        marks=cure("tag-texts"),
    ),
    pytest.param(
        "x.py",
        text_of(code="# hide\nx = 1\n"),
        swap("# hide\n", ""),
        marks=cure("source-comment"),
    ),
    pytest.param("x.py", text_of(code="x = 1  # ? 1\n\ny\n"), swap("  # ? 1\n\ny", "\ny  # ? 1")),
    pytest.param("x.py", text_of("# session = 1\n"), swap("= 1", "= true")),
    pytest.param(
        "x.sh", text_of("# session = true\n"), without("# session"), marks=cure("tag-session")
    ),
    pytest.param(
        "x.py",
        text_of("# session = true\n# browser = true\n", "x\n"),
        without("# browser"),
        marks=cure("browser-or-session"),
    ),
    pytest.param(
        "x.py",
        text_of("# session = true\n# terminal = true\n", "x\n"),
        without("# terminal"),
        marks=cure("session-or-terminal"),
    ),
    pytest.param(
        "x.py",
        text_of(code=">>> 1 + 1\n2\n"),
        lambda *_: SESSION + "1 + 1\n",
        marks=cure("python-prompt"),
    ),
    pytest.param("x.py", SESSION, lambda *_: SESSION + "x = 1\n", marks=cure("no-statement")),
    pytest.param("x.py", SESSION + "x = (1,\n", swap("(1,", "(1,)"), marks=cure("session-tokens")),
    pytest.param(
        "x.py",
        SESSION + "1 / 0  # ? 3\n",
        swap("# ? 3", "# ? 1"),
        marks=cure("session-comment"),
    ),
    pytest.param(
        "x.console",
        text_of(code="$ echo a\na\n"),
        swap("\na\n", "\n"),
        marks=cure("console-output"),
    ),
    pytest.param("x.c", "int main;\n", lambda *_: C, marks=cure("header")),
    pytest.param("x.c", C.replace("= {}", "= 3"), swap("// limits = 3", LIMITS)),
    pytest.param("x.Dockerfile", TRUE, above("FROM busybox"), marks=cure("dockerfile-from")),
]


@pytest.mark.parametrize(("code", "edit"), SCRIPTS)
def test_a_script_is_mended_as_advised(
    code: str, edit: Edit, chapter: Path, project: Project
) -> None:
    follow(chapter / "x.sh", text_of(code=code), edit, project)


@pytest.mark.parametrize(("name", "text", "edit"), OTHERS)
def test_other_files_are_mended_as_advised(
    name: str, text: str, edit: Edit, chapter: Path, project: Project
) -> None:
    follow(chapter / name, text, edit, project)


@cure("files-size")
def test_what_is_too_large_is_made_where_it_runs(chapter: Path, project: Project) -> None:
    (chapter / "big").write_bytes(bytes(FILES + 1))
    (chapter / "x.sh").write_text(text_of('# files = ["big"]\n'))
    with pytest.raises(SourceError, match="Make large data where the snippet runs"):
        load_library(project)
    (chapter / "big").unlink()
    (chapter / "x.sh").write_text(text_of(code=f"head -c {FILES + 1} /dev/zero >big\n"))
    load_library(project)


@cure("utf-8")
def test_what_is_not_utf_8_is_saved_as_such(chapter: Path, project: Project) -> None:
    path, text = chapter / "x.sh", text_of(code="echo é\n")
    path.write_text(text, encoding="latin-1")
    with pytest.raises(SourceError, match="Save it as UTF-8"):
        load_library(project)
    path.write_text(text, encoding="utf-8")
    load_library(project)


@cure("value-pattern", "relation-broken")
def test_what_a_run_lacks_is_mended_as_advised(
    chapter: Path,
    project: Project,
    laboratory: object,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(project.root)
    tags = "# values = {{ n = '{}' }}\n# holds = [\"n < 5\"]\n"
    for pattern, code, advice in [
        ("none", "echo 3", "Mend the pattern, or print what it looks for"),
        (r"\d", "echo 7", "Mend the snippet"),
    ]:
        (chapter / "x.sh").write_text(text_of(tags.format(pattern), f"{code}\n"))
        assert main(["record", "a/x"]) == 1
        assert advice in capsys.readouterr().err
    (chapter / "x.sh").write_text(text_of(tags.format(r"\d"), "echo 3\n"))
    assert main(["record", "a/x"]) == 0
