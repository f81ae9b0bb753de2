"""Files that pages bring along: pictures and data, nothing that a browser would run.

MkDocs publishes whatever lies beside the pages, and lets it take the place of the theme's files.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from mkdocs.structure.files import File, Files

from reading.markup import drawing_faults
from snippetlab.errors import Cure, SourceError

KINDS = (".avif", ".csv", ".gif", ".jpeg", ".jpg", ".json", ".md", ".png", ".svg", ".txt", ".webp")


def without_leftovers(files: Files) -> None:
    """Take out what editors keep beside a page: else it would be published, as whatever it is."""
    for file in list(files):
        name = PurePosixPath(file.src_uri).name
        if file.abs_src_path and (name.startswith("#") or name.endswith("~")):
            files.remove(file)


def faults(files: Iterable[File], docs: Path) -> Iterator[SourceError]:
    """Of the files that lie in the directory of the pages."""
    for file in files:
        if not file.abs_src_path or file.src_dir != str(docs):
            continue
        if file.inclusion.is_excluded():  # type: ignore[no-untyped-call]
            continue
        path = Path(file.abs_src_path)
        if path.suffix not in KINDS:
            text = (
                f"Beside pages lie {', '.join(KINDS)}; what is the site's own, in docs/overrides."
            )
            message = f"a page cannot bring along a file such as {path.name}"
            yield SourceError(path, 1, message, Cure("asset-kind", text))
        elif path.suffix == ".svg":
            yield from drawing_faults(path)
