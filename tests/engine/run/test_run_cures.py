"""What is said of runs is followed to the end."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from snippetlab.cli import main
from snippetlab.errors import Cure
from snippetlab.labs import Opened
from snippetlab.labs.failing import OverdueError
from snippetlab.project import Project
from snippetlab.registry import open_lab
from snippetlab.run import laboratory as laboratories
from snippetlab.run.laboratory import Laboratory
from snippetlab.snippet.program import Program
from snippetlab.transcript import Step, Transcript
from tests.support import Write, snippet

cure = pytest.mark.cure


@pytest.fixture(autouse=True)
def inside(project: Project, laboratory: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.root)


TURNS = """\
test -d /run/lab || exit 1
unshare --uts bash <<'in'
true
# terminal: host
true
# terminal: in
kill -9 $$
in"""


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        pytest.param(
            "shopt -s expand_aliases\nalias into='echo a |'\ninto\ncat",
            "echo a |\ncat",
            marks=cure("step-unfinished"),
        ),
        pytest.param(
            "bash <<'in'\ncat\ntrue\nin",
            "bash <<'in'\ncat < /dev/null\ntrue\nin",
            marks=cure("lines-taken"),
        ),
        pytest.param(
            "cp /bin/dash bash\n./bash <<'in'\ntrue\nin",
            "cp /bin/dash dash\n./dash <<'in'\ntrue\nin",
            marks=cure("shell-lost"),
        ),
        pytest.param(TURNS, TURNS.replace("kill -9 $$", "true"), marks=cure("shell-gone")),
        pytest.param(
            "sh <<'in'\necho x >&9\nin", "sh <<'in'\necho x\nin", marks=cure("lab-report")
        ),
        pytest.param(
            "sh <<'a'\nsh <<'b'\nsh <<'c'\nsh <<'d'\ntrue\nd\nc\nb\na",
            "sh <<'a'\nsh <<'b'\nsh <<'c'\ntrue\nc\nb\na",
            marks=cure("shells-nested"),
        ),
    ],
)
def test_a_shell_that_cannot_be_followed_can_be(wrong: str, right: str, write: Write) -> None:
    for code, status in ((wrong, 1), (right, 0)):
        write("snippets/a/b.sh", snippet(f"{code}\n"))
        assert main(["record"]) == status


@pytest.mark.parametrize(
    ("wrong", "right", "named"),
    [
        pytest.param(
            "# values = { n = '(a|aa)+1' }\nprintf a%.0s $(seq 200); echo c1",
            "# values = { n = 'a+c1' }\nprintf a%.0s $(seq 200); echo c1",
            "in another",
            marks=cure("slow-pattern"),
        ),
        pytest.param(
            "# elide = ['^x']\nseq 3",
            "# elide = ['^2']\nseq 3",
            "finds no line to leave out",
            marks=cure("elide-pattern"),
        ),
        pytest.param(
            "# elide = ['.']\nseq 3",
            "# elide = ['^[23]']\nseq 3",
            "leaves out all that step 1",
        ),
        pytest.param(
            '# limits = { memory = "64MB" }\npython3 -c \'x = b"x" * 10**8\'',
            '# limits = { memory = "256MB" }\npython3 -c \'x = b"x" * 10**8\'',
            'limits = { memory = "64MB" }',
            marks=cure("limit"),
        ),
    ],
)
def test_a_run_is_mended_as_advised(
    wrong: str, right: str, named: str, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    for code, status in ((wrong, 1), (right, 0)):
        *tags, command = code.split("\n")
        text = snippet(f"{command}\n")
        header = "".join(f"{tag}\n" for tag in (*tags, "# ///"))
        write("snippets/a/b.sh", text.replace("# ///\n", header))
        assert main(["record"]) == status
        assert (named in capsys.readouterr().err) == bool(status)


@pytest.mark.parametrize(
    ("wrong", "right", "timeout"),
    [
        pytest.param(
            "read -n 1 x\n# typed: y", "read -n 1 x\n# typed: y\\c", 60, marks=cure("typed-unread")
        ),
        pytest.param("true\n# typed: y", "true", 60),
        pytest.param("read x", "read x\n# typed: yes", 4, marks=cure("nobody-types")),
    ],
)
def test_what_is_typed_is_what_is_asked_for(
    wrong: str, right: str, timeout: int, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    for code, status in ((wrong, 1), (right, 0)):
        text = snippet(f"{code}\n", timeout=timeout if status else 60)
        write("snippets/a/b.sh", text.replace("# ///\n", "# terminal = true\n# ///\n"))
        assert main(["record"]) == status
        assert ("# typed:" in capsys.readouterr().err) == bool(status)


LEAKS = {
    "process": ("sleep 60 &", ""),
    "mount": ("mkdir m; mount -t tmpfs tmpfs m", " m"),
    "namespace": ("ip netns add web", " web"),
    "file": ("touch /tmp/x", " /tmp/x"),
}


@cure("leak-ended", "leak-declared")
@pytest.mark.parametrize("kind", LEAKS)
def test_what_is_left_behind_is_ended_or_declared(
    kind: str, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    code, what = LEAKS[kind]
    path = write("snippets/a/b.sh", snippet(f"{code}\n"))
    assert main(["record"]) == 1
    said = capsys.readouterr().err
    (end,) = re.findall(r"(?:it|down): ((?:kill|umount|ip|rm) ?.*)$", said, re.MULTILINE)
    (tag,) = re.findall(r"# leaves = .*", said)
    path.write_text(snippet(f"{code}\n{end}{what}\n"))
    assert main(["record"]) == 0
    path.write_text(snippet(f"{code}\n").replace("# ///\n", f"{tag}\n# ///\n"))
    assert main(["record"]) == 0


class Busy:
    """A lab in which runs take too long until the machine is less busy."""

    name = "namespace"
    workers = 1
    weaknesses = ()
    busy = True

    def run(self, chain: Sequence[Program], *, alone: bool = False) -> tuple[Transcript, ...]:
        if self.busy:
            raise OverdueError(chain[-1].path, 5, f"alone: {alone}", Cure("x", "y"))
        return tuple(Transcript((Step("echo", b"\n"),)) for _ in chain)

    def check(self) -> None: ...
    def stop(self) -> None: ...
    def close(self) -> None: ...
    def interact(self) -> int:
        return 0


@cure("less-busy")
def test_who_tries_again_when_the_machine_is_less_busy(
    laboratory: Laboratory,
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    lab = Busy()
    opened = Opened(lab, laboratory.image, laboratory.kernel)
    monkeypatch.setattr(laboratories, "open_lab", lambda *_: opened)
    write("snippets/a/b.sh", snippet("echo\n"))
    assert main(["record"]) == 1
    assert "try again when this machine is less busy" in capsys.readouterr().err
    lab.busy = False
    assert main(["record"]) == 0


@cure("holds-elsewhere")
def test_what_does_not_hold_in_the_tab_says_why(
    laboratory: Laboratory,
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In a lab for the tab that prints something else."""
    text = snippet("echo ok\n").replace("# ///\n", "# browser = true\n# ///\n")
    path = write("snippets/a/b.sh", text)
    write("snippets/a/other.sh", snippet("echo ok\n"))
    assert main(["record"]) == 0
    lab = Busy()
    lab.busy = False
    opened = Opened(lab, laboratory.image, laboratory.kernel)
    monkeypatch.setattr(
        laboratories,
        "open_lab",
        lambda project, name, *rest: (
            opened if name == "browser" else open_lab(project, name, *rest)
        ),
    )
    capsys.readouterr()
    assert main(["verify", "--lab", "browser"]) == 1
    said = capsys.readouterr().err
    ((tag, name),) = set(re.findall(r"say why in the tag `(\w+)` of (\S+)\.$", said, re.M))
    assert Path(name) == path.relative_to(Path.cwd())
    path.write_text(path.read_text().replace(f"# {tag} = true", f'# {tag} = "more there"'))
    assert main(["verify", "--lab", "browser"]) == 0
