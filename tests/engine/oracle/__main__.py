"""`make bash-suite`: every corpus, a table of what came of it, and the numbers for the page."""

import sys
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import HypothesisWarning

from generated.oracle import Outcomes, write_outcomes
from snippetlab.errors import EngineError
from snippetlab.images.image import read_recipe
from snippetlab.project import Project
from snippetlab.registry import DEFAULT
from snippetlab.run.laboratory import open_laboratory
from snippetlab.run.lock import read_lock
from tests.engine.oracle.case import Case, Judged, Verdict
from tests.engine.oracle.corpus import UNSTABLE, cases
from tests.engine.oracle.judge import judge_all
from tests.engine.oracle.outcomes import outcomes_of
from tests.engine.oracle.scripts import scripts
from tests.engine.oracle.suite import fetch, suite_cases
from tests.support import ROOT

_COMPOSED = 1000
_SUITE = Path(sys.prefix, "share/bash")
_LEAST = {"bash": 0.0, "python": 0.0, "composed": 0.99, "suite": 0.95}
"""Of the shared ones, which are refused is tested by name: see test_shared.py."""


def main() -> int:
    """Run them; 1 if a corpus has too few that are the same, or one that is silently different."""
    project = Project(ROOT)
    version = read_lock(project.lab / "lock.toml").labs[DEFAULT].packages["bash"].partition("+")[0]
    try:
        fetch(read_recipe(project, "base").suite, version, _SUITE)
        with open_laboratory(project, DEFAULT) as laboratory:
            judged: dict[str, list[Judged]] = {}
            for name, corpus in _corpora().items():
                print(f"{name}: {len(corpus)} scripts …", flush=True)
                judged[name] = list(judge_all(laboratory.lab, corpus))
    except EngineError as error:
        print(error, file=sys.stderr)
        return 1
    outcomes = {name: outcomes_of(ones, UNSTABLE) for name, ones in judged.items()}
    write_outcomes(ROOT, outcomes)
    _print(judged, outcomes)
    return int(any(of.different or of.share < _LEAST[name] for name, of in outcomes.items()))


def _corpora() -> Mapping[str, list[Case]]:
    return {
        "bash": cases("bash"),
        "python": cases("python"),
        "composed": list(_composed()),
        "suite": list(suite_cases(_SUITE)),
    }


def _composed() -> Iterator[Case]:
    """The same ones each time."""
    found: dict[str, None] = {}

    @seed(0)
    @settings(
        max_examples=_COMPOSED,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(scripts)
    def keep(script: str) -> None:
        found[script] = None

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", HypothesisWarning)
        keep()
    yield from (Case("composed.sh", script) for script in found)


def _print(judged: Mapping[str, list[Judged]], outcomes: Mapping[str, Outcomes]) -> None:
    for name, ones in judged.items():
        for one in ones:
            if one.verdict is not Verdict.SAME:
                print(f"{name} {one.case.name}: {one.verdict}")
                print("".join(f"    {line[:150]}\n" for line in one.why.splitlines()[:12]))
            if one.verdict is Verdict.DIFFERENT:
                print(one.case.code)
    columns = ("cases", "same", "refused", "different", "left_out")
    print(f"{'corpus':10}", *(f"{column.replace('_', ' '):>10}" for column in columns))
    for name, of in outcomes.items():
        print(
            f"{name:10}", *(f"{getattr(of, column):>10}" for column in columns), f"{of.share:7.1%}"
        )


if __name__ == "__main__":
    sys.exit(main())
