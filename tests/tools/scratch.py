"""A small checkout in which nothing is wrong, to put something wrong in."""

import subprocess
from pathlib import Path

from tests.support import ROOT, snippet

NAV = "nav:\n  - Home: index.md\n  - A:\n      - Page: a/page.md\n"
PAGE = "---\ntitle: A\n---\n\n# A {{ #a }}\n\n{}\n\n```snippet\na/b\n```\n"


def create(root: Path) -> None:
    """Make it there. It has no recording."""
    subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
    for name in (".shellcheckrc", ".hadolint.yaml", "pyproject.toml"):
        (root / name).write_bytes((ROOT / name).read_bytes())
    for name in ("mkdocs.yml", "mkdocs.en.yml"):
        (root / name).write_text(NAV)
    for language in ("ko", "en"):
        write(root, f"docs/{language}/index.md", "# Home { #home }\n")
        write(root, f"docs/{language}/a/page.md", PAGE.format("Text."))
    write(root, "snippets/a/b.sh", snippet("echo one\n"))


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def commit(root: Path) -> None:
    author = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    for command in (["add", "--all"], [*author, "commit", "-qm", "x", "--allow-empty"]):
        subprocess.run(["git", *command], cwd=root, check=True)
