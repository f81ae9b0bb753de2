"""Steps are what bash itself reads at once."""

import subprocess
import sys

import pytest
from hypothesis import example, given

from tests.engine.snippet.bash_reads import found, taken
from tests.engine.snippet.scripts import scripts
from tests.support import ROOT, examples

SCRIPTS = subprocess.run(
    ["git", "ls-files", "-z", "--", "*.sh"], cwd=ROOT, capture_output=True, text=True, check=True
).stdout.split("\0")[:-1]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what bash reads is seen in /proc")


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_script_here_is_parted_as_bash_parts_it(name: str) -> None:
    code = (ROOT / name).read_bytes().decode(errors="surrogateescape")
    expected = taken(code)
    assert found(code) == expected or (expected is None and isinstance(found(code), str))


@examples(few=100, whole=3000)
@example("echo if !(a|b)\n")  # `if` is an argument
@example("echo x=1 y=(2)\n")
@example("x=1 echo y=2 z=(3)\n")
@example("x=1 declare y=(2)\n")
@example("f() if !(a|b); then :; fi\n")
@given(code=scripts)
def test_so_is_any_script_and_what_bash_refuses_is_refused(code: str) -> None:
    expected, ours = taken(code), found(code)
    assert ours == expected or (expected is None and isinstance(ours, str))
