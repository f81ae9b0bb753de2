"""A page that moved: its old address still leads to it, in both languages."""

from pathlib import Path

from playwright.sync_api import Browser

from snippetlab.run.laboratory import Laboratory
from tests.site.serving import served
from tests.site.small import recorded_checkout
from tests.site.waiting import wait_until
from tests.support import build_site


def test_an_old_address_leads_to_the_page_and_the_heading(
    tmp_path: Path, browser: Browser, laboratory: Laboratory
) -> None:
    """Under the pages' policy, which allows no other inline script than those it knows."""
    clone, site = recorded_checkout(tmp_path / "clone"), tmp_path / "site"
    configuration = clone / "mkdocs.yml"
    text = configuration.read_text(encoding="utf-8")
    moved = "redirect_maps: { docker/once/layers.md: other.md }"
    configuration.write_text(text.replace("redirect_maps: {}", moved), encoding="utf-8")
    for name, below in (("mkdocs.yml", "."), ("mkdocs.en.yml", "en")):
        done = build_site(name, site / below, root=clone, SNIPPETS="recorded")
        assert done.returncode == 0, done.stderr
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    with served(site) as address:
        for below in ("", "en/"):
            old = site / below / "docker/once/layers/index.html"
            assert "Content-Security-Policy" in old.read_text(encoding="utf-8")
            page.goto(f"{address}/{below}docker/once/layers/#other")
            target = f"{address}/{below}other/#other"
            wait_until(page, f"location.href === {target!r}")
            assert page.locator("#other").is_visible()
        page.close()
    assert not complaints
    assert "once" not in (site / "sitemap.xml").read_text(encoding="utf-8")
