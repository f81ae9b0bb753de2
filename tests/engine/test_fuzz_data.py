"""Malformed data of a checkout gives an error with the file and a cure, or is read."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generated.corpus import read_corpus
from generated.programs import read_programs
from reading.asked import read_asked
from reading.glossary import read_glossary
from snippetlab.errors import EngineError
from snippetlab.images.browser import recipe as browser
from snippetlab.images.image import read_recipe
from snippetlab.images.recipe_files import DEFAULT
from snippetlab.project import Project
from snippetlab.run.lock import read_lock
from snippetlab.run.twin import read_twins
from snippetlab.run.verification import read_verification
from snippetlab.show.front_matter import check_front_matter, title_of
from snippetlab.show.page import read_page
from tests.support import ROOT, examples

TWINS = '"isolation/uts" = ["unshare --uts bash", "bash"]\n# x\n"isolation/pid" = ["a", ""]\n'
TWINS += '"a/b" = { none = "it is so" }\n'
VERIFICATION = '{"a/b": {"date": "2026-11-24", "seconds": 0.05, "held": {"twin": "9f86"}}}\n'
LOCK = '[images.base]\ndigest = "f3ba"\n\n[images.base.packages]\nbash = "5.2"\n\n'
LOCK += '[labs.namespace]\nimage = "base"\nkernel = "6.18"\n'
GLOSSARY = "- ko: 격리\n  en: isolation\n  aliases: [isolate]\n  page: isolation/index.md\n"
ASKED = '["x.md"]\nen = ["what is x"]\n["x.md#t"]\nen = ["what is t", "a t"]\n'
COMMANDS = "- id: roots\n  ko: 루트\n  en: Roots\n  commands:\n    chroot:\n      ko: 바꾼다.\n"
COMMANDS += "      en: Runs.\n      manual: https://man7.org/chroot.1.html\n"
PAGE = "---\ntitle: T\ndescription: D.\nhide: [toc]\n---\n\n# T { #t }\n\n<!-- corpus -->\n"
GUARDS = '[x]\nname = { ko = "a", en = "b" }\nhow = { ko = "a", en = "b" }\n'
GUARDS += 'without = { ko = "a", en = "b" }\nweaken = { drop = ["--clearenv"] }\n'


def _page(path: Path) -> None:
    page = read_page(path)
    check_front_matter(page)
    assert title_of(page).isprintable()


READ: Mapping[str, tuple[str, Callable[[Path], object]]] = {
    "tests/snippets/without.toml": (TWINS, read_twins),
    "snippets/verification.json": (VERIFICATION, read_verification),
    "lab/lock.toml": (LOCK, read_lock),
    "docs/glossary.yml": (GLOSSARY, read_glossary),
    "docs/search.toml": (ASKED, lambda path: read_asked(path, path.parent)),
    "docs/commands.yml": (COMMANDS, read_programs),
    "docs/en/x.md": (PAGE, _page),
    "tests/hostile/guards.toml": (GUARDS, lambda path: read_corpus(path.parent)),
    **{
        f"lab/{name}.toml": (
            (DEFAULT / f"{name}.toml").read_text(),
            lambda path: read_recipe(Project(path.parent.parent), path.stem),
        )
        for name in ("base", "machine", "docker", "docker-26", "qemu")
    },
    "lab/browser.toml": (
        (ROOT / "lab/browser.toml").read_text(),
        lambda path: browser.read_browser_recipe(Project(path.parent.parent)),
    ),
}
"""File → what it may say, and what reads it."""
LONG = "x = " + "9" * 5000
BASE, MACHINE = (READ[f"lab/{name}.toml"][0] for name in ("base", "machine"))
FAILED = [
    ("docs/commands.yml", "5"),
    ("docs/commands.yml", COMMANDS.replace("roots", "2026-11-31")),
    ("docs/commands.yml", COMMANDS.replace("Runs.", "!!int x")),
    ("docs/commands.yml", f"\x1f{COMMANDS}"),
    ("docs/glossary.yml", GLOSSARY.replace("isolation\n", "2026-11-31\n")),
    ("docs/glossary.yml", GLOSSARY.replace("isolation/index", "isolation\x04")),
    ("docs/en/x.md", PAGE.replace("title: T", "title: 2026-11-31")),
    ("docs/en/x.md", PAGE.replace("title: T", "title: !!float x")),
    ("snippets/verification.json", VERIFICATION.replace("0.05", "1" + 500 * "0")),
    ("tests/snippets/without.toml", LONG),
    ("lab/machine.toml", MACHINE.replace('"base"', '"---base"')),
    ("lab/machine.toml", MACHINE.replace('"base"', '"lock"')),
    ("lab/machine.toml", MACHINE.replace('"qemu"', '"../qemu"')),
    ("lab/machine.toml", MACHINE.replace('"base"', '"docker"')),
    ("lab/base.toml", f'extends = "machine"\n{BASE}'),
]
"""What ended in a traceback once, or in an error that named another file."""
PIECES = [
    "---",
    "\n",
    "- ",
    ": ",
    "  ",
    "\t",
    "#",
    "&a ",
    "*a",
    "<<: *a",
    "!!python/name:os ",
    "? ",
]
PIECES += [
    "|",
    ">",
    "[",
    "]",
    "{",
    "}",
    ",",
    "=",
    '"',
    "'",
    '"""',
    ".",
    "0x1",
    "1e999",
    "-1",
    "nan",
]
PIECES += [
    "null",
    "true",
    "2026-11-31",
    "2026-11-24",
    "[x]\n",
    "[[x]]\n",
    "extends",
    '"base"',
    "../",
]
PIECES += ["\\u001b", "\\ud800", "\0", "\x1b", "\x85", "\u2028", "\u202e", "\ufeff", "한", "\r"]


