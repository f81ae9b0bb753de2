"""A reader's ways through the site, by clicks, pastes and the back button, in a real Chromium."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.site.drawer import run
from tests.site.waiting import says
from tests.support import wait_for

SEARCH = ".md-search__input"
RESULTS = ".md-search-result__item > a.md-search-result__link"


@pytest.fixture
def home(page: Page, address: str) -> Page:
    """The Korean home page, which a reader has come to from elsewhere."""
    page.goto(f"{address}/", wait_until="networkidle")
    return page


def paste(page: Page, text: str) -> None:
    """Into what has the focus, by the browser's own command, as from its menu: no key goes up."""
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    session = page.context.new_cdp_session(page)
    session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "commands": ["paste"]})


def switch(page: Page, language: str) -> None:
    page.mouse.move(5, 500)
    page.locator(".md-header .md-select > button").hover()
    page.locator(".md-select__link", has_text=language).click()


def follow(page: Page, selector: str, url: str) -> None:
    """Click a link within the site: the page is changed, not loaded anew."""
    page.evaluate("window.same = true")
    page.locator(selector).first.click()
    expect(page).to_have_url(url)
    assert page.evaluate("window.same"), "the page was loaded anew: is instant navigation on?"


def test_a_readers_walk(home: Page, address: str) -> None:
    home.locator(SEARCH).click()
    paste(home, "IPC 네임스페이스")
    first = home.locator(RESULTS).first
    expect(first).to_contain_text("IPC")
    first.click()
    here, before = "/isolation/namespaces/ipc/", "/isolation/namespaces/uts/"
    expect(home).to_have_url(re.compile(re.escape(address + here)))
    expect(home.locator(".md-content h1")).to_contain_text("IPC")
    follow(home, ".md-footer__link--prev", address + before)
    switch(home, "English")
    expect(home).to_have_url(f"{address}/en{before}")
    expect(home.locator("html")).to_have_attribute("lang", "en")
    if home.locator(".transcript-run").count():  # where the machine in the tab is built
        expect(run(home).locator(".status")).to_have_class(re.compile("same"))
    home.go_back()
    expect(home).to_have_url(address + before)
    expect(home.locator(".md-content h1")).to_contain_text("UTS")
    home.go_back()
    expect(home).to_have_url(re.compile(re.escape(address + here)))
    expect(home.locator(".md-content h1")).to_contain_text("IPC")
    switch(home, "English")
    expect(home).to_have_url(f"{address}/en{here}")


def test_a_button_that_would_do_nothing_yet_is_not_there(page: Page, address: str) -> None:
    held: list[Route] = []

    def asked() -> bool:
        page.wait_for_timeout(50)
        return bool(held)

    page.route("**/drawer.mjs", lambda route: held.append(route))
    page.goto(f"{address}/isolation/namespaces/uts/", wait_until="commit")
    button = page.locator(".transcript-run").first
    expect(button).to_be_attached()
    expect(button).to_be_hidden()
    wait_for(asked)
    held[0].continue_()
    expect(button).to_be_visible()


@pytest.mark.parametrize("query", ["chroot", "오버레이"])
def test_what_is_pasted_is_searched(query: str, home: Page) -> None:
    home.locator(SEARCH).click()
    paste(home, query)
    expect(home.locator(RESULTS).first).to_be_visible()
    home.locator(".md-search [type=reset]").click()
    paste(home, "digest")
    expect(home.locator(RESULTS).first).to_contain_text("다이제스트")


def test_what_is_dictated_is_searched(home: Page) -> None:
    home.locator(SEARCH).click()
    home.keyboard.insert_text("네임스페이스")  # text without keys, as an input method gives it
    expect(home.locator(RESULTS).first).to_contain_text("네임스페이스")


def test_the_language_switch_follows_every_click(home: Page, address: str) -> None:
    next_, previous = ".md-footer__link--next", ".md-footer__link--prev"
    tab = ".md-tabs__link[href*='/docker/']"
    follow(home, tab, f"{address}/docker/")
    switch(home, "English")
    expect(home).to_have_url(f"{address}/en/docker/")
    for path in ("docker/history/", "docker/daemon/", "docker/desktop/"):
        home.wait_for_load_state("networkidle")
        follow(home, next_, f"{address}/en/{path}")
        switch(home, "한국어")
        expect(home).to_have_url(f"{address}/{path}")
        switch(home, "English")
        expect(home).to_have_url(f"{address}/en/{path}")
    home.wait_for_load_state("networkidle")
    follow(home, previous, f"{address}/en/docker/daemon/")
    home.go_back()
    expect(home.locator(".md-content h1")).to_contain_text("Desktop")
    switch(home, "한국어")
    expect(home).to_have_url(f"{address}/docker/desktop/")


