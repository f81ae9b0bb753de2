"""The drawer with the machine in the tab."""

from playwright.sync_api import FloatRect, FrameLocator, Locator, Page, expect

PROMPT = ".xterm-helper-textarea"
"""Where the terminal takes what is typed."""


def box_of(element: Locator) -> FloatRect:
    """Where it stands in the window."""
    box = element.bounding_box()
    assert box
    return box


def frame_of(page: Page) -> FrameLocator:
    """What stands in the drawer."""
    return page.frame_locator(".drawer iframe")


def press(page: Page, snippet: str) -> FrameLocator:
    """Press a snippet's "Run here"; the drawer's frame."""
    page.locator(f'.transcript-run[data-snippet="{snippet}"]').click()
    return frame_of(page)


def ended(frame: FrameLocator) -> FrameLocator:
    """Wait until a run has ended."""
    frame.locator(".status.same, .status.differs, .status.failed").wait_for()
    return frame


def run(page: Page, snippet: str = "isolation/uts") -> FrameLocator:
    """Press its "Run here" and wait until the run has ended; the drawer's frame."""
    return ended(press(page, snippet))


def walk_to(frame: FrameLocator, prompt: str) -> None:
    """Press "Next step" until the run waits in a shell with that prompt."""
    waits = frame.locator(".status", has_text="다음 단계를 기다린다")
    for _ in range(12):
        frame.locator("#next").click()
        waits.wait_for()
        if frame.locator(".own label").inner_text() == prompt:
            return
    raise AssertionError(f"no step at the prompt {prompt}")


def type_own(page: Page, frame: FrameLocator, command: str) -> str:
    """Type a command at the prompt for the reader's own; what it printed."""
    mine = frame.locator(".steps .mine")
    before = mine.count()
    page.keyboard.type(command)
    page.keyboard.press("Enter")
    expect(mine).to_have_count(before + 1)
    expect(frame.locator("#enter")).to_be_visible()
    return mine.last.locator(".output").text_content() or ""


def copy(page: Page, text: str) -> None:
    """Put it on the clipboard."""
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
