"""A picture that steps, in a real Chromium: by button and key, and tied to its transcript."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.site import axe

PAGE = "isolation/namespaces/pid"

CONTRAST = "docker/union-file-system"

pytestmark = pytest.mark.pages(PAGE, CONTRAST)


@pytest.fixture
def picture(page: Page, address: str) -> Locator:
    page.goto(f"{address}/en/{PAGE}/")
    return page.locator("#picture-pid-tree")


def count(picture: Locator) -> Locator:
    return picture.locator(".picture-count")


def shown(picture: Locator) -> Locator:
    return picture.locator(".picture-frame").filter(visible=True)


def test_buttons_lead_from_frame_to_frame(picture: Locator) -> None:
    expect(count(picture)).to_contain_text("1/6")
    expect(shown(picture)).to_have_attribute("data-step", "unshare")
    picture.get_by_role("button", name="Next frame").click()
    expect(count(picture)).to_contain_text("2/6")
    expect(shown(picture)).to_have_attribute("data-step", "sleep")
    back = picture.get_by_role("button", name="Previous frame")
    back.click()
    expect(count(picture)).to_contain_text("1/6")
    expect(shown(picture)).to_have_count(1)
    expect(back).to_be_disabled()
    back.dispatch_event("click")
    expect(count(picture)).to_contain_text("1/6")


def test_keys_lead_there_too(page: Page, picture: Locator) -> None:
    picture.get_by_role("button", name="Next frame").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(count(picture)).to_contain_text("3/6")
    page.keyboard.press("ArrowLeft")
    expect(count(picture)).to_contain_text("2/6")
    page.keyboard.press("End")
    expect(count(picture)).to_contain_text("6/6")
    page.keyboard.press("Home")
    expect(count(picture)).to_contain_text("1/6")
    # Who listens hears what the frame says.
    expect(count(picture)).to_contain_text("`unshare` makes".replace("`", ""))


def test_nothing_below_moves(page: Page, picture: Locator) -> None:
    below = page.locator("#isolation-pid-orphan")
    picture.get_by_role("button", name="Next frame").scroll_into_view_if_needed()
    places = set()
    for frame in range(6):
        if frame:
            picture.get_by_role("button", name="Next frame").click()
        places.add(below.evaluate("element => element.getBoundingClientRect().top + scrollY"))
    assert len(places) == 1


def test_the_picture_lights_its_step(page: Page, picture: Locator) -> None:
    page.evaluate("document.addEventListener('step-lit', (e) => (document.title = e.detail.step))")
    picture.get_by_role("button", name="Next frame").click()
    lit = page.locator("#isolation-pid-outside .step-lit")
    expect(lit).to_have_count(1)
    expect(lit.locator(".step-command")).to_contain_text("sleep infinity &")
    expect(page).to_have_title("sleep")


def test_pointing_at_a_step_shows_its_frame(page: Page, picture: Locator) -> None:
    page.locator("#isolation-pid-outside-numbers .step-command").hover()
    expect(shown(picture)).to_have_attribute("data-step", "numbers")
    expect(page.locator("#isolation-pid-outside .step-lit")).to_have_id(
        "isolation-pid-outside-numbers"
    )
    # Where the page moves below a resting pointer, the keyboard alone leads on.
    page.locator("#isolation-pid-outside-unshare").evaluate(
        "step => { step.tabIndex = -1; step.focus() }"
    )
    expect(shown(picture)).to_have_attribute("data-step", "unshare")


def test_a_step_that_something_else_lights_shows_its_frame(page: Page, picture: Locator) -> None:
    page.locator("#isolation-pid-outside").evaluate(
        "figure => figure.dispatchEvent(new CustomEvent('step-lit',"
        " { bubbles: true, detail: { step: 'kill' } }))"
    )
    expect(shown(picture)).to_have_attribute("data-step", "kill")


def test_the_step_may_stand_in_a_contrast(page: Page, address: str) -> None:
    page.goto(f"{address}/en/{CONTRAST}/")
    picture = page.locator("#picture-layer-sizes")
    picture.get_by_role("button", name="Next frame").click()
    expect(page.locator(".contrast .step-lit")).to_have_id("docker-layer-delete-history")
    page.locator("#docker-layer-delete-total .step-command").hover()
    expect(shown(picture)).to_have_attribute("data-step", "total")


def test_without_scripts_and_on_paper_all_frames_stand_there(
    browser: Browser, page: Page, picture: Locator, address: str
) -> None:
    page.emulate_media(media="print")
    expect(shown(picture)).to_have_count(6)
    expect(picture.get_by_role("button")).to_have_count(0)
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{address}/en/{PAGE}/")
    there = plain.locator("#picture-pid-tree")
    assert there.locator(".picture-frame").filter(visible=True).count() == 6
    assert there.get_by_role("button").count() == 0
    context.close()


def test_on_paper_it_is_light_as_the_page_is(page: Page, picture: Locator) -> None:
    page.emulate_media(media="screen", color_scheme="dark")
    expect(picture).to_have_css("background-color", "rgb(21, 28, 36)")
    page.emulate_media(media="print", color_scheme="dark")
    for figure in (picture, page.locator("#isolation-pid-outside")):
        expect(figure).to_have_css("background-color", "rgb(246, 248, 249)")


def test_the_markdown_copy_has_every_frame(page: Page, picture: Locator, address: str) -> None:
    captions = picture.locator(".picture-caption").all_text_contents()
    copy = page.request.get(f"{address}/en/{PAGE}.md").text()
    assert len(captions) == 6
    plain = re.sub(r"[`\\]", "", copy)
    assert all(caption in plain for caption in captions)
    drawn = picture.locator("desc").first.text_content() or ""
    assert drawn in plain


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_frame(page: Page, picture: Locator, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for frame in range(6):
        if frame:
            picture.get_by_role("button", name="Next frame").click()
        assert axe.violations(page, "[document.querySelector('#picture-pid-tree')]") == []


def test_on_a_small_phone_it_fits(page: Page, picture: Locator) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    drawing = shown(picture).locator("svg")
    box = drawing.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    small = page.evaluate(
        "svg => Math.min(...[...svg.querySelectorAll('text')].map("
        "text => parseFloat(getComputedStyle(text).fontSize) * svg.getScreenCTM().a))",
        drawing.element_handle(),
    )
    assert small >= 9
