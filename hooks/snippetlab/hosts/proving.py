"""Run what a build would run, of both languages at once: `make site` does it beside their builds.

A build that runs snippets itself runs those of its own pages; two side by side would run all twice.
"""

import sys
from functools import partial
from pathlib import Path

from snippetlab.errors import EngineError
from snippetlab.hosts.build import Build
from snippetlab.project import Project
from snippetlab.say import say


def main() -> int:
    """0 unless a run differs from its recording; where nothing can run, a line says why."""
    try:
        project = Project.find(Path.cwd())
        aloud = partial(say, at_once=True)
        build = Build(project, project.docs, live=True, write=False, say=aloud)
        try:
            build.start()
            build.finish()
        finally:
            build.stop()
    except EngineError as error:
        say(error, error=True)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
