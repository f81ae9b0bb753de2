""" "Run here" in the bar of a transcript: what it loads, where the machine stands, what is lit."""

import math
import re

import pytest
from playwright.sync_api import Page, Route, expect

from snippetlab.project import Project
from snippetlab.snippet.library import load_library
from tests.site.axe import violations
from tests.site.drawer import PROMPT, box_of, ended, frame_of, press, run
from tests.support import ROOT

pytestmark = pytest.mark.pages("isolation/namespaces/uts")
UTS = "isolation/uts"
BUTTON = f'.transcript-run[data-snippet="{UTS}"]'
FIGURE = f'.transcript:has([data-snippet="{UTS}"])'
HEARD = """() => {
  window.heard = []
  document.addEventListener("step-lit", ({ target, detail }) => {
    const lit = [...target.querySelectorAll(".step-lit")]
    const steps = [...target.querySelectorAll(":scope > .transcript-steps > .step")]
    heard.push([detail.step, lit.map((step) => steps.indexOf(step)).join()])
  })
}"""


@pytest.fixture(params=[(1200, 1000), (1440, 1000)], ids=lambda size: f"{size[0]}")
def wide(request: pytest.FixtureRequest, here: Page) -> Page:
    width, height = request.param
    here.set_viewport_size({"width": width, "height": height})
    return here


@pytest.mark.pages("isolation/namespaces/uts", "playground")
def test_the_button_says_what_it_loads_until_that_is_here(
    machine: dict[str, dict[str, int]], here: Page, address: str
) -> None:
    sizes = machine["sizes"]
    starting = ("state.bin.zst", "v86.wasm", "libv86.mjs", "xterm.mjs", "xterm.css")
    least = sum(sizes[name] for name in starting)
    first = f"{least / 1e6:.0f}"
    expect(here.locator(BUTTON)).to_have_text(f"여기서 실행 처음 한 번 {first}MB 내려받음")
    here.goto(f"{address}/en/isolation/namespaces/uts/")
    expect(here.locator(BUTTON)).to_have_text(f"Run here loads {first} MB, once")
    run(here)
    expect(here.locator(BUTTON)).to_have_text("Run here")
    here.locator(".drawer-close").click()
    expect(here.locator(BUTTON)).to_have_text("Run here")
    # Another page, with a snippet that needs more than the machine itself.
    here.goto(f"{address}/en/playground/")
    more = here.locator('.transcript-run[data-snippet="playground/runc"]')
    loads = more.locator(".transcript-loads").get_attribute("data-loads") or ""
    parts = {name: int(size) for name, size in (part.split("=") for part in loads.split())}
    assert parts.pop("machine") == least
    assert parts
    assert parts == {name: sizes[f"{name}.tar.gz"] for name in parts}
    left = math.ceil(sum(parts.values()) / 1e6)
    expect(more).to_have_text(f"Run here loads {left} MB, once")


def test_where_there_is_room_the_machine_stands_beside_the_text(wide: Page) -> None:
    button, transcript = wide.locator(BUTTON), wide.locator(FIGURE)
    before = box_of(transcript)["y"]
    frame = run(wide)
    figure, drawer = box_of(transcript), box_of(wide.locator(".drawer"))
    assert figure["x"] >= 0
    assert figure["x"] + figure["width"] <= drawer["x"]
    assert figure["width"] > 500
    assert drawer["y"] == 0
    assert drawer["height"] == wide.viewport_size["height"]  # type: ignore[index]
    assert wide.evaluate("document.documentElement.scrollWidth") <= wide.evaluate("innerWidth")
    # A transcript that was in view stays where it was.
    assert abs(figure["y"] - before) < 2
    expect(frame.locator(PROMPT)).to_be_focused()
    wide.locator(".drawer-close").click()
    expect(button).to_be_focused()
    assert abs(box_of(transcript)["y"] - before) < 2


def test_in_a_narrower_window_it_stands_below(here: Page) -> None:
    here.set_viewport_size({"width": 1199, "height": 800})
    press(here, UTS)
    drawer = box_of(here.locator(".drawer"))
    assert (drawer["x"], drawer["width"]) == (0, 1199)
    assert drawer["y"] + drawer["height"] == 800
    here.set_viewport_size({"width": 1200, "height": 800})
    assert box_of(here.locator(".drawer"))["y"] == 0
    expect(here.locator(".drawer-grip")).to_have_attribute("aria-orientation", "vertical")


def test_its_width_is_changed_by_keyboard_and_by_mouse_and_remembered(wide: Page) -> None:
    press(wide, UTS)
    grip = wide.locator(".drawer-grip")
    before = int(grip.get_attribute("aria-valuenow") or 0)
    grip.focus()
    wide.keyboard.press("ArrowRight")
    expect(grip).to_have_attribute("aria-valuenow", str(before - 40))
    assert box_of(wide.locator(".drawer"))["width"] == before - 40
    box = box_of(grip)
    wide.mouse.move(box["x"] + 2, box["y"] + 300)
    wide.mouse.down()
    wide.mouse.move(box["x"] + 62, box["y"] + 300)
    wide.mouse.up()
    changed = int(grip.get_attribute("aria-valuenow") or 0)
    assert before - 105 < changed < before - 95
    wide.reload()
    press(wide, UTS)
    expect(grip).to_have_attribute("aria-valuenow", str(changed))


