"""Commands of the reader's between two steps in the tab, in a bash that is fed and in node."""

import json
import subprocess
from collections.abc import Callable

import pytest

from snippetlab.images.browser.image import require_browser_image
from snippetlab.labs import plan
from snippetlab.labs.browser.between import OWN
from snippetlab.labs.browser.job import NONCE
from snippetlab.labs.planner import plan_of
from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory
from snippetlab.snippet.command import flatten
from tests.engine.contract import program
from tests.support import ROOT

CODE = """\
(exit 3) # ? 3
echo $? $LINENO; set -e
trap 'echo int' INT
unshare --uts bash <<'jail'
f() { echo f; }
(exit 4) # ? 4
echo $? $LINENO; trap -p; declare -F; echo ${kept-none}
jail
echo $? $LINENO $-; trap -p; declare -F
(exit 2) # ? 2
"""
PLAIN = """\
$ (exit 3)
? 3
$ echo $? $LINENO; set -e
3 2
$ trap 'echo int' INT
$ unshare --uts bash
jail# f() { echo f; }
jail# (exit 4)
? 4
jail# echo $? $LINENO; trap -p; declare -F; echo ${kept-none}
4 3
declare -f f
none
$ echo $? $LINENO $-; trap -p; declare -F
0 9 ehB
trap -- 'echo int' SIGINT
$ (exit 2)
? 2
"""
Said = Callable[..., str]
Own = tuple[int, str, str, int]
"""Before which step, the command, what it prints, its status."""
LOOKS: list[Own] = [
    (1, 'echo "$?"; cat', "3\n", 0),
    (1, "(exit 7)", "", 7),
    (1, "echo $?\necho 'two'", "7\ntwo\n", 0),
    (1, "declare -A m; m[a]=it; echo ${m[a]}", "it\n", 0),
    (2, "false; echo on", "on\n", 0),
    (2, "false", "", 1),
    (6, "echo $?; trap -p; declare -F; cat", "4\ndeclare -f f\n", 0),
]
"""What a step after them must not see."""
ASH = """\
true
/bin/busybox sh <<'jail'
(exit 4) # ? 4
echo $?
jail
"""
STOPPED = [
    "echo go; while :; do :; done",
    "echo go; sleep 1000; echo no",
    "echo go; g() { while :; do sleep 1; done; }; g; echo no",
    "unset -f g; sleep 1000 & echo go; wait; echo no",
    "mkfifo q; echo go; read x <q; echo no",
    "(echo go; while :; do :; done); echo no",
    "{ echo go; sleep 1000; } | cat; echo no",
]


@pytest.fixture
def said(
    laboratory_of: Callable[[str], Laboratory],
) -> Said:
    """What the page would copy of a run, and how the script ended.

    The clock of its machine goes `pace` times as fast as it should.
    """
    laboratory_of("browser")
    image = require_browser_image(Project(ROOT))

    def run(code: str, own: list[tuple[int, str, str]], pace: int = 1) -> str:
        ran = program(code)
        commands = [
            {"prompt": c.prompt, "text": c.text, "expects": c.expects, "settle": c.settle}
            | {"hidden": False, "shell": c.shell is not None}
            | {"inside": f"{c.shell.delimiter}#" if c.shell else ""}
            for c in flatten(ran.commands)
        ]
        member: dict[str, object] = {
            "plan": str(plan_of(ran, 0, NONCE, OWN)),
            "events": plan.events(ran.commands),
        }
        member |= {"commands": commands, "recorded": []}
        given = {"memory": image.memory, "window": image.manifest["window"], "packs": []}
        given |= {"job": {"files": {}, "chain": [member]}, "own": own, "pace": pace}
        modules = ROOT / "docs/overrides/assets/machine"
        restoring = ROOT / "hooks/snippetlab/labs/browser/restore.mjs"
        done = subprocess.run(
            ["node", ROOT / "tests/engine/own.mjs", image.root, modules, restoring],
            input=json.dumps(given),
            capture_output=True,
            text=True,
            timeout=600,
        )
        assert not done.stderr
        return done.stdout

    return run


def test_steps_after_them_see_nothing_of_them(said: Said) -> None:
    told = said(CODE, [(at, text, "") for at, text, _, _ in LOOKS])
    for at, text, printed, status in LOOKS:
        prompt = "jail#" if at == 6 else "$"
        typed = text.replace("\n", "\n> ")
        own = f"{prompt} {typed}\n{printed}" + (f"? {status}\n" if status else "")
        assert own in told
        told = told.replace(own, "", 1)
    assert told == f"{PLAIN}2\n"


def test_an_interrupt_ends_them_alone(said: Said) -> None:
    own = [(2, text, "printed") for text in STOPPED]
    told = said(CODE, [*own, (6, STOPPED[1], "printed"), (6, "echo $?", "")])
    assert told.count("go\n") == len(STOPPED) + 1
    assert told.count("? 130\n") == len(STOPPED) + 1
    assert "\nno\n" not in told
    assert "jail# echo $?\n130\n" in told
    assert (
        "jail# echo $? $LINENO; trap -p; declare -F; echo ${kept-none}\n4 3\ndeclare -f f\n" in told
    )
    assert told.endswith("0 9 ehB\ntrap -- 'echo int' SIGINT\n$ (exit 2)\n? 2\n2\n")


@pytest.mark.parametrize("pace", [1, 30])
def test_one_that_comes_before_they_have_begun_ends_them_too(said: Said, pace: int) -> None:
    own = [(at, "sleep 1000; echo no", "once") for at in (1, 1, 2, 2)]
    told = said(ASH, [*own, (2, "echo $?", "")], pace)
    assert told.count("? 130\n") == len(own)
    assert "\nno\n" not in told
    assert told.endswith("jail# echo $?\n130\njail# (exit 4)\n? 4\njail# echo $?\n4\n0\n")
