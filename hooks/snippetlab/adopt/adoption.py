"""A page's console blocks become snippets: read, tried, and written at last."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from snippetlab.adopt import interpreter, shell
from snippetlab.adopt.blocks import (
    INTERPRETERS,
    SHELLS,
    Block,
    attributes,
    find_blocks,
    output_below,
)
from snippetlab.adopt.configuration import extensions_of
from snippetlab.adopt.draft import Draft, as_claim
from snippetlab.adopt.final import Adopted, settle
from snippetlab.adopt.givens import with_files
from snippetlab.adopt.naming import heading_above, id_for, title_in
from snippetlab.adopt.plan import Candidate, Plan, Planned
from snippetlab.adopt.prompts import PYTHON
from snippetlab.adopt.reading import Reading, StaysError, Typed
from snippetlab.adopt.rewriting import fitting, rewritten, shows
from snippetlab.adopt.seen import COMMON, Seen, seen
from snippetlab.adopt.stage import Stage
from snippetlab.errors import EngineError, display
from snippetlab.files import read_source, write_source
from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory
from snippetlab.show.fence import find_references
from snippetlab.show.page import Page, read_page
from snippetlab.snippet.recording import write_recording

_ANNOTATION = re.compile(r"(?:#|//)[ ]*\(\d+\)!?[ ]*$")
"""Of Material for MkDocs: a list below the block has its text."""
_INCLUDE = re.compile(r"\s*(?:-+8<-+|\{%|\{!|\{\{#|\.\. literalinclude)")


@dataclass(frozen=True)
class Adoption:
    """What becomes of one page; nothing of it is written yet."""

    page: Page
    text: str
    """The page with its fences."""
    adopted: Sequence[Adopted]
    stays: Sequence[StaysError]

    @property
    def differs(self) -> bool:
        """Whether a block prints something else than the page shows."""
        return any(one.differs for one in self.adopted)

    def write(self, project: Project) -> None:
        """The snippets with their recordings, then the page; all of it or nothing."""
        written: list[Path] = []
        try:
            for one in self.adopted:
                path = project.snippets / one.draft.path
                snippet = replace(one.entry.snippet, path=path)
                texts = one.draft.files
                for name, text in {path.name: one.draft.text, **texts}.items():
                    written.append(path.with_name(name))
                    write_source(written[-1], text)
                written.append(snippet.recording)
                write_recording(snippet, one.entry.inputs, one.transcript)
            write_source(self.page.path, self.text)
        except BaseException:
            for place in written:
                place.unlink(missing_ok=True)
            raise


def adopt(
    page: Path,
    project: Project,
    laboratory: Laboratory,
    directory: Path,
    *,
    docs: Path,
    lab: str,
    language: str,
    line: int = 0,
) -> Adoption:
    """Try all blocks of a page, or that of one line.

    `directory` is empty and holds what is tried; `docs` is that of the site's pages. Raises
    SourceError for a page that the site could not show either.
    """
    read, text = read_page(page), read_source(page)
    list(find_references(read))  # raises for what is wrong in it before
    blocks = find_blocks(read)
    blocks = [b for b in blocks if not line or b.first <= line <= b.last]
    stays: list[StaysError] = []
    candidates: list[Candidate] = []
    ids = _taken(project.snippets)
    shown = extensions_of(project.root)
    looks = seen(read, blocks, COMMON if shown is None else shown)
    fits = fitting(read, text, blocks, directory)
    for block, look, fit in zip(blocks, looks, fits, strict=True):
        if look is Seen.NOT:
            continue
        try:
            if look is Seen.TEXT:
                raise StaysError(block.first, f"readers see it {look.value}")
            if not fit:
                raise StaysError(block.first, "a fence in its place would not be shown")
            reading = _noted(read, block, _read(block))
        except StaysError as error:
            stays.append(error)
            continue
        heading = heading_above(read, block.first)
        id_ = id_for(block, heading, page, docs, ids)
        ids.add(id_)
        claim = as_claim(title_in(block.info), heading, language)
        candidates.append(Candidate(block, Draft(id_, lab, reading, claim)))
    stage = Stage(directory / "snippets", laboratory)
    plan = Plan(stage, candidates)
    adopted = _settled(stage, plan)
    if candidates:
        place = project.snippets / candidates[0].draft.path.parent
        if given := with_files(candidates, plan.stays, place):
            plan = Plan(stage, given)
            adopted = _settled(stage, plan)
    fences = [(one.block, one.draft.id, one.fold) for one in adopted]
    text = rewritten(text, fences)
    if not shows(read, text, fences, directory):
        raise EngineError(f"{display(page)}: its fences would not be shown; it stays as it is")
    stays += plan.stays.values()
    return Adoption(read, text, adopted, sorted(stays, key=lambda error: error.line))


def _taken(snippets: Path) -> set[str]:
    """The ids of what is there, be it a snippet or not."""
    files = (path for path in snippets.rglob("*") if not path.is_dir())
    return {path.relative_to(snippets).with_suffix("").as_posix() for path in files}


def _settled(stage: Stage, plan: Plan) -> list[Adopted]:
    """As many as can be recorded: without one that cannot, those after it are tried anew."""
    while True:
        planned = plan.make()
        adopted, fault = settle(stage, planned)
        if not fault:
            return adopted
        plan.stays[_at(planned, fault.line)] = fault


def _at(planned: Sequence[Planned], line: int) -> int:
    blocks = [one.block for one in planned if one.block.first <= line <= one.block.last]
    return (blocks or [planned[-1].block])[0].first


def _noted(page: Page, block: Block, reading: Reading) -> Reading:
    """With what a block below shows that it prints, if it shows none itself; and what is lost."""
    lost = [text for text in attributes(block.info) if not text.startswith("title=")]
    lost = [text for text in lost if text != f".{block.kind}"]
    notes = [*reading.notes, *([f"left out: {', '.join(lost)}"] if lost else [])]
    if reading.shows_output or not (below := output_below(page, block)):
        return replace(reading, notes=notes)
    line, lines = below
    note = f"line {line - 1} shows what it prints as well: take that out"
    return replace(reading, apart=Typed(line, [], list(lines)), notes=[*notes, note])


def _read(block: Block) -> Reading:
    """What stands in it. Raises StaysError where that, or its looks, would be lost."""
    for attribute in attributes(block.info):
        if attribute.startswith("#"):
            raise StaysError(block.first, f"links may lead to its id `{attribute}`")
    for number, text in enumerate(block.body, block.start):
        if _INCLUDE.match(text):
            raise StaysError(number, "it includes another file")
        if _ANNOTATION.search(text):
            raise StaysError(number, "its annotations would lose their place")
    first = next(line for line in block.body if line.strip())
    if first.startswith("#!"):
        raise StaysError(block.start, "it is the text of a file")
    if f"{first} ".startswith(f"{PYTHON} ") or block.kind in INTERPRETERS:
        return interpreter.read_python(block.body, block.start)
    is_script = block.kind in SHELLS
    if is_script and not shell.has_prompts(block.body, is_script=True):
        return shell.read_script(block.body, block.start)
    return shell.read_session(block.body, block.start)
