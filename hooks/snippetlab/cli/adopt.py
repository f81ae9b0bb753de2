"""Make snippets of the console blocks of pages that there are.

Each block is run, alone or after those above it, and what it prints is compared with what the page
shows. Where that differs, nothing of the page is written, unless --write says that the run is
right. A block that cannot become a snippet stays as it was. PAGE:LINE speaks of one block.
"""

import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from snippetlab.adopt.adoption import Adoption, adopt
from snippetlab.adopt.configuration import docs_of, language_of
from snippetlab.adopt.final import Adopted
from snippetlab.errors import Cure, EngineError, display
from snippetlab.project import Project
from snippetlab.registry import DEFAULT, LABS
from snippetlab.run.laboratory import open_laboratory
from snippetlab.say import say

_LABS = click.Choice(sorted(LABS))


@click.command(help=__doc__)
@click.argument("pages", metavar="PAGE[:LINE]...", nargs=-1, required=True)
@click.option("--write", is_flag=True, help="Also where something else is printed.")
@click.option("--lab", type=_LABS, default=DEFAULT, show_default=True, help="Where they run.")
def command(pages: Sequence[str], write: bool, lab: str) -> int:
    project = Project.find(Path.cwd())
    places = [docs_of(project.root), project.docs]
    asked = [_asked(text, places) for text in pages]
    language = language_of(project)
    good = True
    with open_laboratory(project, lab) as laboratory:
        for page, line in asked:
            docs = next(docs for docs in places if page.is_relative_to(docs))
            with tempfile.TemporaryDirectory(prefix="snippetlab-adopt-") as place:
                facts = (page, project, laboratory, Path(place))
                found = adopt(*facts, docs=docs, lab=lab, language=language, line=line)
                _say(found)
                good &= _write(found, project, anyway=write)
    return 0 if good else 1


def _asked(text: str, places: Sequence[Path]) -> tuple[Path, int]:
    """The page and the line. Raises EngineError for what is no page of the site."""
    found = re.fullmatch(r"(.+?)(?::(\d+))?", text)
    assert found, "click passes no empty argument on"
    page = Path(os.path.normpath(Path.cwd() / found[1]))
    if not page.is_file() or page.suffix != ".md":
        cure = Cure("adopt-page", "Name a Markdown file, such as docs/index.md.")
        raise EngineError(f"{found[1]} is no page", cure)
    if not any(map(page.is_relative_to, places)):
        cure = Cure("adopt-docs", f"Move it to {display(places[0])}/, which the site shows.")
        raise EngineError(f"{found[1]} is no page of the site", cure)
    return page, int(found[2] or 0)


def _say(found: Adoption) -> None:
    """A line for each block, those that differ with their difference, in the page's order."""
    place = display(found.page.path)
    said = [(one.line, f"{place}:{one.line}: stays: {one.reason}") for one in found.stays]
    said += [(one.block.first, _described(place, one)) for one in found.adopted]
    for _, text in sorted(said):
        say(text)


def _described(place: str, one: Adopted) -> str:
    count = len(one.agreements)
    steps = f"{count} step{'s' * (count > 1)}"
    what = "prints something else" if one.differs else "prints what the page shows"
    if not one.draft.reading.shows_output:
        what = "the page shows no output"
    after = f", after {one.draft.after}" if one.draft.after else ""
    lines = [f"{place}:{one.block.first}: {one.draft.id}: {steps}{after}, {what}"]
    if one.draft.volatile:
        lines.append(f"    differs from run to run: {', '.join(one.draft.volatile)}")
    if one.draft.leaves:
        lines.append(f"    leaves behind: {', '.join(one.draft.leaves)}")
    lines += (f"    {note}" for note in one.draft.reading.notes)
    for agreement in one.agreements:
        lines += (f"    | {line}" for line in agreement.diff)
    return "\n".join(lines)


def _write(found: Adoption, project: Project, *, anyway: bool) -> bool:
    """Whether all is well."""
    place, count = display(found.page.path), len(found.adopted)
    total = count + len(found.stays)
    if not count:
        say(
            f"{place}: unchanged: "
            + (f"{total} stay{'s' * (total == 1)}" if total else "it has no console block")
        )
        return True
    if found.differs and not anyway:
        advice = f"To show what is printed now: snippetlab adopt --write {place}"
        cure = Cure(
            "adopt-anyway", advice, "Or mend the page first, or adopt others by their line."
        )
        error = EngineError(f"{place}: unchanged, since a block prints something else", cure)
        say(error, error=True)
        return False
    found.write(project)
    what = "1 block is a snippet" if count == 1 else f"{count} blocks are snippets"
    say(f"{place}: {what} now, of {total}")
    return True
