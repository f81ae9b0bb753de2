"""The well-kept linters, their words brought into one form: path:line, what, cure."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from snippetlab.errors import Cure
from tools.finding import Finding, output_of, tracked

_Cure = Callable[[re.Match[str]], Cure]


def _found(
    pattern: str, cure: _Cure, root: Path, *command: str, faults: int = 1
) -> Iterator[Finding]:
    """What a linter found; the pattern names path and line, and perhaps the message.

    Raises RuntimeError where it found something that the pattern does not match.
    """
    text, faulty = output_of(*command, root=root, faults=faults)
    found = list(re.finditer(pattern, text, re.MULTILINE))
    if faulty and not found:
        raise RuntimeError(f"{command[0]} says what is not understood here: {text}")
    for match in found:
        place = f"{match['path'].removeprefix('./')}:{match['line']}"
        yield Finding(place, match.groupdict().get("message", "laid out otherwise"), cure(match))


def ruff(root: Path) -> Iterator[Finding]:
    """Mistakes in Python."""

    def cure(found: re.Match[str]) -> Cure:
        if "[*]" in found["message"]:
            return Cure("ruff-fix", f".venv/bin/ruff check --fix {found['path']}")
        code = found["code"].rstrip(":")
        return Cure("ruff-rule", f".venv/bin/ruff rule {code} explains it.")

    pattern = r"^(?P<path>\S+\.py):(?P<line>\d+):\d+: (?P<message>(?P<code>\S+) .*)$"
    yield from _found(pattern, cure, root, "ruff", "check", "--output-format=concise", ".")


def layout(root: Path) -> Iterator[Finding]:
    """Python that is laid out otherwise."""
    pattern = r"^ +--> (?P<path>.+?):(?P<line>\d+):\d+$"
    command = ("ruff", "format", "--check", ".")

    def cure(found: re.Match[str]) -> Cure:
        return Cure("ruff-format", f".venv/bin/ruff format {found['path']}")

    yield from _found(pattern, cure, root, *command)


def types(root: Path) -> Iterator[Finding]:
    """Types that do not fit."""
    pattern = r"^(?P<path>\S+):(?P<line>\d+): error: (?P<message>.*)$"
    cure = Cure("mypy-type", "Mend the type; .venv/bin/mypy says it again with its notes.")
    yield from _found(pattern, lambda _: cure, root, "mypy")


def shellcheck(root: Path) -> Iterator[Finding]:
    """Mistakes in bash snippets and in this project's own scripts; see .shellcheckrc."""

    def cure(found: re.Match[str]) -> Cure:
        code = found["code"]
        return Cure(
            "shellcheck-meant",
            f"https://www.shellcheck.net/wiki/{code} says how."
            f" If it is meant, say so on a line above: # shellcheck disable={code}",
        )

    pattern = r"^(?P<path>.+?):(?P<line>\d+):\d+: \w+: (?P<message>.* \[(?P<code>SC\d+)\])$"
    # A change there makes a new image: only what is an error.
    for shell, severity, names in (
        ("bash", "style", ["snippets/**.sh"]),
        ("sh", "style", ["tools/*.sh", ".ci/run"]),
        ("sh", "error", ["lab/*.sh", "hooks/snippetlab/images/default/*.sh"]),
    ):
        if files := tracked(*names, root=root):
            options = (f"--shell={shell}", f"--severity={severity}", "--format=gcc")
            yield from _found(pattern, cure, root, "shellcheck", *options, *files)


def hadolint(root: Path) -> Iterator[Finding]:
    """Mistakes in Dockerfile snippets; see .hadolint.yaml."""
    files = tracked("snippets/**Dockerfile", root=root)
    if not files:
        return
    text, _ = output_of("hadolint", "--format=json", *files, root=root)
    for found in json.loads(text):
        code = found["code"]
        wiki = "https://www.shellcheck.net/wiki/" if code.startswith("SC") else None
        cure = Cure(
            "hadolint-meant",
            f"{wiki or 'https://github.com/hadolint/hadolint/wiki/'}{code} says how."
            f" If it is meant, say so on a line above: # hadolint ignore={code}",
        )
        yield Finding(f"{found['file']}:{found['line']}", f"{found['message']} [{code}]", cure)


def markdown(root: Path) -> Iterator[Finding]:
    """Markdown that renders otherwise than it looks."""

    def cure(found: re.Match[str]) -> Cure:
        if found["message"].endswith("[*]"):
            return Cure("rumdl-fix", f".venv/bin/rumdl check --fix {found['path']}")
        return Cure("rumdl-rule", f".venv/bin/rumdl rule {found['code']} explains it.")

    pattern = r"^(?P<path>.+?):(?P<line>\d+):\d+: (?P<message>\[(?P<code>MD\d+)\] .*)$"
    command = ("rumdl", "check", "--no-cache", "--color=never", *tracked("*.md", root=root))
    yield from _found(pattern, cure, root, *command)


def spelling(root: Path) -> Iterator[Finding]:
    """English words misspelt, in pages, code and messages."""
    pattern = r"^(?P<path>.+?):(?P<line>\d+):\d+: (?:error: )?(?P<message>.*)$"
    text = "Correct it. A name or a quotation goes into pyproject.toml,"
    text += " below [tool.typos.default], into extend-ignore-identifiers-re."
    cure = Cure("misspelt", text)
    command = ("typos", "--format=brief", "--color=never")
    yield from _found(pattern, lambda _: cure, root, *command, faults=2)


def workflows(root: Path) -> Iterator[Finding]:
    """Mistakes and risks in GitHub's workflows, and in the one that a page gives to others."""
    pattern = r"^(?P<path>.+?):(?P<line>\d+):\d+: (?P<message>.*)$"
    cure = Cure("actionlint", "Mend the workflow; actionlint found this.")
    files = tracked(".github/workflows/*.yml", "docs/ci.yml", root=root)
    options = ("-oneline", "-no-color", *files)
    yield from _found(pattern, lambda _: cure, root, "actionlint", *options)
    command = ["zizmor", "--offline", "--quiet", "--format=json", "--no-exit-codes", ".github"]
    command += [file for file in files if file.startswith("docs/")]
    text, _ = output_of(*command, root=root)
    for found in json.loads(text):
        where = found["locations"][0]
        path = Path(where["symbolic"]["key"]["Local"]["verbatim_path"])
        line = where["concrete"]["location"]["start_point"]["row"] + 1
        cure = Cure("zizmor", f"{found['url']} says how.")
        yield Finding(f"{path}:{line}", f"{found['desc']} [{found['ident']}]", cure)
