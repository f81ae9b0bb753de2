"""What readers see when the machine does not come, breaks, or comes late."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.site.drawer import PROMPT, box_of, frame_of, press, run
from tests.site.walk import Visit

pytestmark = pytest.mark.pages("isolation/namespaces/uts")

UTS, OTHER = "isolation/uts", "isolation/uts-kernel"
TYPES = {".html": "text/html", ".json": "application/json", ".mjs": "text/javascript"}


@pytest.fixture
def reader(machine: dict[str, object], browser: Browser, address: str) -> Iterator[Page]:
    """The page on UTS namespaces; a browser may complain here."""
    assert machine
    page = browser.new_page()
    page.goto(f"{address}/isolation/namespaces/uts/")
    yield page
    page.context.close()


def test_each_part_that_fails_is_said_and_tried_again(reader: Page, site: Path) -> None:
    """One after another in one drawer, and at last it runs."""
    stopped = {"blockedbyclient": "내려받지 못했다", "missing": "내려받지 못했다", "cut": "손상된"}
    parts = {
        "terminal.html": "불러오지 못했다",
        "words.mjs": "불러오지 못했다",
        "libv86.mjs": "내려받지 못했다",
        "machine.json": None,
        "state.bin.zst": None,
        "v86.wasm": None,
        "uts.json": None,
    }
    frame = frame_of(reader)
    for number, (part, own) in enumerate(parts.items()):
        for how, said in stopped.items():
            pattern = f"**/{part}*"
            asked: list[str] = []
            reader.route(pattern, _broken(how, site, asked))
            if number % 2 or not reader.locator(".drawer").count():
                press(reader, UTS)  # the button on the page is another way to try again
            else:
                _again(reader)
            while not asked:
                reader.wait_for_timeout(50)
            notice = reader.locator(".drawer-notice p") if "불러" in (own or "") else None
            expect(notice or frame.locator(".status.failed")).to_contain_text(own or said)
            if not notice:
                expect(frame.locator(".screen")).to_be_hidden()
            reader.unroute(pattern)
    _again(reader)
    expect(frame.locator(".status.same")).to_be_visible()


def test_offline_it_waits_for_the_network(reader: Page) -> None:
    reader.context.set_offline(True)
    press(reader, UTS)
    notice = reader.locator(".drawer-notice")
    expect(notice).to_contain_text("연결되어 있지 않다")
    expect(notice.get_by_role("button")).to_be_focused()
    # It covers the frame, in which the browser shows an error of its own.
    box = box_of(reader.locator(".drawer iframe"))
    at = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    assert notice.evaluate("(notice, at) => document.elementFromPoint(...at) === notice", at)
    reader.context.set_offline(False)
    expect(frame_of(reader).locator(".status.same")).to_be_visible()


def test_a_network_that_breaks_off_is_waited_for(reader: Page) -> None:
    """The frame is there, and the machine is on its way."""
    held: list[Route] = []
    reader.route("**/state.bin.zst", lambda route: held.append(route))
    frame = press(reader, UTS)
    expect(frame.locator(".status")).to_contain_text("내려받는 중")
    reader.context.set_offline(True)
    held[0].abort("internetdisconnected")
    expect(frame.locator(".status.failed")).to_contain_text("연결되어 있지 않아")
    reader.unroute("**/state.bin.zst")
    reader.context.set_offline(False)
    expect(frame.locator(".status.same")).to_be_visible()


@pytest.mark.parametrize(
    ("script", "said", "again"),
    [
        ("delete globalThis.WebAssembly", "WebAssembly", False),
        # As Chromium says it.
        (
            "WebAssembly.instantiate = async () => {"
            " throw new RangeError('WebAssembly.instantiate(): Out of memory') }",
            "메모리",
            True,
        ),
    ],
)
def test_what_the_browser_refuses_is_said(
    script: str, said: str, again: bool, reader: Page
) -> None:
    reader.add_init_script(script)
    frame = press(reader, UTS)
    expect(frame.locator(".status.failed")).to_contain_text(said)
    expect(frame.locator(".screen")).to_be_hidden()
    expect(frame.locator("#again")).to_be_visible(visible=again)
    reader.locator(".drawer-close").click()
    expect(reader.locator("article h1")).to_be_visible()


def test_closed_while_loading_and_pressed_while_another_loads(reader: Page) -> None:
    held: list[Route] = []
    reader.route("**/state.bin.zst", lambda route: held.append(route))
    frame = press(reader, UTS)
    expect(frame.locator(".status")).to_contain_text("내려받는 중")
    reader.keyboard.press("F6")
    expect(reader.locator(f'.transcript-run[data-snippet="{UTS}"]')).to_be_focused()
    reader.locator(".drawer-close").click()
    assert reader.locator("iframe, .drawer").count() == 0
    press(reader, UTS)
    expect(frame.locator(".status")).to_contain_text("내려받는 중")
    for snippet in (OTHER, UTS, OTHER):
        press(reader, snippet)
    held[-1].continue_()
    reader.unroute("**/state.bin.zst")
    expect(frame.locator(".status.same")).to_be_visible()
    recorded = reader.locator(f'.transcript:has([data-snippet="{OTHER}"]) .step').count()
    expect(frame.locator(".steps li")).to_have_count(recorded)
    expect(frame.locator(PROMPT)).to_be_focused()


@pytest.mark.pages("isolation/namespaces/uts", "isolation/chroot", "playground")
@pytest.mark.parametrize("size", [(1180, 800), (390, 740)])
def test_the_drawer_does_not_cover_what_runs(
    size: tuple[int, int], reader: Page, address: str
) -> None:
    """Nothing is loaded here: the drawer's place does not depend on it."""
    reader.route("**/state.bin.zst", lambda route: route.abort())
    reader.set_viewport_size({"width": size[0], "height": size[1]})
    for path in ("isolation/chroot", "playground"):
        reader.goto(f"{address}/{path}/")
        for button in reader.locator(".transcript-run").all():
            # As a reader scrolls: between the header and the drawer.
            button.evaluate("b => scrollBy(0, b.getBoundingClientRect().top - 120)")
            button.click()
            figure = box_of(button.locator("xpath=.."))
            header = box_of(reader.locator(".md-header"))
            drawer = box_of(reader.locator(".drawer"))
            assert figure["y"] >= header["y"] + header["height"] - 1
            room = drawer["y"] - header["height"]
            assert figure["y"] + min(figure["height"], room) <= drawer["y"] + 1


