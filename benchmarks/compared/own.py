"""This engine: a site of its own in the try's directory, which names the plugin."""

import subprocess
import sys
import time
from pathlib import Path

from benchmarks.compared.tool import LONG, Ran, Tool, home_of, is_left, listening, run, write
from snippetlab.project import cache_directory
from tools.finding import ROOT

_HEADER = '# /// snippet\n# lab = "namespace"\n# proves = "A try."\n{}# ///\n'
_BUILD = """\
from pathlib import Path
from snippetlab.hosts.build import Build
from snippetlab.project import Project
from snippetlab.run import live
ran = []
start = live.LiveRuns.start
live.LiveRuns.start = lambda self, entries: (ran.extend(entries), start(self, entries))
build = Build(Project(Path("{site}")), Path("{site}/docs"), live=True, write=False, say=print)
build.start()
build.finish()
print("ran", len(ran))
"""


def _site(directory: Path, code: str, tags: str = "") -> Path:
    site = directory / "site"
    write(site / "mkdocs.yml", "site_name: Try\nplugins: [snippetlab]\n")
    write(site / "docs/index.md", "# Try\n\n```snippet\na/try\n```\n")
    write(site / "snippets/a/try.sh", _HEADER.format(tags) + code)
    return site


def _do(site: Path, *arguments: str) -> Ran:
    environment = {"PYTHONPATH": str(ROOT / "hooks")}
    return run([sys.executable, "-m", "snippetlab", *arguments], site, environment=environment)


def _record(directory: Path, code: str, tags: str = "") -> Ran:
    return _do(_site(directory, code, tags), "record", "a/try")


def _installed(directory: Path) -> Path:
    """The engine as pip installs it: MkDocs finds plugins by what that writes of them."""
    uv = [str(Path(sys.executable).with_name("uv")), "pip", "install", "--quiet"]
    options = ["--no-deps", "--no-build-isolation", "--target", str(directory)]
    subprocess.run([*uv, *options, str(ROOT)], check=True)
    return directory


def _shows(directory: Path) -> bool:
    assert _record(directory, "echo $((40 + 2))\n").held
    site = directory / "site"
    environment = {"PYTHONPATH": str(_installed(directory / "installed"))}
    built = run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"], site, environment=environment
    )
    page = site / "site/index.html"
    return built.held and "<samp>42</samp>" in page.read_text(encoding="utf-8")


def _differs(directory: Path, code: str, tags: str = "") -> bool:
    """Whether a run is told from its recording when `{later}` in the code has become 1."""
    then = int(time.time()) + 15
    assert _record(directory, code.format(later=f"(EPOCHSECONDS > {then})"), tags).held
    same = _do(directory / "site", "verify", "a/try")
    assert time.time() < then, "this machine is too busy: once more"
    time.sleep(max(0, then + 2 - time.time()))
    return same.held and not _do(directory / "site", "verify", "a/try").held


def _compares(directory: Path) -> bool:
    return _differs(directory, "echo $((42 + {later}))\n")


def _fails(directory: Path) -> bool:
    declared = _record(directory, "(exit 3) # ? 3\n")
    return declared.held and not _record(directory, "(exit 3)\n").held


def _place(directory: Path) -> bool:
    return "snippets/a/try.sh:6" in _record(directory, "true\n(exit 3)\n").said


def _session(directory: Path) -> bool:
    ran = _record(directory, "X=41\necho [$X]\n")
    recording = directory / "site/snippets/a/try.out"
    return ran.held and "\n[41]\n" in recording.read_text(encoding="utf-8")


def _typed(directory: Path) -> bool:
    code = "read -r -p 'Name: ' name\n# typed: Ada\necho \"[$name]\"\n"
    ran = _record(directory, code, "# terminal = true\n")
    recording = directory / "site/snippets/a/try.out"
    return ran.held and "[Ada]" in recording.read_text(encoding="utf-8")


def _files(directory: Path) -> bool:
    home = home_of(directory)
    _record(directory, f"touch ~/was-here {home}/was-here || true\n", '# leaves = ["file"]\n')
    return not (home / "was-here").exists()


def _network(directory: Path) -> bool:
    with listening() as (port, has_come):
        _record(directory, f"bash -c 'echo > /dev/tcp/127.0.0.1/{port}' # ? *\n")
        return not has_come()


def _limit(directory: Path) -> bool:
    ran = _record(directory, f"sleep {LONG}\n", "# timeout = 2\n")
    return not ran.held and ran.seconds < LONG


def _leftover(directory: Path) -> bool:
    command = "sleep 98321"
    ran = _record(directory, f"{command} >/dev/null 2>&1 &\n")
    return not is_left(command) and not ran.held


def _varies(directory: Path) -> bool:
    """Recorded with one process ID, run with others."""
    code = "bash -c 'echo process $$'; sleep 0.$((RANDOM % 9)); bash -c 'echo process $$'\n"
    assert _record(directory, code, '# volatile = ["pid"]\n').held
    return _do(directory / "site", "verify", "a/try", "--repeat", "3").held


def _equal(directory: Path) -> bool:
    """Recorded while both numbers are one, run when they are two."""
    code = "echo process 4711; echo process $((4711 + {later}))\n"
    return _differs(directory, code, '# volatile = ["pid"]\n')


def _update(directory: Path) -> bool:
    assert _record(directory, "echo 42\n").held
    assert _record(directory, "echo 43\n").held
    recording = directory / "site/snippets/a/try.out"
    return "\n43\n" in recording.read_text(encoding="utf-8")


def _again(directory: Path) -> bool:
    """What the namespace lab proved it remembers; a build then starts no lab."""
    assert _record(directory, "echo 42\n").held
    site = directory / "site"
    environment = {"PYTHONPATH": str(ROOT / "hooks"), "SNIPPETLAB_CACHE": str(directory / "cache")}
    (directory / "cache").mkdir()
    for kept in cache_directory().iterdir():
        if kept.name != "proofs":
            (directory / "cache" / kept.name).symlink_to(kept)
    code = _BUILD.format(site=site)
    first, second = (
        run([sys.executable, "-c", code], site, environment=environment) for _ in range(2)
    )
    return "ran 1" in first.said and "ran 0" in second.said


TOOL = Tool(
    "snippetlab",
    (),
    {
        "shows": _shows,
        "compares": _compares,
        "fails": _fails,
        "place": _place,
        "session": _session,
        "typed": _typed,
        "files": _files,
        "network": _network,
        "limit": _limit,
        "leftover": _leftover,
        "varies": _varies,
        "equal": _equal,
        "again": _again,
        "update": _update,
    },
)
