"""MyST-NB with a kernel of bash: cells of a Sphinx page that run while it is built."""

import sys
from pathlib import Path

from benchmarks.compared.tool import LONG, Ran, Tool, home_of, is_left, listening, run, write

_CONFIGURATION = """\
extensions = ["myst_nb"]
exclude_patterns = [".jupyter_cache", "jupyter_execute", "out"]
nb_execution_mode = "cache"
nb_execution_timeout = 2
nb_execution_raise_on_error = True
"""
_HEAD = """\
---
file_format: mystnb
kernelspec:
  name: {kernel}
  display_name: {kernel}
---
# Try

"""


def _cell(code: str) -> str:
    return f"```{{code-cell}}\n{code}\n```\n\n"


def _build(directory: Path, *cells: str, kernel: str = "bash", whole: bool = True) -> Ran:
    site = directory / "site"
    write(site / "conf.py", _CONFIGURATION)
    write(site / "index.md", _HEAD.format(kernel=kernel) + "".join(cells))
    anew = ["-E"] if whole else []
    return run([sys.executable, "-m", "sphinx", "-q", "-W", *anew, "-b", "html", ".", "out"], site)


def _page(directory: Path) -> str:
    return (directory / "site/out/index.html").read_text(encoding="utf-8")


def _shows(directory: Path) -> bool:
    return _build(directory, _cell("echo $((40 + 2))")).held and "42\n" in _page(directory)


def _fails(directory: Path) -> bool:
    return not _build(directory, _cell("cat nothing-there")).held


def _place(directory: Path) -> bool:
    """The cell begins in line 9 of index.md, and the failing command is the next."""
    said = _build(directory, _cell("cat nothing-there")).said
    return "index.md:9" in said or "index.md:10" in said


def _session(directory: Path) -> bool:
    return _build(directory, _cell("X=41"), _cell("echo [$X]")).held and "[41]" in _page(directory)


def _files(directory: Path) -> bool:
    assert _build(directory, _cell("touch ~/was-here")).held
    return not (home_of(directory) / "was-here").exists()


def _network(directory: Path) -> bool:
    with listening() as (port, has_come):
        _build(directory, _cell(f"echo > /dev/tcp/127.0.0.1/{port}"))
        return not has_come()


def _limit(directory: Path) -> bool:
    ran = _build(directory, _cell(f"sleep {LONG}"))
    return not ran.held and ran.seconds < LONG


def _leftover(directory: Path) -> bool:
    command = "sleep 98318"
    ran = _build(directory, _cell(f"{command} >/dev/null 2>&1 &"))
    return not is_left(command) or not ran.held


def _again(directory: Path) -> bool:
    cell = _cell("echo x >> ~/runs")
    assert _build(directory, cell).held
    assert _build(directory, cell).held
    return (home_of(directory) / "runs").read_text().count("x") == 1


def _picture(directory: Path) -> bool:
    code = 'from IPython.display import SVG\nSVG(\'<svg viewBox="0 0 9 9"><circle r="9"/></svg>\')'
    return _build(directory, _cell(code), kernel="python3").held and "circle" in _page(directory)


TOOL = Tool(
    "MyST-NB",
    ("myst-nb", "jupyter-cache", "bash_kernel", "Sphinx"),
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
