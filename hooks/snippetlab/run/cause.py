"""Why a step may print something else than was recorded: what it ran is of another version.

Only this excuses a difference, and only in a site build; `verify` excuses nothing.
"""

from collections.abc import Iterable, Iterator, Mapping

from snippetlab.run.laboratory import Laboratory
from snippetlab.run.lock import Lock
from snippetlab.run.origin import Origin
from snippetlab.snippet.depends import KERNEL
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.program import Program


def causes(laboratory: Laboratory, entry: Entry, steps: Iterable[int]) -> tuple[str, ...]:
    """What of each of the steps has another version than lab/lock.toml names, with both.

    Empty where of one step nothing has: then the others excuse nothing.
    """
    numbers = sorted(set(steps))
    if not laboratory.locked or not numbers:
        return ()
    if laboratory.kernel_change and KERNEL in entry.snippet.depends:
        return (f"the kernel, named by the tag `depends`: {laboratory.kernel_change}",)
    programs = Origin(laboratory.packages.has).programs(entry.program)
    found = [
        [f"step {n + 1}: {cause}" for cause in _changed(laboratory, programs[n])]
        for n in numbers
        if n < len(programs)
    ]
    return tuple(cause for step in found for cause in step) if all(found) else ()


def locked(laboratories: Mapping[str, Laboratory], entries: Iterable[Entry] = ()) -> Lock:
    """What lab/lock.toml says after all entries have been verified in these labs.

    Of packages it names those that the recipe does, and those that steps come from.
    """
    programs: dict[str, list[Program]] = {name: [] for name in laboratories}
    for entry in entries:
        programs.get(entry.snippet.lab, []).append(entry.program)
    return Lock(
        {
            name: laboratory.described(_packages(laboratory, programs[name]))
            for name, laboratory in laboratories.items()
        }
    )


def _packages(laboratory: Laboratory, programs: Iterable[Program]) -> set[str]:
    """Those that the steps of the programs come from."""
    origin = Origin(laboratory.packages.has)
    named = {name for program in programs for step in origin.programs(program) for name in step}
    return {package for name in named for package in laboratory.packages.owners(name)}


def _changed(laboratory: Laboratory, programs: Iterable[str]) -> Iterator[str]:
    assert laboratory.locked
    for program in sorted(programs):
        for package in laboratory.packages.owners(program):
            then = laboratory.locked.packages.get(package)
            now = laboratory.packages.versions[package]
            if then not in (None, now):
                yield f"`{program}` comes from {package} {then} → {now}"
