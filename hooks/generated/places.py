"""Where this site shows its snippets, for pages that link there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from snippetlab.hosts.build import Build
from snippetlab.show.front_matter import title_of


@dataclass(frozen=True)
class Place:
    """A fence that shows a snippet."""

    title: str
    """Of the page."""
    page: str
    """The URL of the page, as seen from the one that links there."""
    anchor: str
    """Of the fence on it."""

    @property
    def url(self) -> str:
        return f"{self.page}#{self.anchor}"


Places = Mapping[str, Sequence[Place]]
"""Snippet → where it is shown, in the order of the pages."""


def places_of(build: Build, url_of: Callable[[str], str]) -> Places:
    """Where each snippet is shown; `url_of` makes of a page's path below the docs its URL."""
    pages = {
        page: (title_of(build.page(page)) or page.stem, url_of(name))
        for page in {reference.page for reference in build.references}
        for name in [page.relative_to(build.docs).as_posix()]
    }
    found: dict[str, list[Place]] = {}
    for reference in build.references:
        if reference.fence.start:  # a run is where it begins
            continue
        place = Place(*pages[reference.page], reference.fence.anchor)
        for id_ in reference.fence.ids:
            found.setdefault(id_, []).append(place)
    return found
