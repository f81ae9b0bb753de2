"""The transcript block in a real Chromium: walked by keyboard, linked to, and on a small screen."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.site.waiting import wait_until

PAGE = "isolation/namespaces"
NOTED = "isolation/namespaces/pid"


def test_arrow_keys_walk_from_step_to_step(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    steps = page.locator("#start-container .step")
    page.locator("#start-container .transcript-steps").focus()
    for number in (0, 1, 2):
        page.keyboard.press("ArrowDown")
        expect(steps.nth(number)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(steps.nth(1)).to_be_focused()


def test_arrow_keys_go_past_what_is_folded_away(page: Page, address: str) -> None:
    page.goto(f"{address}/{NOTED}/")
    steps = page.locator("#isolation-pid .transcript-steps")
    steps.focus()
    page.keyboard.press("ArrowDown")
    expect(steps.locator(":scope > .step").first).to_be_focused()
    folded = steps.locator(".step-hidden")
    expect(folded.locator(".step").first).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(folded).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(folded.locator("xpath=following-sibling::li").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(folded).to_be_focused()


def test_what_scrolls_sideways_can_be_reached_by_keyboard(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{address}/{PAGE}/")
    wait_until(page, "!!document.querySelector('.transcript pre[tabindex=\"0\"]')")
    unreachable = page.evaluate(
        "[...document.querySelectorAll('.transcript pre')].filter("
        "pre => pre.checkVisibility({ contentVisibilityAuto: true })"
        " && pre.scrollWidth > pre.clientWidth && pre.tabIndex !== 0).length"
    )
    assert unreachable == 0


def test_what_differs_from_run_to_run_says_so(page: Page, address: str) -> None:
    page.goto(f"{address}/{PAGE}/")
    value = page.locator(".transcript .volatile").first
    assert "실행할 때마다 다르다" in (value.get_attribute("title") or "")
    figure = page.locator(".transcript", has=page.locator(".volatile")).first
    expect(figure.locator(".transcript-legend")).to_be_visible()


def box_of(element: Locator) -> tuple[float, float, float, float]:
    """Left, top, right, bottom."""
    box = element.bounding_box()
    assert box
    return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]


@pytest.mark.parametrize(("width", "is_beside"), [(1280, True), (320, False)])
def test_a_note_stands_beside_what_was_printed_or_below_it(
    width: int, is_beside: bool, page: Page, address: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}/{NOTED}/")
    step = page.locator('#isolation-pid [data-step="old-proc"]')
    printed, note = box_of(step.locator("samp")), box_of(step.locator(".step-note"))
    command, whole = box_of(step.locator(".step-command")), box_of(step)
    assert note[1] >= command[3]
    assert (note[0] >= printed[2]) == is_beside
    assert (note[1] >= printed[3]) != is_beside
    assert note[2] <= whole[2]


def test_prose_leads_to_a_note_and_a_part_to_the_next(page: Page, address: str) -> None:
    page.goto(f"{address}/{NOTED}/")
    page.locator(".note-link").first.click()
    expect(page.locator("#isolation-pid-new-proc-note")).to_be_in_viewport()
    first, second = page.locator('figure[data-snippet="isolation/pid-signals"]').all()
    first.locator(".transcript-part a").click()
    expect(second.locator(".step").first).to_be_in_viewport()
    second.locator(".transcript-continued a").click()
    expect(first.locator('[data-step="alive"]')).to_be_in_viewport()


def test_on_paper_answers_stand_below_their_questions(page: Page, address: str) -> None:
    page.goto(f"{address}/{NOTED}/")
    answer = page.locator("details.question > p").first
    expect(answer).to_be_hidden()
    page.emulate_media(media="print")
    expect(answer).to_be_visible()
