"""Tables of what the engine knows, for the pages that tell how it is used."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from statistics import median

from generated.attacks import limits_table
from generated.commands import Command
from generated.made import Made, Maker
from generated.markdown import markdown
from snippetlab import limits
from snippetlab.compare.kinds import KINDS, Kind, parse_volatile
from snippetlab.registry import LABS, room_for
from snippetlab.show.templates import Templates

SAMPLES = {
    "timestamp": "built 2026-11-30T09:15:00Z",
    "uuid": "id 123e4567-e89b-42d3-a456-426614174000",
    "mac": "ether 02:42:ac:11:00:02 brd",
    "ipv6": "inet6 fe80::42:acff:fe11:2",
    "ipv4": "inet 172.17.0.2/16",
    "digest": f"sha256:{'5f' * 32}",
    "sha256": f"{'5f' * 32}  data",
    "container-id": "e90b8831a4b8 busybox",
    "namespace-id": "uts:[4026532177]",
    "path": "made /tmp/tmp.a8XkQ2vB1c",
    "veth": "vethc1d2e3f@if12",
    "duration": "took 1.5s",
    "size": "4.0K used",
    "percentage": "12 % idle",
    "kernel": "Linux 6.12.48-amd64",
    "version": "bash 5.2.37",
    "inode": "inode 1310721",
    "pid": "process 4711",
    "port": "listens at 49153",
    "n": "17 files",
    "columns": "PID   COMMAND",
}
"""Kind → a line in which it finds something."""
_LAB = ("lab", "images", "timeout", "longest", "room", "took")
_UNITS = {"HEADER": "", "PATTERN_LENGTH": "", "PATTERN_SECONDS": " s"}
CEILINGS = (
    *("HEADER", "SOURCE", "FILES", "TEXT", "ASSET", "RECORDED", "RECORDING"),
    *("PATTERN_LENGTH", "PATTERN_SECONDS"),
)
"""Names in `snippetlab.limits` of what no tag can raise; they count bytes if nothing else."""


def tables(
    templates: Templates, commands: Callable[[], list[Command]], took: Mapping[str, list[float]]
) -> dict[str, Maker]:
    """By the name that a page asks for it; `took` has the seconds of runs, by lab."""
    made = partial(_made, templates)
    return {
        "limits": lambda: Made(limits_table(templates)),
        "ceilings": lambda: made(("what", "ceiling"), _ceilings(templates)),
        "labs": lambda: made(_LAB, _labs(took)),
        "kinds": lambda: made(("kind", "line", "found", "compared"), _kinds(templates)),
        "commands": lambda: Made(str(templates.render("options.html", commands=commands()))),
    }


def _made(templates: Templates, heads: tuple[str, ...], rows: Iterator[list[str]]) -> Made:
    said = [[templates.words["made"][head] for head in heads], *rows]
    cells = [[markdown(cell) for cell in row] for row in said]
    return Made(str(templates.render("facts.md.jinja", rows=cells)))


def _ceilings(templates: Templates) -> Iterator[list[str]]:
    for name in CEILINGS:
        value = getattr(limits, name)
        of = templates.words["ceilings"][name.lower().replace("_", "-")]
        yield [of, f"{value:,}{_UNITS.get(name, ' B')}"]


def _labs(took: Mapping[str, list[float]]) -> Iterator[list[str]]:
    for name, lab in LABS.items():
        images = ", ".join(f"`{image}`" for image in (lab.image, *lab.needs))
        room = f"{room_for(lab.image) >> 30} GiB" if room_for(lab.image) else "–"
        middle = f"{median(took[name]):.2g} s" if took.get(name) else "–"
        yield [f"`{name}`", images, f"{lab.timeout:g} s", f"{lab.longest:g} s", room, middle]


def _kinds(templates: Templates) -> Iterator[list[str]]:
    words = templates.words["made"]
    for kind in KINDS.values():
        found = kind.regex.search(SAMPLES[kind.name])
        assert found, kind.name
        how = words["identifies"] if kind.identifies else words["measures"]
        if _is_bounded(kind, found[0]):
            how = words["bounded"].format(f"`{kind.name} < {found[0]}`")
        texts = (kind.name, _short(SAMPLES[kind.name]), _short(found[0]))
        yield [*(f"`{text}`" for text in texts), how]


def _is_bounded(kind: Kind, value: str) -> bool:
    try:
        parse_volatile([f"{kind.name} < {value}"])
    except ValueError:
        return False
    return True


def _short(text: str) -> str:
    if text.isspace():
        return "␣" * len(text)
    return text if len(text) <= 45 else f"{text[:12]}…{text[-6:]}"
