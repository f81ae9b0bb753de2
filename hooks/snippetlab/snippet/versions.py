"""The versions of its lab in which a snippet is recorded: the tag `versions`.

# versions = ["28", "26"]

The first is that of the snippet's own lab. In each other one the same file is an entry of its own,
a variant: `docker/store@26`, which is recorded in `store@26.out` beside `store.out`.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from snippetlab.errors import Cure, SourceError
from snippetlab.registry import LABS, VERSION
from snippetlab.snippet.command import Command, flatten

if TYPE_CHECKING:
    from snippetlab.snippet.snippet import Snippet


MOST = 4
"""As many as the switch's style sheet tells apart."""


def parse_versions(value: Any) -> tuple[str, ...]:
    """Raises ValueError for anything but nothing, or at least two different names."""
    names = value if isinstance(value, list) else [value]
    if not all(isinstance(name, str) and re.fullmatch(VERSION, name) for name in names):
        raise ValueError("the tag `versions` must be a list of versions")
    if len(names) == 1 or len({*names}) < len(names):
        raise ValueError("the tag `versions` must name several versions, each once")
    if len(names) > MOST:
        raise ValueError(f"the tag `versions` names {len(names)} versions, of at most {MOST}")
    return tuple(names)


def check_versions(snippet: "Snippet") -> None:
    """Raises SourceError where the snippet's lab has not these versions, or is only one."""
    lab = LABS.get(snippet.lab)
    if lab and lab.version and not lab.versions:
        name, of = next((n, one) for n, one in LABS.items() if snippet.lab in one.versions.values())
        both = _list((of.version, lab.version))
        cure = Cure("lab-version", f'Write: # lab = "{name}"', f"Below it: # versions = {both}")
        message = f"{snippet.lab} is version {lab.version} of the lab {name}"
        raise SourceError(snippet.path, snippet.line_of("lab"), message, cure)
    if snippet.browser and snippet.versions:
        cure = Cure("versions-or-browser", "Remove one of `browser` and `versions`.")
        message = "the reader's tab is one machine, of one version"
        raise SourceError(snippet.path, snippet.line_of("versions"), message, cure)
    known = [*lab.versions] if lab else []
    wrong = [name for name in snippet.versions if name not in known]
    if wrong or snippet.versions[:1] not in ((), tuple(known[:1])):
        what = f"no version {wrong[0]}" if wrong else f"version {known[0]} first"
        cure = Cure(
            "versions-lab", f"Write: # versions = {_list(known)}" if known else "Remove it."
        )
        message = f"the lab {snippet.lab} has {what}"
        raise SourceError(snippet.path, snippet.line_of("versions"), message, cure)


def check_statuses(snippet: "Snippet", commands: tuple[Command, ...]) -> None:
    """Raises SourceError where a step must end otherwise in a version that is not recorded."""
    for command in flatten(commands):
        for version, _ in command.otherwise:
            if version not in snippet.versions:
                message = f"this step says how it ends in version {version}, which is not recorded"
                text = f"Name {version} in the tag `versions`, or take `@{version}` out."
                raise SourceError(snippet.file, command.line, message, Cure("status-version", text))


def variant_of(snippet: "Snippet", version: str) -> "Snippet":
    """The snippet as it runs in another version of its lab."""
    return replace(
        snippet,
        id=f"{snippet.id}@{version}",
        lab=LABS[snippet.lab].versions[version],
        after=snippet.after and f"{snippet.after}@{version}",
        variant=version,
        browser=False,
        elsewhere={},
    )


def _list(names: Iterable[str]) -> str:
    return json.dumps([*names])
