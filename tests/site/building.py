"""The site, both languages, built once a run; and as it was before only pages changed."""

import json
import os
import shutil
import subprocess
from dataclasses import asdict
from pathlib import Path

from tests.sharing import Shared
from tests.site.chosen import Chosen, choose
from tests.support import EPOCH, ROOT, build_site

LANGUAGES = {"ko": "mkdocs.yml", "en": "mkdocs.en.yml"}


def built(shared: Shared) -> Path:
    """As `make site` does, for the address where it is served."""

    def build(directory: Path, name: str) -> None:
        done = _build(shared, name, directory)
        assert done.returncode == 0, done.stderr

    return _joined(shared, "site", shared.parts(LANGUAGES, build))


def chosen(shared: Shared, site: Path, pages: list[str], base: str) -> list[str]:
    """Of its pages those to be walked since only pages changed after that commit; it is said."""

    def write(file: Path) -> None:
        found = choose(site, _built_before(shared, base), pages)
        file.write_text(json.dumps(asdict(found)), encoding="utf-8")
        said = (
            f"{len(found.differing) + len(found.others)} of {len(pages)} pages walked:"
            f" {len(found.differing)} are built otherwise than before, {len(found.others)} show"
            " what else there is (tests/site/chosen.py)"
        )
        (shared.directory / "walked.said").write_text(said, encoding="utf-8")

    found = Chosen(**json.loads(shared.once("chosen.json", write).read_text("utf-8")))
    return sorted([*found.differing, *found.others])


def _built_before(shared: Shared, base: str) -> Path:
    """The site as it was at a commit; empty where it could not be built, so that all differs."""

    def check_out(directory: Path) -> None:
        clone = ["clone", "--quiet", "--shared", "--no-checkout", str(ROOT), str(directory)]
        for line in (clone, ["-C", str(directory), "checkout", "--quiet", "--detach", base]):
            subprocess.run(["git", *line], check=True)

    def build(directory: Path, name: str) -> None:
        language = name.removeprefix("before-")
        if _build(shared, language, directory, root=checkout, SNIPPETS="recorded").returncode:
            shutil.rmtree(directory, ignore_errors=True)
            directory.mkdir()

    checkout = shared.once("base", check_out)
    return _joined(shared, "before", shared.parts([f"before-{name}" for name in LANGUAGES], build))


def _build(
    shared: Shared, language: str, directory: Path, *, root: Path = ROOT, **environment: str
) -> "subprocess.CompletedProcess[str]":
    environment |= {"SITE_URL": f"{shared.address}/", "SOURCE_DATE_EPOCH": EPOCH}
    return build_site(LANGUAGES[language], directory, root=root, **environment)


def _joined(shared: Shared, name: str, parts: list[Path]) -> Path:
    def join(directory: Path) -> None:
        for part, below in zip(parts, (".", "en"), strict=True):
            shutil.copytree(part, directory / below, copy_function=os.link, dirs_exist_ok=True)

    return shared.once(name, join)
