"""The machine in the tab, search and navigation, once more in a real Firefox."""

import json
from collections.abc import Iterator

import pytest

from tests.site.firefox import Firefox, find_firefox, started

FRAME = "document.querySelector('.drawer iframe')?.contentDocument"
STATUS = f"{FRAME}?.querySelector('.status')"


@pytest.fixture(scope="module")
def _firefox() -> Iterator[Firefox]:
    if not (program := find_firefox()):
        pytest.fail("no Firefox: sudo apt-get install firefox-esr", pytrace=False)
    with started(program) as firefox:
        yield firefox


@pytest.fixture
def firefox(_firefox: Firefox) -> Iterator[Firefox]:
    """It fails the test if a page logs an error, such as one against its policy."""
    yield _firefox
    assert _firefox.errors == []


# Firefox fetches the next page ahead.
@pytest.mark.pages("isolation/namespaces/uts", "isolation/namespaces/ipc")
def test_a_snippet_runs_there_and_is_the_same_as_recorded(
    machine: dict[str, object], firefox: Firefox, address: str
) -> None:
    assert machine
    firefox.open(f"{address}/isolation/namespaces/uts/")
    firefox.wait("document.documentElement.dataset.drawer === ''")  # the button is seen
    firefox.value(
        "document.querySelector('.transcript-run[data-snippet=\"isolation/uts\"]').click()"
    )
    ended = f"{STATUS}?.matches('.same, .differs, .failed') && {STATUS}.className"
    assert "same" in firefox.wait(ended)
    steps = f"{FRAME}.querySelector('.steps').textContent"
    assert "hostname jail" in firefox.value(steps)
    # What was asked for ahead is not asked for again.
    entries = f"{FRAME}.defaultView.performance.getEntriesByType('resource')"
    loaded = firefox.value(f"JSON.stringify({entries}.map(entry => entry.name))")
    names = json.loads(loaded)
    assert any(name.endswith("/state.bin.zst") for name in names)
    assert len(names) == len(set(names))
    firefox.value("document.querySelector('.drawer-close').click()")
    assert firefox.value("document.querySelectorAll('iframe, .drawer').length") == 0


def test_search_finds_korean_there(firefox: Firefox, address: str) -> None:
    firefox.open(f"{address}/")
    firefox.value(
        """{
          const query = document.querySelector(".md-search__input")
          query.focus()
          query.value = "격리 도구를"
          const said = (name) => query.dispatchEvent(new Event(name, { bubbles: true }))
          said("input")
          said("keyup")
        }"""
    )
    assert firefox.wait("document.querySelector('.md-search-result__link')?.href")
