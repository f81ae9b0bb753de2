"""The built site, read as files."""

import re
import subprocess
from html import unescape
from pathlib import Path

import pytest

from snippetlab.files import find_pages
from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory
from snippetlab.show.fence import Fence, find_references
from snippetlab.show.pages import Pages
from snippetlab.snippet.command import flatten
from snippetlab.snippet.library import load_library
from tests.site.small import recorded_checkout
from tests.support import EPOCH, ROOT, build_site, copy_site

PAGES = sorted((ROOT / "docs").glob("[ke][on]/**/*.md"))
NOTE = {
    "chroot": "isolation/chroot",
    "FreeBSD Jail": "isolation/freebsd-jail",
    "Solaris Zones": "isolation/solaris-zones",
    "HP-UX Containers": "isolation/hpux-containers",
    "namespace": "isolation/namespaces",
    "cgroup": "isolation/cgroups",
    "Virtualization": "virtualization/index",
    "VMware": "virtualization/vmware",
    "Hypervisor": "virtualization/hypervisors",
    "VDI": "virtualization/vdi",
    "Docker": "docker/index",
    "Docker daemon": "docker/daemon",
    "docker desktop": "docker/desktop",
    "union file system": "docker/union-file-system",
    "digest": "docker/digest",
    "org.opencontainers.image": "docker/oci-annotations",
    "&&": "docker/and",
    "buildx": "docker/buildx",
    "docker image prune": "docker/prune",
    "docker squash": "docker/squash",
    "multi-stage build": "docker/multi-stage",
    "-p, -P": "docker/ports",
}
"""What the source note speaks of → the Korean page that does."""


def html_of(site: Path, page: Path) -> str:
    relative = page.relative_to(ROOT / "docs")
    below = relative.relative_to("ko") if relative.parts[0] == "ko" else relative
    directory = below.parent if below.stem == "index" else below.with_suffix("")
    return (site / directory / "index.html").read_text(encoding="utf-8")


def _anchor(fence: Fence) -> str:
    first, *second = fence.ids
    start = f"-from-{fence.start.name}" if fence.start else ""
    names = (id_.rpartition("/")[2] for id_ in second)
    return "-".join([re.sub("[/@]", "-", first), *names]) + start


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT / "docs")))
def test_every_fence_became_a_transcript(page: Path, site: Path) -> None:
    html = html_of(site, page)
    shown = re.findall(r'class="(?:transcript(?: contrast)?|experiment)" id="([^"]+)"', html)
    assert shown == [_anchor(r.fence) for r in find_references(page)]
    assert "{ #" not in html, "a heading's id stands in its text"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT / "docs")))
def test_every_heading_has_an_id_of_its_own(page: Path) -> None:
    text = re.sub(r"^(```|~~~)[\s\S]*?^\1", "", page.read_text(encoding="utf-8"), flags=re.M)
    headings = re.findall(r"^#+ .*$", text, flags=re.M)
    ids = [re.search(r" \{ #([a-z0-9-]+) \}$", heading) for heading in headings]
    assert headings
    assert all(ids), headings
    assert len({found[1] for found in ids if found}) == len(headings)


def test_a_page_shows_what_the_recording_says(site: Path) -> None:
    html = html_of(site, ROOT / "docs/ko/isolation/chroot.md")
    entry = load_library(Project(ROOT)).find("isolation/chroot-inside")
    assert entry.recording
    figure = re.search(r'id="isolation-chroot-inside".*?</figure>', html, re.DOTALL)
    assert figure
    shown = [unescape(text) for text in re.findall(r"<samp>(.*?)</samp>", figure[0], re.DOTALL)]
    steps = entry.recording.transcript.steps
    assert shown == [step.output.decode().removesuffix("\n") for step in steps if step.output]
    assert figure[0].count('class="step"') == len(flatten(entry.program.commands))


@pytest.mark.parametrize("stem", NOTE.values(), ids=NOTE)
def test_every_heading_of_the_note_has_a_page(stem: str) -> None:
    page = ROOT / f"docs/ko/{stem}.md"
    text = page.read_text(encoding="utf-8")
    prose = re.sub(r"^---[\s\S]*?^---|^```[\s\S]*?^```", "", text, flags=re.M)
    assert len(prose.split()) >= 400 or len(list(find_references(page))) >= 2
    assert re.search(r"^description: .+", text, re.M)
    sources = text.split("{ #sources }")[1]
    assert len(set(re.findall(r"\]\((https?://[^)]+)\)", sources))) >= 2


def test_every_snippet_is_shown() -> None:
    library = load_library(Project(ROOT))
    shown = {
        id_ for r in Pages(library, find_pages(ROOT / "docs")).references() for id_ in r.fence.ids
    }
    own = {id_ for id_, entry in library.entries.items() if not entry.snippet.variant}
    assert own == shown  # which brings along the other versions


def test_the_snippets_files_are_in_the_site(site: Path) -> None:
    html = html_of(site, ROOT / "docs/en/isolation/chroot.md")
    links = re.findall(r'href="([^"]*/snippets/[^"]+)"', html)
    fences = [r.fence for r in find_references(ROOT / "docs/en/isolation/chroot.md")]
    assert len(links) == len([fence for fence in fences if not fence.experiment])
    for link in links:
        path = (site / "en/isolation/chroot" / link).resolve()
        source = ROOT / "snippets" / path.relative_to(site.resolve() / "en/snippets")
        assert path.read_bytes() == source.read_bytes()


@pytest.mark.material("it is about what builds depend on besides pages")
def test_two_builds_of_one_commit_are_byte_identical(
    site: Path, address: str, tmp_path: Path
) -> None:
    """In other directories, with other environments, one running snippets and one not."""
    clone, other = tmp_path / "clone", tmp_path / "site"
    if (ROOT / ".git").exists():  # what says when pages were changed
        line = ["git", "clone", "--quiet", "--shared", "--no-checkout", str(ROOT), str(clone)]
        subprocess.run(line, check=True)
    copy_site(clone)
    environment = {"SNIPPETS": "recorded", "TZ": "Asia/Seoul", "LC_ALL": "C", "COLUMNS": "40"}
    environment |= {"HOME": str(tmp_path), "USER": "x", "PYTHONPATH": str(clone / "hooks")}
    environment |= {"SITE_URL": f"{address}/", "SOURCE_DATE_EPOCH": EPOCH}
    for configuration, below in (("mkdocs.yml", "."), ("mkdocs.en.yml", "en")):
        done = build_site(configuration, other / below, root=clone, **environment)
        assert done.returncode == 0, done.stderr
    one, two = (
        {p.relative_to(root): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}
        for root in (site, other)
    )
    assert set(one) == set(two)
    assert [path for path in one if one[path] != two[path]] == []
    assert len(one) > 100


@pytest.mark.pageless
def test_without_a_lab_the_site_is_built_and_one_line_says_so(
    tmp_path: Path, laboratory: Laboratory
) -> None:
    checkout = recorded_checkout(tmp_path / "checkout")
    nowhere = {"SNIPPETLAB_CACHE": str(tmp_path / "empty")}
    done = build_site("mkdocs.yml", tmp_path / "site", root=checkout, **nowhere)
    assert done.returncode == 0
    lines = [line for line in done.stderr.splitlines() if "shown from recordings" in line]
    assert len(lines) == 1
    assert "snippetlab lab build base" in lines[0]
