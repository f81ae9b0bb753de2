"""markdown-exec: fences of a MkDocs page that run while it is built."""

import sys
from pathlib import Path

from benchmarks.compared.tool import LONG, Ran, Tool, home_of, is_left, listening, run, write

_CONFIGURATION = """\
site_name: Try
plugins: [markdown-exec]
markdown_extensions: [pymdownx.superfences]
"""


def _fence(code: str, options: str = "", language: str = "bash") -> str:
    return f'```{language} exec="1" source="console" result="text" {options}\n{code}\n```\n\n'


def _build(directory: Path, *fences: str) -> Ran:
    site = directory / "site"
    write(site / "mkdocs.yml", _CONFIGURATION)
    write(site / "docs/index.md", "# Try\n\n" + "".join(fences))
    return run([sys.executable, "-m", "mkdocs", "build", "--strict"], site)


def _page(directory: Path) -> str:
    return (directory / "site/site/index.html").read_text(encoding="utf-8")


def _shows(directory: Path) -> bool:
    return _build(directory, _fence("echo $((40 + 2))")).held and "\n42" in _page(directory)


def _fails(directory: Path) -> bool:
    return not _build(directory, _fence("exit 3")).held


def _place(directory: Path) -> bool:
    """The failing command is in line 4 of index.md."""
    said = _build(directory, _fence("exit 3")).said
    return "index.md:4" in said or "index.md:3" in said


def _session(directory: Path) -> bool:
    fences = (_fence("X=41", 'session="a"'), _fence("echo [$X]", 'session="a"'))
    return _build(directory, *fences).held and "[41]" in _page(directory)


def _files(directory: Path) -> bool:
    assert _build(directory, _fence("touch ~/was-here")).held
    return not (home_of(directory) / "was-here").exists()


def _network(directory: Path) -> bool:
    with listening() as (port, has_come):
        _build(directory, _fence(f"echo > /dev/tcp/127.0.0.1/{port}"))
        return not has_come()


def _limit(directory: Path) -> bool:
    return _build(directory, _fence(f"sleep {LONG}")).seconds < LONG


def _leftover(directory: Path) -> bool:
    command = "sleep 98317"
    ran = _build(directory, _fence(f"{command} >/dev/null 2>&1 &"))
    return not is_left(command) or not ran.held


def _again(directory: Path) -> bool:
    """What the block counts tells whether it ran."""
    fence = _fence("echo x >> ~/runs")
    assert _build(directory, fence).held
    assert _build(directory, fence).held
    return (home_of(directory) / "runs").read_text().count("x") == 1


def _picture(directory: Path) -> bool:
    code = 'print(\'<svg viewBox="0 0 9 9"><circle r="9"/></svg>\')'
    fence = f'```python exec="1" html="1"\n{code}\n```\n'
    return _build(directory, fence).held and '<circle r="9"/>' in _page(directory)


TOOL = Tool(
    "markdown-exec",
    ("markdown-exec", "mkdocs"),
    {
        "shows": _shows,
        "fails": _fails,
        "place": _place,
        "session": _session,
        "files": _files,
        "network": _network,
        "limit": _limit,
        "leftover": _leftover,
        "again": _again,
        "picture": _picture,
    },
)
