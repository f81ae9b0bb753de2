"""Files that a page speaks of and does not make: what it shows of them is what they hold."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from snippetlab.adopt.agreement import leaves_out
from snippetlab.adopt.plan import Candidate
from snippetlab.adopt.reading import StaysError

_CAT = re.compile(r"cat (?P<name>[\w][\w.-]*)")
_MISSING = re.compile(r"[\s'\":]([\w][\w.-]*)'?: No such file or directory")


def with_files(
    candidates: Sequence[Candidate], stays: Mapping[int, StaysError], directory: Path
) -> list[Candidate] | None:
    """The same with the files that something lacked; None where the page shows none of these.

    What lies in the `directory` of the page's snippets is not made again.
    """
    lacking = {name for error in stays.values() for name in _MISSING.findall(error.reason)}
    shown = {n: t for n, t in _shown(candidates).items() if n in lacking}
    files = {name: text for name, text in shown.items() if not (directory / name).exists()}
    if not files:
        return None
    return [_given(candidate, files) for candidate in candidates]


def _shown(candidates: Sequence[Candidate]) -> dict[str, str]:
    """The files that are shown whole before anything else speaks of them."""
    found: dict[str, str] = {}
    said = ""
    for candidate in candidates:
        for typed in candidate.draft.reading.typed:
            text = "\n".join(typed.text)
            cat, is_whole = _CAT.fullmatch(text), not any(map(leaves_out, typed.shown))
            if cat and typed.shown and is_whole and not re.search(_word(cat["name"]), said):
                found[cat["name"]] = "".join(f"{line}\n" for line in typed.shown)
            said += f"\n{text}"
    return found


def _given(candidate: Candidate, files: Mapping[str, str]) -> Candidate:
    draft = candidate.draft
    text = "\n".join(line for typed in draft.reading.typed for line in typed.text)
    named = {name: files[name] for name in files if re.search(_word(name), text)}
    if not named:
        return candidate
    note = f"made of what the page shows: {', '.join(named)}"
    reading = replace(draft.reading, notes=(*draft.reading.notes, note))
    return replace(candidate, draft=replace(draft, files=named, reading=reading))


def _word(name: str) -> str:
    return rf"(?<![\w.-]){re.escape(name)}(?![\w-])"
