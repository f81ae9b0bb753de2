"""Who waits for an image sees for how long, and how long it took the last time."""

import re
import threading
from pathlib import Path

import pytest

from snippetlab.pace import USUAL, paced


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SNIPPETLAB_CACHE", str(tmp_path))
    return tmp_path


def made(name: str, *, reminders: int) -> list[str]:
    """All that is said of one that takes as long as so many reminders."""
    said: list[str] = []
    enough = threading.Event()

    def say(line: str) -> None:
        said.append(line)
        if len(said) > reminders:
            enough.set()

    with paced(name, say, seconds=0.01) as tell:
        tell("writing the disk …")
        assert enough.wait(60)
    return said


def test_it_says_how_long_it_has_taken_and_the_next_time_how_long_it_usually_takes() -> None:
    said = made("machine", reminders=2)
    reminders = [line for line in said if re.fullmatch(r"    machine: (?:\d+ min )?\d+ s …", line)]
    assert len(reminders) >= 2
    assert re.fullmatch(r"machine: made in .*\d+ s", said[-1])
    again = "\n".join(made("machine", reminders=2))
    assert re.search(r"^    machine: .*\d+ s of usually .*\d+ s …$", again, re.MULTILINE)


def test_the_first_time_it_says_what_is_usual_elsewhere() -> None:
    assert USUAL["docker"] > 60
    assert " of usually 4 min 5 s …" in "".join(made("docker", reminders=2))


def test_one_that_is_there_says_nothing_of_it(cache: Path) -> None:
    said: list[str] = []
    with paced("machine", said.append, seconds=3600) as say:
        say("ready")
    assert said == ["ready"]
    assert not list(cache.iterdir())


def test_what_is_kept_of_earlier_times_may_be_damaged(cache: Path) -> None:
    (cache / "paces.json").write_text("[")
    assert "of usually" not in "".join(made("machine", reminders=2))


def test_one_that_fails_is_no_pace(cache: Path) -> None:
    with pytest.raises(RuntimeError), paced("machine", print, seconds=0):
        raise RuntimeError
    assert not list(cache.iterdir())