def test_the_language_switch_follows_to_the_heading(home: Page, address: str) -> None:
    follow(home, "article a[href$='/isolation/chroot/']", f"{address}/isolation/chroot/")
    home.locator(".md-sidebar--secondary a[href$='#escape']").click()
    expect(home).to_have_url(f"{address}/isolation/chroot/#escape")
    switch(home, "English")
    expect(home).to_have_url(f"{address}/en/isolation/chroot/#escape")


def test_from_a_page_of_one_language_the_switch_leads_home(page: Page, address: str) -> None:
    """And on, from the next page, to that page again. Such a page names no other in its head."""

    def alone(route: Route) -> None:
        text = route.fetch().text()
        route.fulfill(body=re.sub(r"<link rel=\"alternate page\" hreflang[^>]*>", "", text))

    page.route("**/docker/history/", alone)
    page.goto(f"{address}/docker/", wait_until="networkidle")
    follow(page, ".md-footer__link--next", f"{address}/docker/history/")
    english = page.locator(".md-select__link[hreflang=en]")
    expect(english).to_have_attribute("href", f"{address}/en/")
    follow(page, ".md-footer__link--next", f"{address}/docker/daemon/")
    expect(english).to_have_attribute("href", f"{address}/en/docker/daemon/")
    page.go_back()
    expect(english).to_have_attribute("href", f"{address}/en/")
    switch(page, "English")
    expect(page).to_have_url(f"{address}/en/")


def test_copy_clicked_twice_says_its_name_again(home: Page) -> None:
    button = home.locator(".transcript-copy").first
    for _ in range(3):
        with says(button, "복사함"):
            button.click()
    expect(button).to_have_text("명령 복사")


def test_a_transcript_says_that_it_ran_as_root(home: Page) -> None:
    transcript = home.locator("#start-container")
    expect(transcript.locator(".transcript-user")).to_be_in_viewport()
    expect(transcript.locator(".transcript-own")).to_contain_text("sudo -i")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_sign_of_root_lies_beside_its_claim(home: Page, width: int) -> None:
    """And not on the first command, where a claim fills its line."""
    home.set_viewport_size({"width": width, "height": 900})
    head = home.locator("#start-container .transcript-head")
    for language in ("한국어", "English"):
        switch(home, language)
        around = head.bounding_box()
        sign = head.locator(".transcript-user").bounding_box()
        assert around is not None
        assert sign is not None
        assert around["y"] <= sign["y"]
        assert sign["y"] + sign["height"] <= around["y"] + around["height"]


def test_a_search_mark_in_a_transcript_looks_like_one(home: Page) -> None:
    """And not like what differs between two transcripts."""
    home.locator(SEARCH).click()
    paste(home, "unshare")
    home.locator(RESULTS).first.click()
    mark = home.locator(".transcript mark[data-md-highlight]").first
    expect(mark).to_have_css("border-bottom-width", "0px")
    expect(mark).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")


def test_on_paper_only_links_that_leave_say_where_to(home: Page, address: str) -> None:
    follow(home, "article a[href$='/isolation/chroot/']", f"{address}/isolation/chroot/")
    home.emulate_media(media="print")
    shown = home.locator("article a").evaluate_all(
        """links => links.filter(link => getComputedStyle(link, "::after").content.includes("http"))
            .map(link => link.href)"""
    )
    assert shown
    assert not [link for link in shown if link.startswith(address)]


def test_a_term_is_explained_in_readable_type(home: Page, address: str) -> None:
    home.goto(f"{address}/isolation/overlay/")
    home.locator("article abbr[title]").first.hover()
    told = home.locator(".md-tooltip2--active .md-tooltip2__inner")
    expect(told).to_be_visible()
    size, weight = told.evaluate(
        "e => [parseFloat(getComputedStyle(e).fontSize), getComputedStyle(e).fontWeight]"
    )
    assert size >= 12
    assert weight == "400"


def test_without_scripts_nothing_is_offered_that_needs_them(page: Page, address: str) -> None:
    with page.context.browser.new_context(java_script_enabled=False) as context:  # type: ignore[union-attr]
        bare = context.new_page()
        for path in ("/playground/", "/en/playground/", "/docker/buildx/"):
            bare.goto(f"{address}{path}")
            expect(bare.locator(".md-content h1")).to_be_visible()
            buttons = bare.locator("button:visible, article [data-machine]:visible")
            # The menu of languages opens without a script.
            assert [b.get_attribute("class") for b in buttons.all()] == [
                "md-header__button md-icon"
            ]


def test_the_page_on_verification_begins_with_results(page: Page, address: str) -> None:
    page.goto(f"{address}/verification/")
    first = page.locator("article table").first
    expect(first).to_contain_text("about/")
    expect(first).to_be_in_viewport()
    page.locator(".md-sidebar--secondary a[href$='#lab']").click()
    # Tables on the way were not laid out yet.
    expect(page.locator("#lab")).to_be_in_viewport()
