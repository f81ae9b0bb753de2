"""Sites for benchmarks: pages of ten `echo` snippets each, plain or run by this engine."""

import os
import shutil
import tempfile
from pathlib import Path

from snippetlab.project import cache_directory

ROOT = Path(__file__).parent.parent
# The peers are installed, and so have their bytecode.
ENVIRONMENT = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": ""}
PER_PAGE = 10
_HEADER = '# /// snippet\n# lab = "namespace"\n# proves = "Echo echoes."\n# ///\n'
_PLAIN = "```bash\ni={n}; echo hello $i\n```\n\n```text\nhello {n}\n```\n"
_MEMORY = Path("/dev/shm")
_ROOM = 1 << 30
"""Bytes."""


def workshop() -> tempfile.TemporaryDirectory[str]:
    """A directory to build in, in memory where there is room.

    On ext4 each build would be slowed by those before it: to make a file, the kernel passes over
    every inode that was freed in the last minutes (`recently_deleted` in its fs/ext4/ialloc.c).
    """
    roomy = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM
    return tempfile.TemporaryDirectory(dir=_MEMORY if roomy else None)


def write_site(site: Path, block: str, count: int, configuration: str = "") -> None:
    """`count` blocks; in them {n} is the number and {page} that of the page."""
    (site / "docs").mkdir(parents=True)
    text = f"site_name: x\ntheme: {{ name: material, font: false }}\n{configuration}"
    text += "markdown_extensions: [pymdownx.superfences]\n"
    (site / "mkdocs.yml").write_text(text)
    for page in range(count // PER_PAGE):
        numbers = range(page * PER_PAGE, (page + 1) * PER_PAGE)
        blocks = (block.replace("{page}", str(page)).replace("{n}", str(n)) for n in numbers)
        path = site / "docs" / ("index.md" if page == 0 else f"page{page}.md")
        path.write_text(f"# Page {page}\n\n" + "\n".join(blocks))


def write_plain(site: Path, count: int) -> None:
    """The same commands and outputs, as text."""
    write_site(site, _PLAIN, count)


def write_ours(site: Path, count: int) -> None:
    """A chapter for each page."""
    write_site(site, "```snippet\np{page}/echo-{n}\n```\n", count, "hooks: [hooks/main.py]\n")
    shutil.copytree(ROOT / "lab", site / "lab")
    shutil.copytree(ROOT / "hooks", site / "hooks")
    for number in range(count):
        path = site / f"snippets/p{number // PER_PAGE}/echo-{number}.sh"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{_HEADER}i={number}; echo hello $i\n")


def linked_cache(directory: Path) -> Path:
    """The user's images in a cache of its own, so that their proofs stay untouched."""
    cache = directory / "cache"
    cache.mkdir()
    for name in ("images", "recipes"):
        (cache / name).symlink_to(cache_directory() / name)
    return cache
