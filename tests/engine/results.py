"""Results of runs that never were, for tests of reports."""

from snippetlab.project import Project
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.library import load_library
from snippetlab.snippet.recording import write_recording
from snippetlab.transcript import Step, Transcript
from tests.support import Write, snippet

NONE = """\
# /// snippet
# lab = "none"
# proves = "x"
# reason = {reason}
# source = "y"
# ///
ls
"""


FAULT = "step 1, line 1: the text differs"


def transcript(output: bytes) -> Transcript:
    return Transcript((Step("echo", output),))


def find(project: Project, id_: str) -> Entry:
    return load_library(project).find(id_)


def recorded(project: Project, write: Write, id_: str) -> Entry:
    """A snippet whose recording says that it printed `old`."""
    write(f"snippets/{id_}.sh", snippet("echo\n"))
    entry = find(project, id_)
    write_recording(entry.snippet, entry.inputs, transcript(b"old\n"))
    return find(project, id_)
