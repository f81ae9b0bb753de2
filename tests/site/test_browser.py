"""The built site, used in a real Chromium."""

import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.site.waiting import says
from tests.words import KOREAN

SEARCHES = {
    # A bare noun, a noun with a particle, a verb form, English, a question, a command.
    "": {
        "네임스페이스": "네임스페이스 개요",
        "다이제스트를": "다이제스트",
        "네임스페이스에서": "네임스페이스 개요",
        "하이퍼바이저는": "하이퍼바이저",
        "카피업은": "overlay",
        "squash": "squash",
        "pivot_root": "chroot",
    },
    "/en": {"chroot": "chroot", "escape": "chroot"},
}
"""Language → query → the title of a page that it finds."""

ARRIVED = """() => new Promise(resolve => {
    let timer
    const wait = () => { clearTimeout(timer); timer = setTimeout(resolve, 150) }
    location$.subscribe(wait)
    target$.subscribe(wait)
    wait()
})"""
"""Until Material, 125 ms after each change of the address, has closed the search again: however
slow the machine, a timer of a page comes after the shorter one that was set before."""


@pytest.mark.parametrize("below", SEARCHES, ids=["ko", "en"])
def test_a_search_finds_the_page_and_opens_it(below: str, page: Page, address: str) -> None:
    """One after another, each from the page that the one before has opened."""
    page.goto(f"{address}{below}/")
    for query, title in SEARCHES[below].items():
        page.keyboard.press("s")
        page.locator(".md-search__input").fill("")
        page.keyboard.type(query)
        results = page.locator(".md-search-result__item > a.md-search-result__link")
        first = results.filter(has=page.locator("h1", has_text=title)).first
        expect(first).to_be_visible()
        first.click()
        expect(page.locator(".md-content h1")).to_contain_text(title)
        expect(page.locator(".md-search-result__list")).to_be_hidden()
        page.evaluate(ARRIVED)


def test_copy_takes_the_commands_and_says_who_ran_them(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    button = page.locator("#start-container .transcript-copy")
    with says(button, "복사함"):
        button.click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.replace("\r\n", "\n") == (
        f"{KOREAN.words['transcript']['own-copied']}\n"
        "hostname\n"
        "unshare --uts --pid --fork --mount-proc bash <<'container'\n"
        "hostname container\nhostname\n"
        'echo "my process ID is $$"\ncontainer\nhostname\n'
    )


def test_copy_works_without_a_certificate(browser: Browser, address: str) -> None:
    """As in a network at home, where scripts have no clipboard."""
    elsewhere, page = "http://docs.test", browser.new_page()

    def stand_in(route: Route) -> None:
        url = route.request.url.replace(elsewhere, address)
        route.fulfill(response=page.request.get(url))

    page.route(f"{elsewhere}/**", stand_in)
    page.goto(f"{elsewhere}/")
    assert page.evaluate("navigator.clipboard === undefined")
    button = page.locator("#start-container .transcript-copy")
    with says(button, "복사함"):
        button.click()
    page.evaluate("document.body.prepend(document.createElement('textarea'))")
    field = page.locator("body > textarea")
    field.press("Control+v")
    assert "\nhostname container\nhostname\n" in field.input_value()
    page.close()


def test_copy_still_works_after_an_instant_page_change(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.locator("article").get_by_role("link", name="chroot", exact=True).click()
    expect(page).to_have_url(f"{address}/isolation/chroot/")
    button = page.locator(".transcript-copy").first
    with says(button, "복사함"):
        button.click()


def test_without_a_translation_the_switch_goes_home(page: Page, address: str) -> None:
    page.goto(f"{address}/404.html")  # the one page that has no counterpart
    link = page.locator(".md-select__link[hreflang=en]")
    assert link.evaluate("link => link.href") == f"{address}/en/"


def test_commands_and_output_differ_by_more_than_colour(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    step = page.locator("#start-container .step").first
    weight = "element => getComputedStyle(element).fontWeight"
    assert int(step.locator("kbd").evaluate(weight)) >= 600
    assert int(step.locator("samp").evaluate(weight)) <= 400
    expect(step.locator(".step-prompt")).to_have_text("$ ", use_inner_text=False)


@pytest.mark.parametrize(
    "path", ["/", "/isolation/namespaces/", "/docker/digest/", "/en/isolation/"]
)
def test_nothing_sticks_out_of_a_phone(path: str, page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{address}{path}")
    expect(page.locator(".md-content h1")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_words_in_tables_stay_whole(page: Page, address: str) -> None:
    page.goto(f"{address}/en/isolation/")
    broken = page.evaluate(
        """() => {
            const broken = [], texts = document.createTreeWalker(
                document.querySelector("article table:has(th:nth-child(7))"), NodeFilter.SHOW_TEXT)
            while (texts.nextNode())
                for (const word of texts.currentNode.data.matchAll(/[a-z]+/gi)) {
                    const range = document.createRange()
                    range.setStart(texts.currentNode, word.index)
                    range.setEnd(texts.currentNode, word.index + word[0].length)
                    if (range.getClientRects().length > 1) broken.push(word[0])
                }
            return broken
        }"""
    )
    assert broken == []


def test_a_snippet_can_be_opened(page: Page, address: str) -> None:
    response = page.request.get(f"{address}/snippets/start/container.sh")
    assert response.ok
    assert re.search(r"^hostname$", response.text(), re.MULTILINE)
