"""No snippet leaves anything that another could find: in any order all hold."""

import random

import pytest

from snippetlab.laboratory import Laboratory
from snippetlab.library import load_library
from snippetlab.project import Project
from snippetlab.runner import Verdict, run_all
from tests.support import ROOT


@pytest.mark.parametrize("seed", [1, 2])
def test_any_order_gives_the_same(seed: int, laboratory: Laboratory) -> None:
    entries = list(load_library(Project(ROOT)).entries.values())
    entries = [entry for entry in entries if entry.snippet.lab == "namespace"]
    random.Random(seed).shuffle(entries)
    # One call each: left to itself, the runner begins with the long ones, whatever the order.
    ran = (run_all({"namespace": laboratory}, [entry]) for entry in entries)
    results = [result for results in ran for result in results]
    assert len(results) == len(entries)
    odd = [(r.entry.snippet.id, r.faults, r.error) for r in results if r.verdict != Verdict.HELD]
    assert odd == []
