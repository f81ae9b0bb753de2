"""A small checkout, and `make serve` in it."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Error, Locator, Page

from snippetlab.project import cache_directory
from tests.support import PATIENCE, ROOT, snippet, wait_for


def small_checkout(root: Path) -> Path:
    """This checkout with two pages a language, one snippet, and no history."""
    for name in ("hooks", "lab", "docs/overrides", "docs/words"):
        ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
        shutil.copytree(ROOT / name, root / name, ignore=ignored)
    for language, name in (("ko", "mkdocs.yml"), ("en", "mkdocs.en.yml")):
        text = (ROOT / name).read_text(encoding="utf-8")
        text = text[: text.index("\nnav:")] + "\nnav:\n  - index.md\n  - other.md\n"
        text = text.replace("omitted_files: warn", "omitted_files: info")  # those that are made
        text = re.sub(r"redirect_maps:(\n {6}\S.*)+", "redirect_maps: {}", text)  # to no page here
        (root / name).write_text(text, encoding="utf-8")
        pages = root / "docs" / language
        pages.mkdir()
        pages.joinpath("index.md").write_text(
            f"# Page in {language} {{ #page }}\n\n```snippet\na/b\n```\n\n[On](other.md)\n"
        )
        pages.joinpath("other.md").write_text(f"# Other in {language} {{ #other }}\n")
    (root / "docs/glossary.yml").write_text(
        "- ko: 집\n  en: house\n  says:\n    ko: 사는 곳.\n    en: A place to live.\n"
    )
    (root / "snippets/a").mkdir(parents=True)
    (root / "snippets/a/b.sh").write_text(snippet("echo first\n"))
    return root


def leave_behind(checkout: Path) -> list[Path]:
    """What editors and file managers keep for a while beside the files that one edits."""
    names = (".#index.md", ".#b.sh", ".b.sh.swp", ".index.md", ".DS_Store", "#index.md#", "b.sh~")
    left = [checkout / d / name for d in ("docs/en", "docs/ko", "snippets/a") for name in names]
    for path in left:
        if path.name.startswith(".#"):
            path.symlink_to("somebody@somewhere.4711:1700000000")
        else:
            path.write_bytes(b"```snippet\nno/such\n```\n\xff")
    return left


def edit(path: Path, old: str, new: str) -> None:
    """As a person does: one passage, saved."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def notice(tab: Page) -> Locator:
    return tab.get_by_role("alert")


def visit(tab: Page, address: str) -> None:
    """As one who types an address: again, if the page reloads itself at that moment."""

    def arrived() -> bool:
        try:
            tab.goto(address)
        except Error as error:
            if not re.search("ERR_ABORTED|interrupted", str(error)):
                raise
            return False
        return True

    wait_for(arrived)


def follow(tab: Page, name: str, title: str) -> None:
    """Click a link that leads to a page with this title; again, for the same reason."""

    def arrived() -> bool:
        if tab.locator("h1").inner_text().startswith(title):
            return True
        with suppress(Error):  # perhaps that page has come meanwhile, without the link
            tab.get_by_role("link", name=name, exact=True).first.click(timeout=1000)
        return False

    wait_for(arrived)


def _read(path: Path) -> str:
    """Of a process that may end at any moment."""
    with suppress(OSError):
        return path.read_text()
    return ""


class Preview:
    """`make serve` in a checkout; `places` is the directory of its temporary files."""

    def __init__(self, checkout: Path, places: Path, **environment: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.checkout = checkout
        self.places = places
        self.address = f"http://127.0.0.1:{self.port}/"
        self._log = places.with_name(f"{places.name}.log")
        places.mkdir()
        line = [sys.executable, str(checkout / "hooks/serve.py"), "--port", str(self.port)]
        # What a build remembers of this checkout is not to replace what is known of the real one.
        cache = places.with_name(f"{places.name}-cache")
        cache.mkdir()
        for name in ("images", "recipes"):
            (cache / name).symlink_to(cache_directory() / name)
        environment = {"SNIPPETLAB_CACHE": str(cache)} | environment
        environment |= {"NO_MKDOCS_2_WARNING": "1", "TMPDIR": str(places)}
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [*line, "--host", "0.0.0.0"],
                cwd=checkout,
                env=os.environ | environment,
                stdout=log,
                stderr=log,
            )

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8")

    @property
    def builds(self) -> list[int]:
        """The processes that build now; others wait for the next thing that is saved."""
        process = str(self._process.pid)
        children = Path("/proc", process, "task", process, "children").read_text().split()
        names = {int(child): Path("/proc", child, "comm") for child in children}
        return [child for child, name in names.items() if _read(name) == "build\n"]

    @property
    def spent(self) -> float:
        """Seconds of a processor that its builds took, of those that have ended."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")

    def wait(self) -> None:
        """Until it listens; the first pages come later."""
        wait_for(lambda: "Serving on" in self.log)

    def end(self, number: signal.Signals = signal.SIGINT) -> None:
        """Ends at once and leaves nothing. A test that fails leaves nothing either."""
        self._process.send_signal(number)
        try:
            assert self._process.wait(PATIENCE) == 0
            assert list(self.places.iterdir()) == []
        finally:
            self._process.kill()
            self._process.wait()
