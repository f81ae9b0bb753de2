"""Python in pages: the fences that pytest-examples finds, linted as it lints them.

What they print is compared with their `#>` by tests/site/test_python_fences.py, in the lab.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from pytest_examples import CodeExample, find_examples
from pytest_examples.config import ExamplesConfig
from pytest_examples.lint import FormatError, black_format, ruff_check

from snippetlab.errors import Cure
from tools.finding import Finding

CONFIG = ExamplesConfig(target_version="py311")
_FOUND = re.compile(r"^ *(?P<path>\S+):(?P<line>\d+):\d+: (?P<message>(?P<code>\S+) .*)$", re.M)


def fences(root: Path) -> list[CodeExample]:
    """The Python in pages, and in the texts with which the Python of snippets documents itself."""
    found = find_examples(root / "docs", *filter(Path.is_dir, [root / "snippets"]))
    return [example for example in found if example.prefix in ("py", "python")]


def examples(root: Path) -> Iterator[Finding]:
    """Mistakes in Python fences, and what is laid out otherwise."""
    for example in fences(root):
        try:
            ruff_check(example, CONFIG, extra_ruff_args=("--output-format=concise",))
        except FormatError as error:
            for found in _FOUND.finditer(str(error)):
                place = f"{Path(found['path']).relative_to(root)}:{found['line']}"
                cure = Cure("example-rule", f".venv/bin/ruff rule {found['code']} explains it.")
                yield Finding(place, found["message"], cure)
            continue
        if finding := _layout(example, root):
            yield finding


def _layout(example: CodeExample, root: Path) -> Finding | None:
    lines, wanted = (
        text.split("\n") for text in (example.source, black_format(example.source, CONFIG))
    )
    for number, line in enumerate(wanted, 1):
        if lines[number - 1 : number] != [line]:
            place = f"{example.path.relative_to(root)}:{example.start_line + number}"
            cure = Cure("example-layout", f"As black lays it out, this line is: {line}")
            return Finding(place, "laid out otherwise", cure)
    return None
