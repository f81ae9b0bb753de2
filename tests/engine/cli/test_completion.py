"""What a shell completes, in bash as a person has it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import Write, snippet

ASKING = """
eval "$(_SNIPPETLAB_COMPLETE=bash_source snippetlab)"
COMP_WORDS=(snippetlab "$@") COMP_CWORD=$#
$(complete -p snippetlab | sed 's/.* -F \\([^ ]*\\).*/\\1/') snippetlab
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("run a/o", ["a/one"]),
        ("flaky --times 3 a/", ["a/one", "a/two"]),
        ("verify a/one b/", ["b/broken"]),
        ("verify --allow", ["--allow-missing-lab"]),
        ("list --state fr", ["fresh"]),
        ("lab sta", ["status"]),
        ("mig", ["migrate"]),
        ("new a/", [""]),
    ],
)
def test_ids_options_and_commands_are_completed(
    words: str, completed: list[str], write: Write
) -> None:
    write("snippets/a/one.sh", snippet("true\n"))
    write("snippets/a/two.sh", snippet("true\n"))
    write("snippets/b/broken.sh", "true\n")
    assert asked(words) == completed


def test_outside_a_checkout_there_are_no_ids(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert asked("run a") == [""]


def asked(words: str) -> list[str]:
    """What bash offers after these words and a tab."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    bash = ["bash", "--norc", "-c", ASKING, "bash", *words.split()]
    done = subprocess.run(bash, env=os.environ | {"PATH": path}, capture_output=True, text=True)
    assert done.stderr == ""
    return done.stdout.splitlines()
