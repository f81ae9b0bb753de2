"""Packages of another suite than the rest: apt's source of them, and which it prefers.

A suite such as testing moves. What a recipe names there is a wish: apt takes that version while
the mirror has it, and else the one that there is, which `fallen` then tells.
"""

import re
import shlex
from collections.abc import Mapping, Sequence

Pins = Mapping[str, Mapping[str, str]]
"""Suite, by its code name → package → the version that is wanted of it."""

_PREFERENCES = "etc/apt/preferences.d/lab.pref"
_SHAPES = {
    "suite": re.compile(r"[a-z][a-z0-9-]*"),
    "package": re.compile(r"[a-z0-9][a-z0-9+.-]+"),
    "version": re.compile(r"[0-9][A-Za-z0-9.+:~-]*"),
}


def read_pins(table: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """The table `from` of a recipe. Raises ValueError for what apt would read otherwise."""
    for suite, versions in table.items():
        for package, version in versions.items():
            for what, text in (("suite", suite), ("package", package), ("version", version)):
                if not _SHAPES[what].fullmatch(text):
                    raise ValueError(f"[from.{suite}]: {text!r} is no {what}")
    return {suite: dict(versions) for suite, versions in table.items()}


def joined(below: Pins, above: Pins) -> dict[str, dict[str, str]]:
    """Those of two layers; a package that both name is taken as the upper one says."""
    own = set(names(above))
    kept = {s: {p: v for p, v in versions.items() if p not in own} for s, versions in below.items()}
    suites = dict.fromkeys([*kept, *above])
    together = {suite: kept.get(suite, {}) | dict(above.get(suite, {})) for suite in suites}
    return {suite: versions for suite, versions in together.items() if versions}


def names(pins: Pins) -> list[str]:
    """The packages."""
    return [package for versions in pins.values() for package in versions]


def fallen(pins: Pins, installed: Mapping[str, str]) -> list[tuple[str, str, str, str]]:
    """Suite, package, its version in the image, and the wanted one, where that is another."""
    return [
        (suite, package, installed.get(package, "absent"), version)
        for suite, versions in pins.items()
        for package, version in versions.items()
        if installed.get(package) != version
    ]


def setup_hooks(pins: Pins, components: Sequence[str], mirror: str) -> list[str]:
    """What mmdebstrap runs before it asks a mirror ($1 is the new root directory).

    A snapshot of a suite that moves may be out of date for apt; that is allowed to this source
    alone, and signatures are checked as ever.
    """
    if not pins:
        return []
    sources = "".join(
        f"deb [check-valid-until=no] {mirror} {suite} {' '.join(components)}\n" for suite in pins
    )
    preferences = "\n".join(part for suite in pins for part in _preferences(suite, pins[suite]))
    written = {"etc/apt/sources.list.d/lab.list": sources, _PREFERENCES: preferences}
    return [f'printf %s {shlex.quote(text)} >"$1"/{path}' for path, text in written.items()]


def customize_hooks(pins: Pins) -> list[str]:
    """What it runs at the end; sources are removed by base.sh."""
    return [f'rm "$1"/{_PREFERENCES}'] if pins else []


def _preferences(suite: str, versions: Mapping[str, str]) -> list[str]:
    """See apt_preferences(5): of a version the first paragraph counts that names its package."""
    found = [f"Package: *\nPin: release n={suite}\nPin-Priority: 100\n"]
    for package, version in versions.items():
        found.append(f"Package: {package}\nPin: version {version}\nPin-Priority: 990\n")
        found.append(f"Package: {package}\nPin: release n={suite}\nPin-Priority: 900\n")
    return found
