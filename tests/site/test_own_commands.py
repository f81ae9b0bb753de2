"""Commands of the reader's own in the tab: between two steps, and at the terminal.

One machine serves the whole file; each test begins with a run, which resets it.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.site.axe import violations
from tests.site.drawer import (
    PROMPT,
    copy,
    ended,
    frame_of,
    press,
    run,
    type_own,
    walk_to,
)
from tests.site.waiting import says

pytestmark = pytest.mark.pages("isolation/chroot")

CHROOT = "isolation/chroot-inside"


@pytest.fixture(scope="module")
def chroot(machine: dict[str, object], browser: Browser, address: str) -> Iterator[Page]:
    """The page on chroot, with a machine in its drawer."""
    assert machine
    context = browser.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/isolation/chroot/")
    run(page, CHROOT)
    yield page
    context.close()


@pytest.fixture
def frame(chroot: Page) -> FrameLocator:
    """The drawer's, after a run in a machine that nobody has used."""
    frame = press(chroot, CHROOT)
    question = frame.locator("#yes")
    question.or_(frame.locator(".status", has_text="실행하는 중")).first.wait_for()
    if question.is_visible():
        question.click()
    ended(frame)
    expect(frame.locator(PROMPT)).to_be_focused()
    return frame


def test_between_steps_they_run_in_the_shell_of_the_transcript(
    chroot: Page, frame: FrameLocator
) -> None:
    walk_to(frame, "jail#")
    frame.locator("#next").click()
    expect(frame.locator(".steps li", has_text="jail# pwd")).to_be_attached()
    expect(frame.locator("#command")).to_be_focused()
    assert type_own(chroot, frame, "ls /") == "bin\n"
    assert type_own(chroot, frame, 'word=kept; echo "$?"') == "0\n"
    assert type_own(chroot, frame, "echo $word") == "kept\n"
    assert "syntax error" in type_own(chroot, frame, 'echo "never closed')
    assert type_own(chroot, frame, "nowhere; echo $?").endswith("127\n")
    # The steps after it are what they were, and a copy has it where it ran.
    assert not frame.locator(".status.differs").is_visible()
    frame.locator("#all").click()
    expect(frame.locator(".status.same")).to_be_visible()
    expect(frame.locator(".own")).to_be_hidden()
    with says(frame.locator("#copy"), "복사함"):
        frame.locator("#copy").click()
    copied = chroot.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n")
    assert "jail# pwd\n/\njail# ls /\nbin\njail# word=kept" in copied
    rows = frame.locator(".xterm-rows").inner_text()
    assert "root@lab:~# $" not in rows


def test_before_a_shell_is_left_one_may_look_around_in_it(
    chroot: Page, frame: FrameLocator
) -> None:
    walk_to(frame, "jail#")
    last = frame.locator(".steps li", has_text="jail# cat /root/outside.txt")
    while not last.count():
        before = frame.locator(".steps li").count()
        frame.locator("#next").click()
        expect(frame.locator(".steps li")).to_have_count(before + 1)
        expect(frame.locator(".status")).to_contain_text("다음 단계를 기다린다")
    expect(frame.locator(".own label")).to_have_text("jail#")
    assert type_own(chroot, frame, "ls /") == "bin\n"
    frame.locator("#next").click()
    expect(frame.locator(".status.same")).to_be_visible()
    expect(frame.locator(".steps li").last).to_contain_text("top secret")


@pytest.mark.parametrize(
    "command", ["sleep 1000; echo no", "while true; do sleep 1; done", "while true; do :; done"]
)
def test_one_that_does_not_end_can_be_stopped(
    command: str, chroot: Page, frame: FrameLocator
) -> None:
    walk_to(frame, "jail#")
    chroot.keyboard.type(f"{command}\n")
    expect(frame.locator("#stop")).to_be_focused()
    chroot.keyboard.press("Enter")
    expect(frame.locator("#enter")).to_be_visible()
    assert type_own(chroot, frame, "echo $?") == "130\n"


def test_what_is_typed_while_a_snippet_runs_arrives_at_the_prompt(
    chroot: Page, frame: FrameLocator
) -> None:
    frame.locator("#all").click()
    frame.locator(".xterm-screen").click()
    expect(frame.locator(".status")).to_contain_text("실행하는 중")
    chroot.keyboard.type("echo never")
    chroot.keyboard.press("Control+c")
    chroot.keyboard.type("echo $((6 * 7))ahead\n")
    expect(frame.locator(".xterm-rows")).to_contain_text("42ahead")
    expect(frame.locator(".xterm-rows")).not_to_contain_text("never")


def test_one_that_ends_the_shell_ends_the_run(chroot: Page, frame: FrameLocator) -> None:
    walk_to(frame, "jail#")
    chroot.keyboard.type("exit\n")
    expect(frame.locator(".status.failed")).to_contain_text("실행이 끝났다")
    expect(frame.locator(".own")).to_be_hidden()
    expect(frame.locator(PROMPT)).to_be_focused()
    frame.locator("#all").click()
    frame.locator("#yes").click()
    expect(frame.locator(".status.same")).to_be_visible()


