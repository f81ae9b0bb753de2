"""Begin a snippet: the file with its header.

ID is chapter/name. No existing file is written over. Where the site has twins, in
tests/snippets/without.toml, that of the snippet is begun as well.
"""

import json
import re
from pathlib import Path

import click

from snippetlab.errors import Cure, EngineError
from snippetlab.files import write_source
from snippetlab.languages import site_languages
from snippetlab.project import Project
from snippetlab.registry import DEFAULT
from snippetlab.run.twin import begin_twin
from snippetlab.say import say
from snippetlab.show.words import read_words
from snippetlab.snippet.library import ID, read_library

_TEMPLATE = """\
# /// snippet
# lab = "{lab}"
# proves = {proves}
# ///
echo 'TODO put commands here; each is a step.'
"""


@click.command(help=__doc__)
@click.argument("id_", metavar="ID")
def command(id_: str) -> int:
    if not ID.fullmatch(id_):
        advice = "Write chapter/name, in lower-case letters, digits and hyphens: a/snippet-2"
        raise EngineError(f"{id_!r} is no id", Cure("form-of-an-id", advice))
    project = Project.find(Path.cwd())
    library = read_library(project)
    if id_ in (*library.entries, *library.broken):
        cure = Cure("another-id", f"Choose another id, such as {id_}-2.")
        raise EngineError(f"the snippet {id_} exists already", cure)
    path = project.snippets / f"{id_}.sh"
    text = _TEMPLATE.format(lab=DEFAULT, proves=_proves(project))
    twins = begin_twin(project, id_)
    write_source(path, text)
    say(f"{path.relative_to(project.root)}: edit it, then: snippetlab record {id_}")
    if twins:
        say(f"{twins.relative_to(project.root)}: say there without what it must fail")
    say(f"show it in a page with:\n\n```snippet\n{id_}\n```")
    return 0


def _proves(project: Project) -> str:
    """One text, or a table of one for each of the site's languages."""
    said = {
        language: json.dumps(
            read_words(project.words, language)["new"]["proves"], ensure_ascii=False
        )
        for language in site_languages(project.root)
    }
    if len(said) == 1:
        return next(iter(said.values()))
    table = ", ".join(f"{_key(language)} = {text}" for language, text in said.items())
    return f"{{ {table} }}"


def _key(language: str) -> str:
    """As TOML has it: `pt-BR` is a bare key."""
    return language if re.fullmatch(r"[\w-]+", language, re.ASCII) else json.dumps(language)
