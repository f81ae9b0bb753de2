"""`make check`: what CI will say. `python -m tools.check [NAME…]` runs some of it."""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import CalledProcessError

from reading.history import is_shallow
from snippetlab.errors import Cure, EngineError, SourceError
from snippetlab.say import command, error_command, say
from tools import checkout, examples, hints, links, linters, names, pages, parity, twins, words
from tools.finding import ROOT, Finding, as_finding

Check = Callable[[Path], Iterable[Finding]]
CHECKS: dict[str, Check] = {
    "files": checkout.files,
    "links": links.links,
    "types": linters.types,
    "parity": parity.parity,
    "shellcheck": linters.shellcheck,
    "content": pages.content,
    "snippets": pages.snippets,
    "twins": twins.twins,
    "drafts": pages.drafts,
    "translations": pages.translations,
    "moved": pages.moved,
    "ruff": linters.ruff,
    "layout": linters.layout,
    "hadolint": linters.hadolint,
    "examples": examples.examples,
    "markdown": linters.markdown,
    "spelling": linters.spelling,
    "terms": words.terms,
    "names": names.names,
    "hints": hints.hints,
    "secrets": words.secrets,
    "workflows": linters.workflows,
}
"""Name → check: one without which no other runs, then the slow ones, which overlap with others."""


_GIT = Cure("no-checkout", "git init --quiet && git add --all && git commit --message=begin")
_ANEW = Cure("check-anew", "To set it up anew: make clean check")


def main() -> int:
    """Run the checks named, or all; 0 only if they find nothing."""
    parser = argparse.ArgumentParser(prog="make check", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(CHECKS)}")
    names = parser.parse_args().names or list(CHECKS)
    if is_shallow(ROOT) is None:
        say(f"{ROOT} is no git checkout, and what checks look at is what git knows\n    {_GIT}")
        return 1
    if unknown := sorted(set(names) - set(CHECKS)):
        parser.error(f"no check {', '.join(unknown)}; there are: {', '.join(CHECKS)}")
    # What it finds is handed to no linter: some would follow a link, or never come to an end.
    outcomes = [_run(checkout.files)]
    names = ["files", *(name for name in names if name != "files" and not outcomes[0][0])]
    with ThreadPoolExecutor(max_workers=2 * (os.cpu_count() or 1)) as pool:
        try:
            outcomes += pool.map(lambda name: _run(CHECKS[name]), names[1:])
        except KeyboardInterrupt:
            say("\nstopped, as soon as the checks that run have ended", error=True)
            pool.shutdown(cancel_futures=True)
            return 130
    good, said = True, set[Finding]()
    for name, (findings, seconds, trouble) in zip(names, outcomes, strict=True):
        faults = [finding for finding in findings if not finding.is_hint]
        good = good and not faults and not trouble
        hinted = len(findings) - len(faults)
        verdict = f"{len(faults)} found" if faults else "good"
        verdict = trouble or verdict + (f", hints: {hinted}" if hinted else "")
        # The strict build of `links` finds some things that others find as well.
        fresh = [finding for finding in findings if finding not in said]
        said.update(fresh)
        if findings and not fresh:
            verdict += ", said above"
        say(f"{name:13} {seconds:5.1f} s  {verdict}")
        for finding in fresh:
            say(finding)
            if os.environ.get("GITHUB_ACTIONS"):
                command(_annotation(finding, name))
    return 0 if good else 1


def _run(check: Check) -> tuple[list[Finding], float, str]:
    start = time.monotonic()
    try:
        found, trouble = list(check(ROOT)), ""
    except SourceError as error:
        found, trouble = [as_finding(error, ROOT)], ""
    except (EngineError, RuntimeError, FileNotFoundError, CalledProcessError) as error:
        found, trouble = [], f"could not run: {error}\n    {_ANEW}"
    return found, time.monotonic() - start, trouble


def _annotation(finding: Finding, name: str) -> str:
    """Shown on the line of the diff."""
    path, _, line = finding.place.rpartition(":")
    text = f"{finding.message}\n{finding.cure}"
    level = "notice" if finding.is_hint else "error"
    return error_command(path, int(line), text, name, level=level)


if __name__ == "__main__":
    sys.exit(main())
