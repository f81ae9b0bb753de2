"""The machine in the tab under fingers: everything is large enough, and keys that a phone lacks."""

import pytest
from playwright.sync_api import Browser, expect

from tests.site.drawer import box_of, copy, frame_of

pytestmark = pytest.mark.pages("playground")

PHONE = {"width": 360, "height": 740}
FINGER = 44
"""Pixels that a finger needs."""


def test_with_fingers_on_a_phone(
    machine: dict[str, object], browser: Browser, address: str
) -> None:
    assert machine
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/playground/")
    for button in page.locator(".transcript-run").all():
        assert box_of(button)["height"] >= FINGER
    page.locator(".md-button[data-machine]").tap()
    frame = frame_of(page)
    expect(frame.locator(".status")).to_contain_text("Linux")
    targets = [page.locator(".drawer-close")]
    targets += frame.locator("button:visible").all()
    for target in targets:
        box = box_of(target)
        assert min(box["width"], box["height"]) >= FINGER, target
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    rows, key = frame.locator(".xterm-rows"), frame.locator(".keys button")
    copy(page, "touch a-long-name")
    key.filter(has_text="붙여넣기").tap()
    frame.locator(".xterm-screen").tap()
    page.keyboard.press("Enter")
    page.keyboard.type("ls a-l")
    key.filter(has_text="Tab").tap()
    expect(rows).to_contain_text("ls a-long-name")
    key.filter(has_text="Ctrl").tap()
    page.keyboard.type("c")
    expect(rows).to_contain_text("^C")
    key.filter(has_text="↑").tap()
    expect(rows).to_contain_text("# touch a-long-name")
    context.close()
