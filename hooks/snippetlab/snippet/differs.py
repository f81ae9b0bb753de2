"""Why a snippet prints something else in another version of its lab: the tag `differs`.

# differs = { kind = "store", ko = "…", en = "Docker 28 keeps images in containerd." }

It must be there where recordings differ, and nowhere else: so it cannot outlive what it explains.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from snippetlab.compare.difference import Difference, differences
from snippetlab.errors import Cure, SourceError

if TYPE_CHECKING:
    from snippetlab.snippet.entry import Entry

_KIND = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True)
class Differs:
    """What the tag says."""

    kind: str
    """Of change; what pages call it is in the site's words, in the table `changes`."""
    texts: Mapping[str, str]
    """A sentence by language; see `in_language`."""


def parse_differs(value: Any) -> Differs | None:
    """Raises ValueError for anything but nothing, or a kind with texts."""
    if not value:
        return None
    form = "the tag `differs` must have a kind, and a text for each language"
    if not isinstance(value, dict) or not all(map(_is_text, value.values())):
        raise ValueError(form)
    texts = {name: text for name, text in value.items() if name != "kind"}
    if not texts or not _KIND.fullmatch(value.get("kind", "")):
        raise ValueError(form)
    return Differs(value["kind"], texts)


def differing(entry: "Entry", other: "Entry") -> tuple[Difference, ...]:
    """How what is recorded of the snippet in another version differs, by its own rules."""
    if not (entry.recording and other.recording):
        return ()
    old, new = entry.recording.transcript, other.recording.transcript
    return differences(old, new, entry.snippet.volatile, entry.step_names)


def differs_fault(entry: "Entry") -> SourceError | None:
    """Whether the tag is missing, or explains nothing; where all versions have their recordings."""
    snippet, others = entry.snippet, entry.others
    if snippet.variant or entry.experiment or any(one.fault for one in (entry, *others.values())):
        return None
    found = {version: differing(entry, other) for version, other in others.items()}
    if others and not snippet.differs and (version := next((v for v in found if found[v]), "")):
        step = found[version][0].step + 1
        what = f"versions {snippet.version} and {version} print different things in step {step}"
        text = 'Say why: # differs = { kind = "…", en = "…" }'
        cure = Cure("differs-missing", f"{text}; what differs is shown by: snippetlab drift")
        return SourceError(snippet.path, snippet.line_of("versions"), what, cure)
    if snippet.differs and not any(found.values()):
        cure = Cure("differs-stale", "Take the tag `differs` out.")
        what = "all versions print the same, and `differs` says why they do not"
        return SourceError(snippet.path, snippet.line_of("differs"), what, cure)
    return None


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
