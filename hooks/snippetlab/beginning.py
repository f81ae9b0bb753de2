"""`snippetlab new`: the beginning of a snippet, and of its twin where it needs one."""

import argparse

from snippetlab.errors import Cure, EngineError
from snippetlab.files import write_source
from snippetlab.labs.registry import DEFAULT
from snippetlab.library import ID, read_library
from snippetlab.project import Project
from snippetlab.say import say
from snippetlab.twin import begin_twin

_TEMPLATE = """\
# /// snippet
# lab = "{lab}"
# proves = { ko = "TODO 독자가 여기서 볼 수 있는 것", en = "TODO what a reader can see here" }
# ///
echo 'TODO put commands here; each is a step.'
"""


def new(project: Project, options: argparse.Namespace) -> int:
    """Write the beginning of a snippet; never over an existing file."""
    if not ID.fullmatch(options.id):
        advice = "Write chapter/name, in lower-case letters, digits and hyphens: a/snippet-2"
        raise EngineError(f"{options.id!r} is no id", Cure("form-of-an-id", advice))
    library = read_library(project)
    if options.id in (*library.entries, *library.broken):
        cure = Cure("another-id", f"Choose another id, such as {options.id}-2.")
        raise EngineError(f"the snippet {options.id} exists already", cure)
    path = project.snippets / f"{options.id}.sh"
    twins = begin_twin(project, options.id)
    write_source(path, _TEMPLATE.replace("{lab}", DEFAULT))
    say(f"{path.relative_to(project.root)}: edit it, then: snippetlab record {options.id}")
    if twins:
        say(f"{twins.relative_to(project.root)}: say there what takes the isolation away")
    say(f"show it in a page with:\n\n```snippet\n{options.id}\n```")
    return 0
