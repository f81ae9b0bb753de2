"""What stands in the place of a transcript that cannot be made on this machine."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from snippetlab.errors import Cure, EngineError, LabUnavailableError, SourceError
from snippetlab.languages import ENGLISH
from snippetlab.project import Project
from snippetlab.registry import DEFAULT
from snippetlab.show.templates import Templates
from snippetlab.show.words import Words, read_words
from snippetlab.snippet.recording import State
from snippetlab.snippet.snippet import Snippet

if TYPE_CHECKING:
    from snippetlab.snippet.entry import Entry

RUN_MENDS = (State.MISSING, State.STALE)
"""What a run would mend."""


@dataclass(frozen=True)
class Placeholder:
    """A snippet that has yet to run."""

    state: State
    reason: str
    """Why its lab cannot run here; empty if it can."""

    def error(self, snippet: Snippet, words: Words) -> SourceError:
        """For a build that shows nothing in its place."""
        what = "has no recording" if self.state is State.MISSING else "has changed since it ran"
        message = f"the snippet {what}, and the {snippet.lab} lab cannot run here: {self.reason}"
        text = words["placeholder"]["elsewhere"].format(snippet.id)
        return SourceError(snippet.path, 1, message, Cure("record-elsewhere", text))

    def html(self, snippet: Snippet, templates: Templates) -> Markup:
        """A notice to stand before the commands."""
        said = templates.words["placeholder"]
        here = said["here"].format(templates.words["labs"].get(snippet.lab, snippet.lab))
        return templates.render(
            "placeholder.html",
            title=said["title" if self.state is State.MISSING else "again"],
            here=here,
            reason=self.reason,
            elsewhere=said["elsewhere"].format(snippet.id),
            record=said["record"],
            command=f"snippetlab record {snippet.id}",
        )


def faults_here(project: Project, entries: "Iterable[Entry]") -> Iterator[SourceError]:
    """Why recordings cannot be shown, each with the cure that is right on this machine."""
    reasons: dict[str, str] = {}
    words = read_words(project.words, ENGLISH)
    for entry in entries:
        if not (fault := entry.fault):
            continue
        lab = entry.snippet.lab
        if entry.state in RUN_MENDS and lab not in reasons:
            reasons[lab] = why_missing(project, lab)
        if entry.state in RUN_MENDS and (reason := reasons[lab]):
            yield Placeholder(entry.state, reason).error(entry.snippet, words)
        else:
            yield fault


def why_missing(project: Project, lab: str) -> str:
    """Why that lab cannot run here, in one line; empty if it can."""
    # All that runs a lab takes a while to import, and most builds have nothing to ask.
    from snippetlab.run.laboratory import open_laboratory

    try:
        # Starting a virtual machine to see whether it starts would take seconds.
        open_laboratory(project, lab, check=lab == DEFAULT).lab.close()
    except LabUnavailableError as error:
        return error.in_one_line
    except EngineError:
        pass  # its recipe is wrong, which no pull request would mend
    return ""
