"""The `picture` fence in a page: the name of a picture, and nothing else."""

from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path

from snippetlab.errors import Cure, SourceError
from snippetlab.show.page import read_page


def find_place(page: Path, body: str, known: Collection[str]) -> str:
    """The name in a fence with that body. Raises SourceError for that of no picture."""
    if body in known:
        return body
    blocks = [block for block in read_page(page).blocks if block.kind == "picture"]
    line = next((b.line + 1 for b in blocks if "\n".join(b.body).strip() == body), 1)
    near = get_close_matches(body, known, n=1)
    meant = f"Did you mean `{near[0]}`? " if near else ""
    cure = Cure("picture-name", f"{meant}There are: {', '.join(sorted(known))}.")
    raise SourceError(page, line, f"docs/pictures has no `{body}`", cure)
