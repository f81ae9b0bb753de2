"""The summary of a run: figures, and what did not hold with its diff."""

from typing import Any

import pytest

from tools.summary import LIMIT, summary

pytestmark = pytest.mark.pageless

ROW: dict[str, Any] = {
    "id": "a/b",
    "verdict": "held",
    "seconds": 0.25,
    "path": "snippets/a/b.out",
    "line": 1,
    "message": "",
    "diff": [],
}


def test_all_held() -> None:
    text = summary([ROW, ROW | {"verdict": "not run", "seconds": 0}])
    assert text.startswith("All held.\n")
    assert "| 1 | held | 0.2 |" in text
    assert "| 1 | not run | 0.0 |" in text


def test_what_changed_is_told_with_its_place_and_diff() -> None:
    diff = ["--- recorded", "+++ now", "-one", "+```", "+two"]
    changed = ROW | {"verdict": "changed", "message": "it printed something else", "diff": diff}
    text = summary([ROW, changed])
    assert text.startswith("1 of 2 runs did not hold.")
    assert "<code>a/b</code> changed: <code>snippets/a/b.out:1</code>" in text
    assert "\n````diff\nit printed something else\n--- recorded\n" in text, "a longer fence"


def test_it_fits_into_an_issue() -> None:
    long = ROW | {"verdict": "changed", "diff": ["+" + "가" * 3000]}
    text = summary([long] * 50)
    assert len(text.encode()) < LIMIT + 200
    assert text.endswith("more; the logs have them.")


def test_what_another_version_may_be_behind_is_counted_and_did_not_hold() -> None:
    cause = "step 1: `ip` comes from iproute2 6.1 → 6.2"
    drifted = ROW | {"verdict": "changed", "message": f"it changed\n    {cause}", "causes": [cause]}
    text = summary([drifted, ROW | {"verdict": "timed out"}, ROW])
    first, *_ = text.splitlines()
    assert first.startswith("2 of 3 runs did not hold. In 1 of them, what ran is not of the")
    assert cause in text
    assert "| 1 | timed out | 0.2 |" in text
