"""Volatile values from end to end: what is recorded, verified and recorded again."""

import re
from pathlib import Path

import pytest

from snippetlab.cli import main
from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory
from snippetlab.snippet.library import load_library
from snippetlab.snippet.recording import write_recording
from snippetlab.transcript import Transcript
from tests.support import Write, snippet

UUID = "cat /proc/sys/kernel/random/uuid"


def write_snippet(write: Write, code: str, volatile: str, name: str = "b", **tags: object) -> Path:
    """A snippet with the tag `volatile` as TOML; where it will be recorded."""
    path = write(f"snippets/a/{name}.sh", snippet(code, volatile="@", **tags))
    path.write_text(path.read_text().replace('"@"', volatile))
    return path.with_suffix(".out")


def forge(recording: Path, old: str, new: str) -> None:
    """Change a recording as one with the right sum."""
    entry = load_library(Project(recording.parents[2])).find(f"a/{recording.stem}")
    assert entry.recording
    text = entry.recording.transcript.dumps()
    assert re.search(old, text)
    write_recording(entry.snippet, entry.inputs, Transcript.loads(re.sub(old, new, text)))


@pytest.fixture(autouse=True)
def inside(project: Project, laboratory: Laboratory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.root)


def test_a_volatile_value_holds_and_is_not_recorded_again(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    recording = write_snippet(write, f"{UUID}\necho literal\n", '["uuid"]')
    assert main(["record"]) == 0
    before = recording.read_bytes()
    assert main(["verify", "--repeat", "3"]) == 0
    assert main(["record", "a/b"]) == 0
    assert capsys.readouterr().out.endswith("a/b: unchanged\n")
    assert recording.read_bytes() == before


def test_without_the_tag_it_is_not_recorded(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    write("snippets/a/b.sh", snippet(f"true\n{UUID}\n"))
    assert main(["record"]) == 1
    said = capsys.readouterr().err
    assert "b.sh:6: step 2 printed something else at a second run: literal text differs" in said
    assert "snippetlab flaky a/b" in said


def test_a_broken_equality_is_a_changed_behaviour(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    recording = write_snippet(write, f"{UUID}\n{UUID}\n", '["uuid"]')
    assert main(["record"]) == 0
    first = recording.read_text().split("#\n")[1].split("\n")[1]
    forge(recording, r"(?<=uuid\n)[0-9a-f-]{36}(?=\n$)", first)
    assert main(["verify"]) == 1
    printed = capsys.readouterr().err
    assert f"uuid {first} was equal to uuid {first} in step 1 and is not now" in printed


def test_the_renaming_is_shared_along_a_chain(write: Write) -> None:
    write_snippet(write, f"{UUID} | tee id\n", '["uuid"]', "one")
    two = write_snippet(write, "cat id\n", '["uuid"]', "two", after="a/one")
    assert main(["record"]) == 0
    assert main(["verify"]) == 0
    forge(two, r"[0-9a-f-]{36}", "01234567-89ab-cdef-0123-456789abcdef")
    assert main(["verify", "a/two"]) == 1


def test_a_bound_is_held(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    write_snippet(write, "echo $((RANDOM % 9 + 1)) kB\n", '["size < 10kB"]')
    assert main(["record"]) == 0
    assert main(["verify", "--repeat", "3"]) == 0
    write_snippet(write, "echo 1$((RANDOM % 9 + 1)) kB\n", '["size < 10kB"]')
    assert main(["verify"]) == 1
    assert main(["record"]) == 1
    assert "b.sh:4: step 1, line 1: size 1" in capsys.readouterr().err


def test_recording_again_keeps_old_values_in_lines_that_only_renamed(write: Write) -> None:
    recording = write_snippet(write, f"{UUID}\necho old\n", '["uuid"]')
    assert main(["record"]) == 0
    before = recording.read_text().split("\n")
    write_snippet(write, f"{UUID}\necho new\n", '["uuid"]')
    assert main(["record"]) == 0
    after = recording.read_text().split("\n")
    assert after[2] == before[2]
    assert after[-2] == "new"


def test_lines_may_come_in_any_order(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    code = "# step: listing\nprintf '%s\\n' a b c d e f g h | shuf --random-source=/dev/urandom\n"
    recording = write_snippet(write, code, "[]", unordered=["listing"])
    path = recording.with_suffix(".sh")
    path.write_text(path.read_text().replace("['listing']", '["listing"]'))
    assert main(["record"]) == 0
    before = recording.read_bytes()
    assert main(["verify", "--repeat", "3"]) == 0
    assert main(["record", "a/b"]) == 0
    assert recording.read_bytes() == before
    forge(recording, "\na\n", "\nz\n")
    assert main(["verify"]) == 1
    assert "step 1" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("volatile", "words"),
    [
        ('["uid"]', "did you mean `uuid`?"),
        ('["uuid < 3"]', "has no measure"),
        ('[{ name = "x", pattern = "(" }]', "no regular expression"),
        ("3", "no kind and no bound"),
    ],
)
def test_a_wrong_tag_is_named_with_its_line(
    volatile: str, words: str, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    write_snippet(write, "true\n", volatile)
    assert main(["list"]) == 1
    printed = capsys.readouterr().err
    assert "b.sh:4: " in printed
    assert words in printed


SOCKET = "s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname())"


@pytest.mark.parametrize(
    ("code", "proposed"),
    [
        (f"{UUID}\n", '["uuid"]'),
        (f"{UUID}\necho $((RANDOM % 900 + 100)) kB\n", '["uuid", "size"]'),
        (f'echo "$({UUID}) $((RANDOM % 900 + 100)) kB"\n', '["uuid", "size"]'),
        (f"for n in 1 2; do {UUID}; echo $((RANDOM % 900 + 100)) kB; done\n", '["uuid", "size"]'),
        (f'python3 -c "import socket; {SOCKET}"\n', '["port"]'),
        ("echo steady\n", ""),
        (
            "python3 -c 'import os; print(id(os))'\n",
            r"""[{ name = "value", pattern = '(?m:^)(\d{15})(?!\w)' }]""",
        ),
        (
            "echo '# token'; echo \"token=$(od -An -N8 -tx1 /dev/urandom | tr -d ' \\n')\"\n",
            r"""[{ name = "token", pattern = 'token=([0-9a-f]{16})(?!\w)' }]""",
        ),
        (
            'echo "in job-$((RANDOM % 900 + 100)) done"\n',
            r"""[{ name = "in", pattern = 'in (job-\d{3})(?!\w)' }]""",
        ),
    ],
)
def test_flaky_proposes_what_makes_runs_equal(
    code: str, proposed: str, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write("snippets/a/b.sh", snippet(code))
    status = main(["flaky", "a/b", "--times", "8"])
    said = capsys.readouterr().out
    if not proposed:
        assert status == 0, said
        return
    assert status == 1
    (tag,) = re.findall("in the header: (# volatile = .+)$", said, re.MULTILINE)
    assert tag == f"# volatile = {proposed}"
    path.write_text(path.read_text().replace("# ///\n", f"{tag}\n# ///\n"))
    assert main(["flaky", "a/b", "--times", "8"]) == 0


@pytest.mark.cure("own-kind")
def test_where_no_kind_helps_the_output_can_have_a_form(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(
        "snippets/a/b.sh", snippet("if ((RANDOM % 2)); then echo heads; else echo tails; fi\n")
    )
    assert main(["flaky", "a/b", "--times", "40"]) == 1
    said = capsys.readouterr().out
    assert "the output itself changes" in said
    (kind,) = re.findall(r"a kind of your own describes: (\{.+\})$", said, re.MULTILINE)
    path.write_text(snippet('echo "job-$RANDOM"\n', volatile="@").replace('"@"', f"[{kind}]"))
    assert main(["flaky", "a/b"]) == 0


def test_flaky_knows_which_steps_may_come_in_any_order(write: Write) -> None:
    code = "# step: listing\nprintf '%s\\n' a b c d e f g h | shuf --random-source=/dev/urandom\n"
    path = write("snippets/a/b.sh", snippet(code, unordered="@"))
    path.write_text(path.read_text().replace('"@"', '["listing"]'))
    assert main(["flaky", "a/b"]) == 0
