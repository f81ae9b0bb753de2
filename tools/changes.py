"""What readers see otherwise since a revision: changes.py REVISION FILE

Prints each transcript that changed as a difference, in Markdown, and writes all of them, before
and after side by side, to FILE, an HTML page that needs nothing else.
"""

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, unified_diff
from html import escape
from pathlib import Path

from snippetlab.checkout import read
from snippetlab.limits import RECORDING
from snippetlab.say import say
from tools.finding import ROOT
from tools.folded import folded

LIMIT = 200_000
"""Bytes of Markdown; a step's summary may have 1 MiB."""
_ORIGIN = re.compile(r"\A# recording \d.*\n(?:(?:# .+\n)*#\n)?")
"""The lines at the top of a recording; form 1 had but the first, whose rest was a key."""
_STYLE = """\
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem; }
table { border-collapse: collapse; inline-size: 100%; table-layout: fixed; }
td { font: 14px/1.5 monospace; padding: 0 .5rem; vertical-align: top; white-space: pre-wrap;
  overflow-wrap: anywhere; border-inline: 1px solid #8888; }
tr.other td:first-child { background: #f002; } tr.other td:last-child { background: #0802; }
td.typed { font-weight: bold; }
"""


@dataclass(frozen=True)
class Change:
    """A recording, before and after. The text is empty where there was or is none."""

    id: str
    before: Sequence[str]
    after: Sequence[str]


def main() -> int:
    """Print and write what differs between a revision, where the history parted, and now."""
    revision, file = sys.argv[1:]
    found = list(changes(ROOT, revision))
    Path(file).write_text(page(found), encoding="utf-8")
    say(markdown(found))
    return 0


def changes(root: Path, revision: str) -> Iterator[Change]:
    """Recordings that are no longer what they were where HEAD and the revision parted."""
    parted = _git(root, "merge-base", revision, "HEAD").strip()
    names = _git(root, "diff", "--name-only", "--no-renames", "-z", parted, "--", "snippets")
    for name in filter(None, names.split("\0")):
        if name.endswith(".out"):
            there = root / name
            before = _git(root, "show", f"{parted}:{name}", optional=True)
            after = read(there, RECORDING).decode(errors="replace") if there.is_file() else ""
            change = Change(name[len("snippets/") : -len(".out")], _shown(before), _shown(after))
            if change.before != change.after:
                yield change


def _shown(recording: str) -> list[str]:
    """What readers see of a recording: all but what it says of its origin."""
    lines = _ORIGIN.sub("", recording, count=1).split("\n")
    return lines[:-1] if not lines[-1] else lines


def markdown(found: Sequence[Change]) -> str:
    """For a run's summary."""
    parts = [
        f"**{_counted(len(found))}** `changes`, to be downloaded below this run, has them whole."
    ]
    if not found:
        return f"**{_counted(0)}**"
    for number, change in enumerate(found):
        diff = list(unified_diff(change.before, change.after, "before", "after", lineterm="", n=5))
        parts.append(folded(f"<code>{escape(change.id)}</code>", "\n".join(diff)))
        if sum(len(part.encode()) for part in parts) > LIMIT:
            parts[-1] = f"… and {len(found) - number} more; `changes` has them."
            break
    return "\n\n".join(parts)


def page(found: Sequence[Change]) -> str:
    """All of them, side by side."""
    body = "".join(f"<h2>{escape(c.id)}</h2>\n{_table(c)}\n" for c in found)
    return (
        f'<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>Transcripts</title>\n'
        f"<style>\n{_STYLE}</style>\n<h1>{_counted(len(found))}</h1>\n{body}</html>\n"
    )


def _table(change: Change) -> str:
    rows = []
    matcher = SequenceMatcher(a=change.before, b=change.after, autojunk=False)
    for kind, *(i1, i2, j1, j2) in matcher.get_opcodes():
        left, right = list(change.before[i1:i2]), list(change.after[j1:j2])
        for row in range(max(len(left), len(right))):
            cells = "".join(_cell(side[row] if row < len(side) else "") for side in (left, right))
            rows.append(f"<tr{'' if kind == 'equal' else ' class=other'}>{cells}</tr>")
    head = "<tr><th>before<th>after</tr>"
    return f"<table>{head}\n{chr(10).join(rows)}\n</table>"


def _cell(line: str) -> str:
    typed = re.match(r"[\w@:~/-]*[$#>] ", line)
    return f"<td{' class=typed' if typed else ''}>{escape(line)}</td>"


def _counted(count: int) -> str:
    if not count:
        return "No transcript changed."
    return f"{count} transcript{'s' * (count > 1)} changed."


def _git(root: Path, *arguments: str, optional: bool = False) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True)
    if done.returncode and not optional:
        raise SystemExit(f"git {arguments[0]}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout.decode(errors="replace") if not done.returncode else ""


if __name__ == "__main__":
    sys.exit(main())
