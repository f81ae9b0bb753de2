"""What messages on a snippet's tags advise, done: the snippet is read then."""

from pathlib import Path

import pytest

from snippetlab.limits import HEADER as HEADER_SIZE
from snippetlab.project import Project
from tests.engine.snippet.mending import (
    Edit,
    as_it_says,
    become,
    follow,
    swap,
    text_of,
    without,
)

cure = pytest.mark.cure
TAGS = [
    pytest.param("# foo = 1\n", become(""), marks=cure("unknown-tag")),
    pytest.param(
        f"# values = {{ a = '{'x' * HEADER_SIZE}' }}\n",
        without("# values"),
        marks=cure("header-size"),
    ),
    pytest.param('# unordered = "a"\n', as_it_says, marks=cure("tag-unordered")),
    pytest.param('# volatile = ["pidd"]\n', as_it_says, marks=cure("tag-volatile")),
    pytest.param("# limits = 3\n", as_it_says, marks=cure("tag-example")),
    pytest.param("# leaves = 3\n", as_it_says),
    pytest.param("# values = 3\n", as_it_says, marks=cure("tag-patterns")),
    pytest.param("# values = { a = '(' }\n", swap("'('", "'x'"), marks=cure("tag-pattern")),
    pytest.param("# browser = 1\n", as_it_says, marks=cure("tag-browser")),
    pytest.param('# browser = ""\n', swap('""', '"no second processor"')),
    pytest.param(
        '# browser = true\n# unordered = ["a"]\n', become(""), marks=cure("browser-or-lines")
    ),
    pytest.param(
        "# browser = true\n# elide = ['^a']\n", without("# elide"), marks=cure("browser-or-lines")
    ),
    pytest.param("# elide = 'x'\n", as_it_says),
    pytest.param("# elide = ['(']\n", as_it_says),
    pytest.param(
        '# browser = true\n# volatile = ["size < 9MB"]\n',
        without("# volatile"),
        marks=cure("browser-or-kind"),
    ),
    pytest.param(
        "# browser = true\n# volatile = [{ name = 'x', pattern = 'x' }]\n", without("# browser")
    ),
    pytest.param('# browser = true\n# volatile = ["container-id"]\n', without("# browser")),
    pytest.param(
        "# holds = 3\n# values = { slim = 'x', full = 'y' }\n", as_it_says, marks=cure("tag-holds")
    ),
    pytest.param(
        "# holds = ['slim ? full']\n# values = { slim = 'x', full = 'y' }\n",
        as_it_says,
        marks=cure("relation"),
    ),
    pytest.param("# terminal = 1\n", as_it_says, marks=cure("tag-terminal")),
    pytest.param(
        "# browser = true\n# terminal = true\n",
        without("# browser"),
        marks=cure("browser-or-terminal"),
    ),
    pytest.param('# timeout = "long"\n', as_it_says, marks=cure("tag-seconds")),
    pytest.param("# files = 3\n", as_it_says, marks=cure("tag-files")),
    pytest.param('# files = ["nothing"]\n', swap("nothing", "main.go"), marks=cure("files-path")),
    pytest.param(
        f"# limits = {'[' * 999}{']' * 999}\n", without("# limits"), marks=cure("toml-nested")
    ),
    pytest.param("# after = a/user\n", as_it_says, marks=cure("toml-quotes")),
    pytest.param(
        '# files = ["main.go]\n', swap("main.go]", 'main.go"]'), marks=cure("toml-string")
    ),
    pytest.param("# browser = True\n", as_it_says, marks=cure("toml-lower")),
    pytest.param('# requires = ["5.13"]\n', as_it_says, marks=cure("tag-example")),
    pytest.param('# requires = { kernal = "5.13" }\n', as_it_says),
    pytest.param("# requires = { kernel = 5.13 }\n", as_it_says),
    pytest.param('# stderr = "both"\n', swap("both", "apart"), marks=cure("tag-choice")),
    pytest.param(
        '# browser = true\n# stderr = "apart"\n',
        swap("# browser = true\n", ""),
        marks=cure("browser-or-stderr"),
    ),
    pytest.param(
        '# terminal = true\n# stderr = "apart"\n',
        swap('# stderr = "apart"\n', ""),
        marks=cure("terminal-or-stderr"),
    ),
    pytest.param("# timeout = 3,5\n", swap("3,5", "3.5"), marks=cure("toml-values")),
]


@pytest.mark.parametrize(("tags", "edit"), TAGS)
def test_a_tag_is_mended_as_advised(tags: str, edit: Edit, chapter: Path, project: Project) -> None:
    follow(chapter / "x.sh", text_of(tags), edit, project)
