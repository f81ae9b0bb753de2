"""What does not fit the window: all pages, at the widths of a phone and of two screens."""

import io
from typing import Literal

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.site.axe import SETTLED
from tests.site.walk import MEASURE, Visit

KINDS = {
    "sideways": "the page scrolls sideways",
    "commands": "commands are cut off",
    "cut": "text is cut off, and nothing shows that there is more",
    "broken": "words are broken",
    "stranded": "a line begins with a comma or the like",
    "signs": "the sign after a heading takes a line of its own",
}


@pytest.mark.parametrize("kind", KINDS)
def test_pages_fit(kind: str, walked: list[Visit]) -> None:
    found = [f"{visit.path} {text}" for visit in walked for of, text in visit.misfits if of == kind]
    assert not found, KINDS[kind]


def test_a_misfit_is_found(page: Page, address: str) -> None:
    """The measure itself: each kind is made, and seen."""
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{address}/docker/buildx/")
    page.evaluate(
        """() => {
            const article = document.querySelector("article")
            const add = (html) => article.insertAdjacentHTML("beforeend", html)
            const last = () => article.lastElementChild
            add("<p>가나다라마바사</p>"), last().style.width = "3em"
            add("<p><b>A heading</b>, and the rest</p>")
            last().firstElementChild.style.display = "block"
            add("<pre>" + "x".repeat(500) + "</pre>"), last().style.overflow = "auto"
            for (const line of document.querySelectorAll(".step-command"))
                line.style.whiteSpace = "pre"
            const sign = document.querySelector("h1 > .headerlink")
            sign.style.setProperty("position", "static")
            sign.style.setProperty("padding-left", "350px")
            add("<div>wide</div>"), last().style.width = "900px"
            document.querySelector(".md-content").style.overflow = "visible"
        }"""
    )
    found = page.evaluate(MEASURE)
    assert {kind for kind, texts in found.items() if texts} == set(KINDS)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("path", "selector"),
    [
        ("/docker/ports/", ".transcript .step-output"),
        ("/isolation/comparison/", ".md-typeset__scrollwrap"),
        ("/contributing/", "pre > code"),
    ],
)
def test_what_goes_on_at_the_side_shows_it(
    path: str, selector: str, scheme: Literal["light", "dark"], page: Page, address: str
) -> None:
    """The strip at the right edge is shaded as long as there is more, and then no longer."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{address}{path}")
    page.evaluate(SETTLED)
    wide = page.locator(selector).evaluate_all(
        "all => all.findIndex(one => one.scrollWidth > one.clientWidth + 30 && one.offsetHeight)"
    )
    assert wide >= 0
    box = page.locator(selector).nth(wide)
    box.scroll_into_view_if_needed()
    ground = _pixel(box, -30)
    assert _apart(_pixel(box, -3), ground) > 25
    box.evaluate("one => (one.scrollLeft = one.scrollWidth)")
    assert _apart(_pixel(box, -3), ground) < 10
    assert _apart(_pixel(box, 2), ground) > 25


def _pixel(box: Locator, across: int) -> tuple[int, ...]:
    """The colour in the second row, where no text is."""
    image = Image.open(io.BytesIO(box.screenshot())).convert("RGB")
    colour = image.getpixel((across % image.width, 2))
    assert isinstance(colour, tuple)
    return colour


def _apart(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def test_a_wrapped_command_is_copied_in_one_line(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{address}/docker/buildx/")
    page.evaluate(SETTLED)
    lines = page.locator(".step-line")
    wrapped = lines.evaluate_all("all => all.findIndex(line => line.offsetHeight > 60)")
    assert wrapped >= 0, "no command takes three lines of a phone"
    line = lines.nth(wrapped)
    line.locator("kbd").click(click_count=3, position={"x": 5, "y": 5})
    page.keyboard.press("Control+C")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.rstrip("\r\n") == line.locator("kbd").text_content()


def test_lines_of_a_command_are_copied_as_lines(page: Page, address: str) -> None:
    page.goto(f"{address}/isolation/cgroups/")
    commands = page.locator(".step-command")
    several = commands.evaluate_all(
        "all => all.findIndex(one => one.children.length > 1 && one.checkVisibility())"
    )
    assert several >= 0, "no command has several lines"
    lines = commands.nth(several).locator("kbd")
    lines.first.click(position={"x": 1, "y": 5})
    page.keyboard.down("Shift")
    box = lines.last.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] + 5, box["y"] + box["height"] - 4)
    page.keyboard.up("Shift")
    page.keyboard.press("Control+C")
    copied = page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n")
    assert copied.rstrip("\n") == "\n".join(lines.all_text_contents())


def test_a_heading_of_any_length_keeps_its_height(page: Page, address: str) -> None:
    page.goto(f"{address}/isolation/chroot/")
    heading = page.locator("h2").first
    expect(heading.locator(".headerlink")).to_have_text("#")
    heading.hover()
    expect(heading.locator(".headerlink")).to_have_css("opacity", "1")