def test_each_step_is_lit_while_it_runs(here: Page) -> None:
    here.evaluate(HEARD)
    run(here)
    shown = here.locator(f"{FIGURE} > .transcript-steps > .step").count()
    expect(here.locator(".step-lit")).to_have_count(0)
    heard = here.evaluate("heard")
    assert [where for _, where in heard] == [str(number) for number in range(shown)]
    assert [name for name, _ in heard] == [str(number) for number in range(1, shown + 1)]


def test_step_by_step_the_one_that_ran_last_stays_lit(here: Page) -> None:
    frame = run(here)
    for number in range(2):
        frame.locator("#next").click()
        expect(frame.locator(".status")).to_contain_text("다음 단계")
        lit = here.locator(f"{FIGURE} > .transcript-steps > .step").nth(number)
        expect(lit).to_have_class(re.compile("step-lit"))
        expect(here.locator(".step-lit")).to_have_count(1)
    frame.locator("#reset").click()
    expect(here.locator(".step-lit")).to_have_count(0)


@pytest.mark.pages("isolation/namespaces/uts", "isolation/chroot")
def test_who_reads_on_is_not_taken_back(here: Page, address: str) -> None:
    here.set_viewport_size({"width": 1280, "height": 500})
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    here.route("**/state.bin.zst", hold)
    press(here, UTS)
    expect(frame_of(here).locator(".status")).to_contain_text("내려받는 중")
    here.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    at = box_of(here.locator(".md-footer"))["y"]
    held[0].continue_()
    ended(frame_of(here))
    assert abs(box_of(here.locator(".md-footer"))["y"] - at) < 2


def test_the_prompt_says_what_it_is_and_escape_leads_out_of_everything_else(here: Page) -> None:
    frame = run(here)
    prompt, button = frame.locator(PROMPT), here.locator(BUTTON)
    expect(prompt).to_be_focused()
    expect(prompt).to_have_attribute("aria-label", re.compile("프롬프트.*F6"))
    here.keyboard.press("Escape")
    expect(prompt).to_be_focused()
    frame.locator("#reset").focus()
    here.keyboard.press("Escape")
    expect(button).to_be_focused()
    here.keyboard.press("F6")
    expect(prompt).to_be_focused()
    frame.locator("#next").click()
    frame.locator("#yes").click()  # the shell has got an Escape
    field = frame.locator(".own textarea")
    expect(field).to_be_visible()
    here.keyboard.press("x")  # what is typed at a button is meant for the prompt
    expect(field).to_be_focused()
    expect(field).to_have_value("x")
    expect(field).to_have_attribute("aria-label", re.compile(r"^[$#].*명령"))
    here.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_by_keyboard_alone(wide: Page) -> None:
    button = wide.locator(BUTTON)
    button.focus()
    wide.keyboard.press("Enter")
    frame = ended(frame_of(wide))
    expect(frame.locator(PROMPT)).to_be_focused()
    wide.keyboard.press("F6")
    expect(button).to_be_focused()
    wide.locator(".drawer-close").focus()
    wide.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(wide.locator(".drawer")).to_have_count(0)


def test_axe_finds_nothing_with_the_machine_beside_the_text(wide: Page) -> None:
    wide.emulate_media(reduced_motion="reduce")
    run(wide)
    for scheme in ("light", "dark"):
        wide.emulate_media(color_scheme=scheme)
        expect(frame_of(wide).locator("html")).to_have_attribute("data-scheme", scheme)
        assert [violations(document) for document in wide.frames] == [[], []]


def test_print_shows_none_of_it(wide: Page) -> None:
    frame = run(wide)
    frame.locator("#next").click()
    expect(wide.locator(".step-lit")).to_have_count(1)
    wide.emulate_media(media="print")
    for hidden in (".drawer", BUTTON):
        expect(wide.locator(hidden)).to_be_hidden()
    padding = "b => { const s = getComputedStyle(b); return [s.paddingRight, s.paddingBottom] }"
    assert wide.locator("body").evaluate(padding) == ["0px", "0px"]
    lit = wide.locator(".step-lit > .step-command")
    assert lit.evaluate("e => getComputedStyle(e).boxShadow") == "none"
    docked = _sheets(wide)
    wide.emulate_media(media="screen")
    wide.locator(".drawer-close").click()
    wide.emulate_media(media="print")
    assert docked == _sheets(wide), "the machine takes a part of the paper"


def _sheets(page: Page) -> int:
    """How many sheets of paper the page takes."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))


@pytest.mark.pages("isolation/namespaces/user")
@pytest.mark.parametrize(("language", "below"), [("ko", ""), ("en", "en/")])
def test_where_there_is_no_button_the_reason_stands(
    language: str, below: str, machine: dict[str, object], page: Page, address: str
) -> None:
    assert machine
    snippet = load_library(Project(ROOT)).entries["isolation/user-once"].snippet
    page.goto(f"{address}/{below}isolation/namespaces/user/")
    head = page.locator("#isolation-user-once .transcript-head")
    expect(head.locator(".transcript-elsewhere")).to_contain_text(
        snippet.elsewhere[language].replace("`", "")
    )
    expect(head.locator("button")).to_have_count(0)
