"""Were a snippet to change its stage's first process, the engine would still not hang."""

import platform
from pathlib import Path
from unittest import mock

import pytest

from generated.corpus import read_corpus
from snippetlab.errors import EngineError
from snippetlab.labs.namespace import lab as namespace
from snippetlab.run.laboratory import Laboratory
from snippetlab.snippet import bash
from snippetlab.snippet.leaks import CURES
from snippetlab.snippet.program import Program
from tests.hostile import weak
from tests.support import ROOT

HERE = ROOT / "tests/hostile"
KILLER = read_corpus(HERE).guards["killer"]


@pytest.mark.skipif(platform.machine() != "x86_64", reason="registers are those of x86-64")
def test_an_init_that_closes_the_output_and_talks_for_ever_meets_one_deadline(
    laboratory: Laboratory,
) -> None:
    lab = weak.lab(laboratory.image, KILLER.weaken)
    path = Path("x.sh")
    attack = (HERE / "exhaust/injected.sh").read_text()
    program = Program(path, bash.parse(path, attack), {}, 3, leaves=frozenset(CURES))
    with (
        weak.patched(KILLER.weaken),
        mock.patch.object(namespace, "_SECONDS", 2),
        pytest.raises(EngineError) as caught,
    ):
        lab.run([program])  # without these seconds it would be for ever
    assert "took longer than 3 s" in str(caught.value)
    ordinary = Program(path, bash.parse(path, "echo fine\n"), {}, 60)
    assert lab.run([ordinary])[0].steps[0].output == b"fine\n"
    lab.close()
