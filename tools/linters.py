"""The well-kept linters, their words brought into one form: path:line, what, cure."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from tools.finding import Finding, output_of, tracked

_Cure = Callable[[re.Match[str]], str]


def _found(pattern: str, text: str, cure: _Cure) -> Iterator[Finding]:
    """One finding for each line; the pattern names path, line and message, and perhaps more."""
    for found in re.finditer(pattern, text, re.MULTILINE):
        place = f"{found['path'].removeprefix('./')}:{found['line']}"
        yield Finding(place, found["message"], cure(found))


def ruff(root: Path) -> Iterator[Finding]:
    """Mistakes in Python."""
    text = output_of("ruff", "check", "--output-format=concise", ".", root=root)
    pattern = r"^(?P<path>\S+\.py):(?P<line>\d+):\d+: (?P<message>(?P<code>\S+) .*)$"
    yield from _found(
        pattern,
        text,
        lambda m: (
            f".venv/bin/ruff check --fix {m['path']}"
            if "[*]" in m["message"]
            else f".venv/bin/ruff rule {m['code'].rstrip(':')} explains it."
        ),
    )


def layout(root: Path) -> Iterator[Finding]:
    """Python that is laid out otherwise."""
    text = output_of("ruff", "format", "--check", ".", root=root)
    for path in re.findall(r"^Would reformat: (.+)$", text, re.MULTILINE):
        yield Finding(f"{path}:1", "laid out otherwise", f".venv/bin/ruff format {path}")


def types(root: Path) -> Iterator[Finding]:
    """Types that do not fit."""
    text = output_of("mypy", root=root, statuses=(0, 1))
    pattern = r"^(?P<path>\S+):(?P<line>\d+): error: (?P<message>.*)$"
    cure = "Mend the type; .venv/bin/mypy says it again with its notes."
    yield from _found(pattern, text, lambda _: cure)


def shellcheck(root: Path) -> Iterator[Finding]:
    """Mistakes in bash snippets and in this project's own scripts; see .shellcheckrc."""
    pattern = r"^(?P<path>.+?):(?P<line>\d+):\d+: \w+: (?P<message>.* \[(?P<code>SC\d+)\])$"
    for shell, names in (("bash", ["snippets/**.sh"]), ("sh", ["tools/*.sh", "lab/*", ".ci/run"])):
        if files := [n for n in tracked(*names, root=root) if not n.endswith(".toml")]:
            text = output_of("shellcheck", f"--shell={shell}", "--format=gcc", *files, root=root)
            yield from _found(
                pattern,
                text,
                lambda m: (
                    f"https://www.shellcheck.net/wiki/{m['code']} says how. If it is meant, say so"
                    f" on a line above: # shellcheck disable={m['code']}"
                ),
            )


def hadolint(root: Path) -> Iterator[Finding]:
    """Mistakes in Dockerfile snippets; see .hadolint.yaml."""
    files = tracked("snippets/**Dockerfile", root=root)
    if not files:
        return
    for found in json.loads(output_of("hadolint", "--format=json", *files, root=root)):
        code = found["code"]
        wiki = "https://www.shellcheck.net/wiki/" if code.startswith("SC") else None
        cure = f"{wiki or 'https://github.com/hadolint/hadolint/wiki/'}{code} says how."
        cure += f" If it is meant, say so on a line above: # hadolint ignore={code}"
        yield Finding(f"{found['file']}:{found['line']}", f"{found['message']} [{code}]", cure)


def markdown(root: Path) -> Iterator[Finding]:
    """Markdown that renders otherwise than it looks."""
    text = output_of("rumdl", "check", "--no-cache", "--color=never", *_texts(root), root=root)
    pattern = r"^(?P<path>.+?):(?P<line>\d+):\d+: (?P<message>\[(?P<code>MD\d+)\] .*)$"
    yield from _found(
        pattern,
        text,
        lambda m: (
            f".venv/bin/rumdl check --fix {m['path']}"
            if m["message"].endswith("[*]")
            else f".venv/bin/rumdl rule {m['code']} explains it."
        ),
    )


def spelling(root: Path) -> Iterator[Finding]:
    """English words misspelt, in pages, code and messages."""
    text = output_of("typos", "--format=brief", "--color=never", root=root, statuses=(0, 2))
    pattern = r"^(?P<path>.+?):(?P<line>\d+):\d+: (?:error: )?(?P<message>.*)$"
    cure = "Correct it. A name or a quotation goes into [tool.typos.default] in pyproject.toml."
    yield from _found(pattern, text, lambda _: cure)


def workflows(root: Path) -> Iterator[Finding]:
    """Mistakes and risks in GitHub's workflows."""
    text = output_of("actionlint", "-oneline", "-no-color", root=root)
    pattern = r"^(?P<path>.+?):(?P<line>\d+):\d+: (?P<message>.*)$"
    yield from _found(pattern, text, lambda _: "Mend the workflow; actionlint found this.")
    command = ["zizmor", "--offline", "--quiet", "--format=json", "--no-exit-codes", ".github"]
    for found in json.loads(output_of(*command, root=root)):
        where = found["locations"][0]
        path = Path(where["symbolic"]["key"]["Local"]["given_path"])
        line = where["concrete"]["location"]["start_point"]["row"] + 1
        yield Finding(f"{path}:{line}", f"{found['desc']} [{found['ident']}]", found["url"])


def _texts(root: Path) -> list[str]:
    return tracked("*.md", root=root)