def test_what_is_typed_at_the_terminal_or_at_a_button_arrives_at_the_prompt(
    chroot: Page, frame: FrameLocator
) -> None:
    walk_to(frame, "jail#")
    frame.locator(".xterm-screen").click()
    chroot.keyboard.type("echo ter")
    frame.locator("#copy").click()
    chroot.keyboard.type("minal")
    chroot.keyboard.press("Enter")
    mine = frame.locator(".steps .mine .output")
    expect(mine).to_have_text("terminal\n")
    chroot.keyboard.press("ArrowUp")
    expect(frame.locator("#command")).to_have_value("echo terminal")


def test_what_is_typed_when_the_output_is_there_arrives_though_it_still_runs(
    chroot: Page, frame: FrameLocator
) -> None:
    walk_to(frame, "jail#")
    chroot.keyboard.type("echo here; sleep 3\n")
    mine = frame.locator(".steps .mine .output")
    expect(mine).to_have_text("here\n")
    chroot.keyboard.press("ArrowUp")
    chroot.keyboard.press("ArrowDown")
    chroot.keyboard.type("echo ahead\n")
    expect(mine.last).to_have_text("ahead\n")
    expect(mine).to_have_count(2)
    for keys in ("ArrowUp", "ArrowUp"):
        chroot.keyboard.press(keys)
    expect(frame.locator("#command")).to_have_value("echo here; sleep 3")


@pytest.mark.parametrize("keys", ["Control+v", "Control+Shift+v"])
def test_one_can_paste(keys: str, chroot: Page, frame: FrameLocator) -> None:
    expect(frame.locator(PROMPT)).to_be_focused()
    copy(chroot, "echo $((6 * 7))pasted")
    chroot.keyboard.press(keys)
    chroot.keyboard.press("Enter")
    expect(frame.locator(".xterm-rows")).to_contain_text("42pasted")


def test_several_lines_are_pasted_between_steps(chroot: Page, frame: FrameLocator) -> None:
    walk_to(frame, "jail#")
    copy(chroot, "for n in 1 2; do\n  echo line $n\ndone")
    chroot.keyboard.press("Control+v")
    chroot.keyboard.press("Enter")
    expect(frame.locator(".steps .mine .output")).to_have_text("line 1\nline 2\n")


def test_a_reset_is_said_before_it_takes_what_is_the_readers(
    chroot: Page, frame: FrameLocator
) -> None:
    chroot.keyboard.type("echo mine > own.txt; cat own.txt\n")
    rows = frame.locator(".xterm-rows")
    expect(rows).to_contain_text("mine\n")
    for ask in (lambda: frame.locator("#reset").click(), lambda: press(chroot, CHROOT)):
        ask()
        expect(frame.locator("#question")).to_contain_text("사라진다")
        assert violations(chroot.frames[1]) == []
        frame.locator("#no").click()
        expect(frame.locator(PROMPT)).to_be_focused()
        expect(frame.locator("#question")).to_be_hidden()
        chroot.keyboard.type("echo still $(cat own.txt)\n")
        expect(rows).to_contain_text("still mine")
        chroot.keyboard.type("clear\n")
        expect(rows).not_to_contain_text("still mine")
    frame.locator("#reset").click()
    frame.locator("#yes").click()
    expect(frame.locator(".status")).to_contain_text("Linux")
    chroot.keyboard.type("ls own.txt\n")
    expect(rows).to_contain_text("cannot access")


def test_no_key_drives_the_page_while_the_drawer_is_open(chroot: Page, frame: FrameLocator) -> None:
    before = chroot.url
    shortcuts = "nps/.,f"
    expect(frame.locator(PROMPT)).to_be_focused()
    chroot.keyboard.type(f"echo {shortcuts}")
    expect(frame.locator(".xterm-rows")).to_contain_text(f"echo {shortcuts}")
    for where in (chroot.locator(".drawer-close"), chroot.locator(".drawer-grip")):
        where.focus()
        chroot.keyboard.type(shortcuts)
        expect(where).to_be_focused()
    chroot.locator("article h1").click()
    chroot.keyboard.type(shortcuts)
    assert chroot.url == before
    expect(chroot.locator(".md-search__input")).not_to_be_focused()


def test_axe_finds_nothing_at_the_prompt(chroot: Page, frame: FrameLocator) -> None:
    walk_to(frame, "jail#")
    assert [violations(document) for document in chroot.frames] == [[], []]


def test_a_machine_that_has_died_says_so_and_starts_again(
    chroot: Page, frame: FrameLocator
) -> None:
    chroot.keyboard.type("busybox poweroff -f\n")
    expect(frame.locator(".status.failed")).to_contain_text("멈췄")
    frame.locator("#again").click()
    ended(frame_of(chroot))
    expect(frame.locator(PROMPT)).to_be_focused()
    chroot.keyboard.type("echo $((6 * 7))alive\n")
    expect(frame.locator(".xterm-rows")).to_contain_text("42alive")