def test_while_it_runs_the_page_shows_the_step(reader: Page, address: str) -> None:
    reader.set_viewport_size({"width": 1180, "height": 500})
    run(reader, UTS)
    step = box_of(reader.locator(f'.transcript:has([data-snippet="{UTS}"]) .step').last)
    drawer = box_of(reader.locator(".drawer"))
    assert 0 < step["y"] < step["y"] + step["height"] <= drawer["y"] + 1


@pytest.mark.pages("*")
def test_buttons_stand_at_the_top_of_their_transcripts(
    machine: dict[str, object], walked: list[Visit]
) -> None:
    assert machine
    assert not [f"{visit.path} {far}" for visit in walked for far in visit.far]


def _again(page: Page) -> None:
    """Press the one button that there is for it."""
    outside, inside = page.locator(".drawer-notice button"), frame_of(page).locator("#again")
    (outside if outside.is_visible() else inside).click()


def _broken(how: str, site: Path, asked: list[str]) -> Callable[[Route], None]:
    def answer(route: Route) -> None:
        asked.append(route.request.url)
        path = site / route.request.url.split("/", 3)[3].split("#")[0]
        if how == "missing":
            route.fulfill(status=404, body="not found")
        elif how == "cut":
            content = path.read_bytes()
            kind = TYPES.get(path.suffix, "application/octet-stream")
            route.fulfill(body=content[: len(content) // 2], content_type=kind)
        else:
            route.abort(how)

    return answer
