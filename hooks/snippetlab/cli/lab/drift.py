"""Say what differs between two images.

An image is named by its digest, of which a prefix will do; the second is that in use, if it is not
given. Of one that is a machine's, the saved state must be there too. The status is 1 if a snippet
prints something else.
"""

import click

from snippetlab.cli.lab._project import project_here
from snippetlab.errors import Cure, EngineError
from snippetlab.images.image import Image, stored_image
from snippetlab.registry import lab_on
from snippetlab.run.drift import output_changes, package_changes
from snippetlab.run.laboratory import open_laboratory
from snippetlab.run.meter import metered
from snippetlab.say import say
from snippetlab.snippet.entry import said_of
from snippetlab.snippet.library import load_library


@click.command(help=__doc__)
@click.argument("first", metavar="DIGEST")
@click.argument("second", metavar="[DIGEST]", required=False)
def command(first: str, second: str | None) -> int:
    project = project_here()
    old, new = stored_image(first), stored_image(second) if second else None
    lab = _lab_on(old, new)
    entries = [e for e in load_library(project).entries.values() if e.snippet.lab == lab]
    with (
        open_laboratory(project, lab, image=old) as before,
        open_laboratory(project, lab, image=new) as after,
    ):
        say(f"{before.image.digest[:16]} → {after.image.digest[:16]}, Linux {after.kernel}")
        for change in package_changes(before, after):
            say(f"    {change}")
        found = list(metered(output_changes(before, after, entries), len(entries)))
    for result in found:
        say(result.error or "\n".join((result.entry.snippet.id, *result.faults, *result.diff)))
    say(f"{len(found)} of {said_of(entries)} differ")
    return 1 if found else 0


def _lab_on(old: Image, new: Image | None) -> str:
    """The lab that runs on both. Raises EngineError for images of two labs."""
    if new and new.name != old.name:
        cure = Cure("images-of-two-labs", f"Give the digest of another {old.name} image.")
        raise EngineError(f"the images are of two labs: {old.name} and {new.name}", cure)
    if not (lab := lab_on(old.name)):
        cure = Cure("image-without-lab", "Give the digest of an image that a lab runs on.")
        raise EngineError(f"no lab runs on the {old.name} image", cure)
    return lab
