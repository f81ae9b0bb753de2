"""What readers find with their own words: the real pages in the real search box."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.site.waiting import wait_until
from tests.site.wanted import figures, read_wanted, split

QUERIES = Path(__file__).with_name("queries")
KOREAN, ENGLISH, WRITTEN = (
    tomllib.loads((QUERIES / f"{name}.toml").read_text(encoding="utf-8"))
    for name in ("ko", "en", "written")
)
RECALL = 0.95
"""The share of queries with a right page among the first five, of which the best one first."""
FIRST = 0.9
"""The share of queries whose first page is right."""
WANTED_FIRST, WANTED_THREE, WANTED_NOTHING = 0.8, 0.95, 0.02
"""Of the queries whose one page is known: it is first, among the first three; nothing is found."""
_COUNTING = """
    window.asked = window.answered = 0
    window.Worker = class extends Worker {
        constructor(...all) {
            super(...all)
            this.addEventListener("message", ({ data }) => (window.answered += data.type === 3))
        }
        postMessage(message) {
            window.asked += message.type === 2 && message.data.trim() !== ""
            super.postMessage(message)
        }
    }
"""
"""Lets a test wait until the search has answered what it was asked."""


def ask(page: Page, query: str) -> list[str]:
    """What the search box lists for a query: links to pages or sections, relative to the site."""
    asked = page.evaluate("window.asked")
    page.locator(".md-search__input").fill(query)
    wait_until(page, f"window.asked > {asked}")
    wait_until(page, "window.asked === window.answered")
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    return [
        str(link)
        for link in page.locator(".md-search-result__item").evaluate_all(
            """items => items.map(item => item.querySelector('a').href)
                .map(href => new URL(href).pathname.slice(1))"""
        )
    ]


@pytest.fixture
def searching(page: Page, address: str) -> Callable[[str], Page]:
    """The home page below a path, its search box open."""

    def searching(below: str) -> Page:
        page.add_init_script(_COUNTING)
        page.goto(f"{address}/{below}")
        page.keyboard.press("s")
        return page

    return searching


@pytest.mark.parametrize(("below", "classes"), [("", KOREAN), ("en/", ENGLISH)], ids=["ko", "en"])
def test_readers_words_find_the_page(
    below: str,
    classes: dict[str, dict[str, list[str]]],
    searching: Callable[[str], Page],
    site: Path,
) -> None:
    page = searching(below)
    queries = {
        # A page may be written in one language only, for a while.
        query: [link for link in right if (site / below / link / "index.html").exists()]
        for queries in classes.values()
        for query, right in queries.items()
    }
    assert all(queries.values()), queries
    found = {query: [link.removeprefix(below) for link in ask(page, query)] for query in queries}
    misses = [q for q, right in queries.items() if right[0] not in found[q][:5]]
    seconds = [q for q, right in queries.items() if not found[q] or found[q][0] not in right]
    recall, first = 1 - len(misses) / len(queries), 1 - len(seconds) / len(queries)
    print(f"{below or 'ko/'}: {len(queries)} queries, recall {recall:.2f}, first {first:.2f}")
    assert recall >= RECALL, {query: found[query][:5] for query in misses}
    assert first >= FIRST, {query: found[query][:3] for query in seconds}


@pytest.mark.parametrize("below", ["", "en/"], ids=["ko", "en"])
def test_names_are_found_as_readers_write_them(
    below: str, searching: Callable[[str], Page]
) -> None:
    page = searching(below)
    found = {query: (ask(page, query) or [""])[0].removeprefix(below) for query in WRITTEN}
    assert found == WRITTEN


@pytest.mark.parametrize(("language", "below"), [("ko", ""), ("en", "en/")])
def test_readers_find_the_one_page_that_they_want(
    language: str, below: str, searching: Callable[[str], Page]
) -> None:
    page = searching(below)
    tuned, aside = ([w for w in part if w.language == language] for part in split(read_wanted()))
    found = [(w, [link.removeprefix(below) for link in ask(page, w.query)]) for w in tuned + aside]
    for name, part in (("tuned", found[: len(tuned)]), ("kept aside", found[len(tuned) :])):
        print(f"{language}, {name}: {figures(part)}")
    now = figures(found)
    others = {wanted.query: pages[:3] for wanted, pages in found if wanted.page not in pages[:1]}
    assert now.first >= WANTED_FIRST, others
    assert now.three >= WANTED_THREE, others
    assert now.nothing <= WANTED_NOTHING, others


@pytest.mark.parametrize(("language", "below"), [("ko", ""), ("en", "en/")])
def test_a_pasted_error_message_finds_its_heading(
    language: str, below: str, searching: Callable[[str], Page]
) -> None:
    """It stands below its page, before what "more on this page" hides."""
    page = searching(below)
    errors = [w for w in read_wanted() if (w.language, w.kind) == (language, "errors")]
    hidden = {}
    for wanted in (w for w in errors if w.section):
        ask(page, wanted.query)
        shown = page.locator(".md-search-result__item:first-child > a").evaluate_all(
            "links => links.map(link => new URL(link.href).hash.slice(1))"
        )
        if wanted.section not in shown:
            hidden[wanted.query] = shown
    assert len(hidden) <= len(errors) * 0.1, hidden


@pytest.mark.parametrize(
    ("below", "query", "meant", "found"),
    [
        ("", "ehzjvkdlf", "도커파일", "docker/dockerfile/"),
        ("", "애찯ㄱ 패ㅣㅕㅡㄷ", "docker volume", "docker/volumes/"),
        ("", "네임스패이스", "네임스페이스", "isolation/namespaces/"),
        ("en/", "namespcaes", "namespaces", "isolation/namespaces/"),
        ("en/", "chroot", "", "isolation/chroot/"),
    ],
)
def test_what_was_meant_is_looked_up_and_said(
    below: str, query: str, meant: str, found: str, searching: Callable[[str], Page]
) -> None:
    page = searching(below)
    said = page.locator(".search-meant")
    ask(page, "ㅊㅗㄱㅐㅐㅅ ㅗㅐㄴㅅㅜㅁㅡㄷ")
    assert ask(page, query)[0].removeprefix(below) == found
    if meant:
        expect(said).to_have_text(("Did you mean: " if below else "이것을 찾으셨나요: ") + meant)
    else:
        expect(said).to_be_hidden()


def test_a_syllable_that_is_being_composed_is_no_mistake(searching: Callable[[str], Page]) -> None:
    page = searching("")
    keyboard = page.context.new_cdp_session(page)
    first = page.locator(".md-search-result__item > a").first
    page.evaluate(
        """document.querySelector(".md-search__input").addEventListener(
            "compositionend", () => (window.composed = true))"""
    )
    for part in ("ㅂ", "보", "볼", "볼ㄹ", "볼류", "볼륨"):
        text = {"text": part, "selectionStart": len(part), "selectionEnd": len(part)}
        keyboard.send("Input.imeSetComposition", text)
    expect(first).to_contain_text("볼륨")
    expect(page.locator(".search-meant")).to_be_hidden()
    assert not page.evaluate("window.composed"), "nothing was composed"
    keyboard.send("Input.insertText", {"text": "볼륨"})
    wait_until(page, "window.composed")
    expect(first).to_contain_text("볼륨")


def test_on_a_phone_too(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.add_init_script(_COUNTING)
    page.goto(f"{address}/en/")
    page.locator("label.md-header__button[for=__search]").click()
    assert ask(page, "spdlatmvpdltm")[0] == "en/isolation/namespaces/"
    said = page.locator(".search-meant")
    expect(said).to_have_text("Did you mean: 네임스페이스")
    box = said.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    colours = "element => [element, document.body].map(one => getComputedStyle(one).color)"
    assert len(set(said.evaluate(colours))) == 1, (
        "the colour of the header, on the ground of a page"
    )


def test_there_are_enough_queries() -> None:
    assert sum(map(len, KOREAN.values())) >= 60


def test_the_index_comes_with_the_first_query(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(_COUNTING)
    page.goto(f"{address}/", wait_until="networkidle")
    assert not [url for url in asked if "sections.json" in url]
    page.keyboard.press("s")
    assert ask(page, "네임스페이스")[0] == "isolation/namespaces/"
    assert len([url for url in asked if "sections.json" in url]) == 1


def test_prose_comes_before_transcripts(searching: Callable[[str], Page]) -> None:
    """`busybox` stands in many transcripts; the pages that speak of it come first."""
    page = searching("")
    first = page.locator(".md-search-result__item").first
    ask(page, "escape.c")
    expect(first).to_contain_text("chroot")
    assert ask(page, "top secret")[0] == "isolation/chroot/", "transcripts are not searched"
