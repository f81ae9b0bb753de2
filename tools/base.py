"""Make the image that snippets run on, if it is missing: base.py [--fresh]

What `snippetlab lab build base` does, by the system's Python, which needs nothing installed: it
takes a minute, in which the environment is made and the pages are rendered.
"""

import os
import sys
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "hooks"))

from snippetlab.errors import EngineError  # noqa: E402
from snippetlab.images.bootstrap import build_image  # noqa: E402
from snippetlab.images.image import read_recipe  # noqa: E402
from snippetlab.pace import paced  # noqa: E402
from snippetlab.project import Project  # noqa: E402
from snippetlab.say import say  # noqa: E402

WITHOUT = """\
Here: make serve, make site and make check work all the same. What you add or change is run by
the workflow of your pull request, which offers recordings.patch: git apply recordings.patch"""


def main(*, fresh: bool) -> int:
    if os.geteuid() == 0:
        os.umask(0o022)  # what root makes here is for nobody to read, who runs the snippets
    try:
        with paced("base", partial(say, at_once=True)) as aloud:
            build_image(read_recipe(Project(ROOT), "base"), aloud, fresh=fresh)
    except EngineError as error:
        say(error, error=True)
        say(WITHOUT, error=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(fresh="--fresh" in sys.argv[1:]))
