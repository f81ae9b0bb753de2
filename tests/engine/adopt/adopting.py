"""What tests of `snippetlab adopt` share."""

from collections.abc import Callable

from snippetlab.project import Project

Adopt = Callable[..., tuple[int, str]]
"""Pages and options → the status, and what was said."""
BLOCK = "```console\n{}\n```\n"


def files(project: Project) -> dict[str, bytes]:
    paths = (path for path in project.snippets.rglob("*") if path.is_file())
    return {path.relative_to(project.snippets).as_posix(): path.read_bytes() for path in paths}


def text_of(project: Project, name: str) -> str:
    """What of a snippet stands below its header."""
    return (project.snippets / name).read_text().partition("# ///\n")[2]
