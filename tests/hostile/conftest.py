"""Who attacks: root where the tests run as root, and an ordinary user in any case."""

import os
from collections.abc import Iterator

import pytest

from snippetlab.run.laboratory import Laboratory
from tests.hostile.caller import Caller, Unprivileged
from tests.leftovers import nothing_left


@pytest.fixture(autouse=True)
def _nothing_left() -> Iterator[None]:
    """After each attack nothing of it is left on the host."""
    with nothing_left():
        yield


@pytest.fixture(scope="session")
def strongest(laboratory: Laboratory) -> Caller:
    """Whoever runs the tests."""
    return Caller(laboratory.image)


@pytest.fixture(scope="session", params=["root", "user"] if os.geteuid() == 0 else ["user"])
def caller(request: pytest.FixtureRequest, laboratory: Laboratory) -> Iterator[Caller]:
    """Root, and an ordinary user."""
    if request.param == "root" or os.geteuid() != 0:
        yield Caller(laboratory.image)
        return
    user = Unprivileged(laboratory.image)
    yield user
    user.end()
