"""Experiments to be tried: one, its snippet, and what it prints."""

from snippetlab.project import Project
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.library import load_library
from snippetlab.snippet.recording import write_recording
from snippetlab.transcript import Step, Transcript
from tests.support import Write, snippet

ID = "a/b@louder"
FILE = f"snippets/{ID}.toml"
SNIPPET = snippet("echo one\n# step: said\necho two\n")


def experiment(
    *prints: str, change: str = '["echo two", "echo TWO"]', step: str = "said", more: str = ""
) -> str:
    """One with these predictions."""
    head = f'change = [{change}]\nstep = "{step}"\n{more}\n[question]\nen = "What?"\n'
    form = "\n[[prediction]]\nprints = '{}'\n[prediction.says]\nen = 'x'\n"
    form += "[prediction.then]\nen = 'y'\n"
    return head + "".join(map(form.format, prints or ("^TWO$", "^two$")))


def entry_of(project: Project, write: Write, text: str, printed: str, code: str) -> Entry:
    """That of an experiment, with a recording of what it prints if that is given."""
    write("snippets/a/b.sh", code)
    write(FILE, text)
    entry = load_library(project).find(ID)
    if printed:
        steps = (Step("echo one", b"one\n"), Step("echo TWO", printed.encode()))
        write_recording(entry.snippet, entry.inputs, Transcript(steps))
        entry = load_library(project).find(ID)
    return entry
