"""Where only pages changed, a walk visits each page that is built otherwise than before."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.site.chosen import Chosen, choose
from tests.site.previewing import edit, small_checkout
from tests.support import build_site

pytestmark = pytest.mark.pageless

HTML = """<title>{name}</title>
<link rel="preload" href="../assets/fonts/text.woff2">
<nav>
<a href="../two/">Two</a>
</nav>
<article class="text">
<h1 id="{name}">{name}</h1>
<p>Text. <img src="../assets/{name}.svg"></p>
</article>
<a href="/source/{name}">Edit</a>
"""
NAMES = ("one", "two", "three", "four")
Edit = Callable[[Path], None]


def site(root: Path) -> Path:
    """A home page, and four others of one kind, each with a picture."""
    (root / "assets/fonts").mkdir(parents=True)
    (root / "assets/fonts/text.woff2").write_bytes(b"a")
    (root / "index.html").write_text(HTML.format(name="home").replace("../", ""))
    for name in NAMES:
        (root / name).mkdir()
        (root / name / "index.html").write_text(HTML.format(name=name))
        (root / f"assets/{name}.svg").write_text("<svg/>")
    return root


def replaced(old: str, new: str, *names: str) -> Edit:
    def change(root: Path) -> None:
        for name in names or NAMES:
            edit(root / name / "index.html", old, new)

    return change


def add_page(root: Path) -> None:
    (root / "five").mkdir()
    (root / "five/index.html").write_text(HTML.format(name="five"))


def move_page(root: Path) -> None:
    (root / "two").rename(root / "zwei")


CHANGES: dict[str, tuple[Edit, set[str], set[str] | int]] = {
    "nothing": (lambda _: None, set(), {"/"}),
    "a sentence": (replaced("Text.", "More text.", "one"), {"/one/"}, {"/"}),
    "a heading": (replaced('id="two"', 'id="zwei"', "two"), {"/two/"}, {"/"}),
    "a new page": (add_page, {"/five/"}, {"/"}),
    "a page that moved": (move_page, {"/zwei/"}, {"/"}),
    "a word on two pages": (
        replaced("Text.", '<abbr title="It">Text.</abbr>', "two", "four"),
        {"/two/", "/four/"},
        {"/"},
    ),
    "a picture": (lambda root: (root / "assets/one.svg").unlink(), {"/one/"}, {"/"}),
    "a picture that is another": (
        lambda root: edit(root / "assets/three.svg", "<svg/>", "<svg></svg>"),
        {"/three/"},
        {"/"},
    ),
    "the navigation of all": (replaced(">Two<", ">Zwei<"), set(), 2),
    "one kind that only one has": (
        replaced("</article>", "</article>\n<aside></aside>", "three"),
        set(),
        {"/", "/three/"},
    ),
    "a letter that is new": (
        lambda root: edit(root / "assets/fonts/text.woff2", "a", "ab"),
        set(),
        {"/"},
    ),
}
"""What differs → how, the pages that differ, and the others that are visited, or how many."""


@pytest.mark.parametrize("what", CHANGES)
def test_what_differs_is_visited(what: str, tmp_path: Path) -> None:
    change, differing, others = CHANGES[what]
    before, now = site(tmp_path / "before"), site(tmp_path / "now")
    change(now)
    found = choose(now, before, _paths(now))
    assert set(found.differing) == differing
    assert others in (set(found.others), len(found.others)), found.others


def test_without_a_site_before_every_page_is_visited(tmp_path: Path) -> None:
    now = site(tmp_path / "now")
    assert choose(now, tmp_path / "nothing", _paths(now)) == Chosen(_paths(now), [])


def test_a_page_of_each_kind_is_visited_whatever_differs(tmp_path: Path) -> None:
    """Even if nobody thought of that kind before: two pages have it, one of these will do."""
    before, now = site(tmp_path / "before"), site(tmp_path / "now")
    for root in (before, now):
        replaced("</h1>", '</h1>\n<figure class="new"></figure>', "two", "three")(root)
    replaced("Text.", "More text.", "one")(now)
    found = choose(now, before, _paths(now))
    assert found.differing == ["/one/"]
    assert len({*found.others} & {"/two/", "/three/"}) == 1


def test_of_a_real_build_pages_with_a_word_of_the_glossary_differ(tmp_path: Path) -> None:
    checkout = small_checkout(tmp_path / "checkout")
    (checkout / "snippets/a/b.sh").unlink()
    pages, pictures = checkout / "docs/ko", checkout / "docs/ko/assets/images"
    pictures.mkdir(parents=True)
    pictures.joinpath("a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    texts = {"index": "첫 쪽이다.", "other": "큰 집이다.", "third": "![그림](assets/images/a.svg)"}
    for name, text in texts.items():
        pages.joinpath(f"{name}.md").write_text(f"# 쪽 {{ #page }}\n\n{text}\n", encoding="utf-8")
    edit(checkout / "mkdocs.yml", "  - other.md\n", "  - other.md\n  - third.md\n")
    before = _built(checkout, tmp_path / "before")
    assert not choose(before, _built(checkout, tmp_path / "again"), _paths(before)).differing
    edit(checkout / "docs/glossary.yml", "사는 곳", "머무는 곳")
    word = _built(checkout, tmp_path / "word")
    assert "/other/" in (found := choose(word, before, _paths(word)).differing)
    assert not {"/", "/third/"} & {*found}
    pictures.joinpath("a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>')
    picture = _built(checkout, tmp_path / "picture")
    assert choose(picture, word, _paths(picture)).differing == ["/third/"]


def _paths(root: Path) -> list[str]:
    found = (f"/{page.parent.relative_to(root)}/" for page in root.rglob("index.html"))
    return sorted(re.sub(r"^/\./", "/", path) for path in found)


def _built(checkout: Path, directory: Path) -> Path:
    done = build_site("mkdocs.yml", directory, root=checkout, SNIPPETS="recorded")
    assert done.returncode == 0, done.stderr
    return directory
