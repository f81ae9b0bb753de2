"""Experiments on a page: predicted by mouse or keyboard, run in the tab, and judged."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from snippetlab.project import Project
from snippetlab.snippet.library import load_library
from tests.site.axe import violations
from tests.site.drawer import ended, frame_of
from tests.support import ROOT

pytestmark = pytest.mark.pages("isolation/namespaces/uts", "playground")

ID = "isolation/uts@mount"
ANCHOR = "isolation-uts-mount"
PAGE = "isolation/namespaces/uts/"
EXPERIMENTS = {
    id_: entry.experiment
    for id_, entry in load_library(Project(ROOT)).entries.items()
    if entry.experiment
}


@pytest.fixture
def reader(machine: dict[str, object], page: Page, address: str) -> Page:
    """The page on UTS namespaces in English."""
    assert machine
    page.goto(f"{address}/en/{PAGE}")
    return page


def experiment_on(page: Page) -> Locator:
    return page.locator(f'[data-experiment="{ID}"]')


def test_a_prediction_that_does_not_hold_is_corrected(reader: Page) -> None:
    experiment = experiment_on(reader)
    experiment.get_by_role("radio").first.check()
    experiment.get_by_role("button").click()
    outcome = experiment.get_by_role("status")
    expect(outcome).to_contain_text("Your prediction did not hold. What held: jail")
    expect(outcome).to_contain_text("A mount namespace divides the list of mounts")
    expect(outcome.locator(".step-command")).to_have_text("$ hostname")
    expect(outcome.locator(".step-output")).to_have_text("jail")
    expect(frame_of(reader).locator(".status.same")).to_be_visible()
    expect(experiment.locator(".experiment-done")).to_contain_text("did not hold")


def test_by_keyboard_in_korean_one_holds_and_is_remembered(reader: Page, address: str) -> None:
    reader.goto(f"{address}/{PAGE}")
    experiment = experiment_on(reader)
    experiment.get_by_role("radio").first.focus()
    reader.keyboard.press("ArrowDown")
    reader.keyboard.press("Tab")
    expect(experiment.get_by_role("button")).to_be_focused()
    reader.keyboard.press("Enter")
    expect(experiment.get_by_role("status")).to_contain_text("예측이 맞았다")
    ended(frame_of(reader))
    kept = json.loads(reader.evaluate("localStorage.getItem('experiments')"))
    assert kept == {ID: {"chosen": "1", "held": True}}
    reader.goto(f"{address}/en/{PAGE}")
    expect(experiment.locator(".experiment-done")).to_have_text("Done: your prediction held")
    expect(experiment.get_by_role("radio").nth(1)).to_be_checked()
    reader.goto(f"{address}/en/playground/")
    done = reader.locator("a[data-done]")
    expect(done).to_have_count(1)
    assert (done.get_attribute("href") or "").endswith(f"#{ANCHOR}")


def test_without_a_prediction_nothing_runs(reader: Page) -> None:
    experiment = experiment_on(reader)
    experiment.get_by_role("button").click()
    expect(experiment.get_by_role("radio").first).to_be_focused()
    assert reader.locator(".drawer").count() == 0


def test_a_run_that_no_prediction_covers_is_said(reader: Page) -> None:
    """What the tab printed counts, not what was recorded."""

    experiment = experiment_on(reader)
    patterns = experiment.locator("[data-pattern]")
    patterns.evaluate_all("all => all.forEach((one) => (one.dataset.pattern = '^gone$'))")
    experiment.get_by_role("radio").nth(1).check()
    experiment.get_by_role("button").click()
    outcome = experiment.get_by_role("status")
    expect(outcome).to_contain_text("something that none of the predictions covers")
    expect(outcome.locator(".step-output")).to_have_text("jail")
    assert reader.evaluate("localStorage.getItem('experiments')") is None


def test_nothing_of_it_leaves_the_browser(reader: Page, address: str) -> None:
    asked: list[tuple[str, str | None]] = []
    reader.on("request", lambda request: asked.append((request.method, request.post_data)))
    experiment = experiment_on(reader)
    experiment.get_by_role("radio").nth(1).check()
    experiment.get_by_role("button").click()
    expect(experiment.get_by_role("status")).to_contain_text("Your prediction held.")
    assert asked
    assert not [each for each in asked if each != ("GET", None)]


def test_without_scripts_the_question_and_the_recorded_run_are_there(
    browser: Browser, address: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}/en/{PAGE}")
        experiment = experiment_on(page)
        expect(experiment.locator(".experiment-question")).to_be_visible()
        expect(experiment.locator(".experiment-predictions li")).to_have_count(2)
        expect(experiment.get_by_role("button")).to_have_count(0)
        expect(experiment.locator(".experiment-answer").first).to_be_hidden()
        experiment.locator("summary").click()
        expect(experiment.locator(".experiment-holds")).to_contain_text("Held: jail")
        page.close()


@pytest.mark.pages("*")
def test_the_markdown_copy_has_it(site: Path) -> None:
    text = (site / "en/isolation/namespaces/uts.md").read_text(encoding="utf-8")
    part = text.split("**Experiment**")[1].split("\n## ")[0]
    assert "- $ unshare --uts bash\n+ $ unshare --mount bash" in part
    assert re.search(r"What do you expect\?\n\n- `lab`", part)
    assert "**What happened when it was recorded**" in part
    assert "jail# hostname jail" in part
    assert "**Held:** `jail`" in part


@pytest.mark.parametrize("language", ["", "en/"])
def test_on_a_phone_it_fits_and_axe_finds_nothing(
    language: str, machine: dict[str, object], browser: Browser, address: str
) -> None:
    assert machine
    phone = {"width": 320, "height": 640}
    with browser.new_context(viewport=phone, reduced_motion="reduce") as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{address}/{language}{PAGE}")
        experiment = experiment_on(page)
        experiment.locator("summary").click()
        experiment.get_by_role("radio").first.check()
        experiment.get_by_role("button").click()
        expect(experiment.locator(".experiment-outcome figure")).to_be_visible()
        ended(frame_of(page))
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        # Between the header and the drawer.
        top, bottom = page.evaluate(
            "[document.querySelector('.md-header').getBoundingClientRect().bottom,"
            " document.querySelector('.drawer').getBoundingClientRect().top]"
        )
        said = experiment.locator(".experiment-outcome").bounding_box()
        assert said
        assert top - 1 <= said["y"] < bottom
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert violations(page.main_frame) == []
        page.close()


@pytest.mark.pages("*")
def test_every_experiment_is_listed_in_the_playground() -> None:
    for language in ("ko", "en"):
        text = (ROOT / f"docs/{language}/playground.md").read_text(encoding="utf-8")
        for id_ in EXPERIMENTS:
            assert f"#{re.sub('[/@]', '-', id_)})" in text, f"docs/{language}: {id_}"