@st.composite
def _mutated(draw: st.DrawFn) -> tuple[str, str]:
    """One of the files, with a few pieces put in, cut out or doubled."""
    name = draw(st.sampled_from(sorted(READ)))
    text = READ[name][0]
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        stop = draw(st.integers(start, min(len(text), start + 12)))
        piece = draw(st.sampled_from(PIECES) | st.text(max_size=4))
        text = text[:start] + piece + draw(st.sampled_from(["", text[start:stop]])) + text[stop:]
    return name, text


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with all of these files."""
    root = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "lab", root / "lab")
    for name, (text, _) in READ.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    (root / "tests/hostile/attacks.toml").touch()
    return root


def _check(root: Path, name: str, content: bytes) -> None:
    (root / name).write_bytes(content)
    try:
        READ[name][1](root / name)
    except EngineError as error:
        said = str(error)
        # Of the corpus, the directory is named.
        assert said.startswith((str(root / name), f"{root}/tests/hostile: ")), said
        assert said.replace("\n", "").isprintable(), said
        assert len(said) < 5000
    finally:
        (root / name).write_text(READ[name][0])


@pytest.mark.parametrize("name", READ)
def test_what_is_mutated_can_be_read(name: str, root: Path) -> None:
    """Otherwise nothing but its beginning would ever be."""
    READ[name][1](root / name)


@pytest.mark.parametrize(("name", "text"), FAILED, ids=[name for name, _ in FAILED])
def test_what_failed_once(name: str, text: str, root: Path) -> None:
    _check(root, name, text.encode())


@examples(150, 5000)
@given(_mutated())
def test_data(root: Path, mutated: tuple[str, str]) -> None:
    name, text = mutated
    _check(root, name, text.encode("utf-8", "surrogatepass"))


@examples(50, 1000)
@given(st.sampled_from(sorted(READ)), st.binary(max_size=200))
@example("lab/base.toml", b"")
def test_noise(root: Path, name: str, content: bytes) -> None:
    _check(root, name, content)
