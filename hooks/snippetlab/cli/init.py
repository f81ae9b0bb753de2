"""Begin to use snippetlab in a site.

Two lines of its configuration name the plugin, and a first snippet and its page are written; in a
directory without mkdocs.yml, that is begun too. Nothing is written over. Then the snippet is
recorded, and the site is built to see that it can be.
"""

import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import click

from snippetlab.adopt.beginning import FIRST, begin
from snippetlab.cli.record import command as record
from snippetlab.errors import Cure, EngineError
from snippetlab.project import Project
from snippetlab.say import say
from snippetlab.snippet.library import read_library

_HOSTS = ("mkdocs", "properdocs")


@click.command(help=__doc__)
@click.option("--no-build", is_flag=True, help="Do not build the site.")
def command(no_build: bool) -> int:
    try:
        root = Project.find(Path.cwd()).root
    except EngineError:
        root = Path.cwd()
    project = begin(root, say)
    if read_library(project).find(FIRST).fault:
        assert record.callback
        if status := int(record.callback(ids=(FIRST,), yes=True)):
            return status
    if no_build:
        return 0
    host = next(filter(find_spec, _HOSTS), None)
    if not host:
        cure = Cure("install-host", "Install it: pip install mkdocs")
        raise EngineError("the site is not built: MkDocs is not installed", cure)
    with tempfile.TemporaryDirectory(prefix="snippetlab-init-") as place:
        line = [sys.executable, "-m", host, "build", "--quiet", "--site-dir", place]
        done = subprocess.run(line, cwd=root)
    if done.returncode:
        cure = Cure("site-builds", f"Mend what it says above, then: {host} build")
        raise EngineError("the site does not build", cure)
    say(f"the site builds; look at it: {host} serve")
    return 0
