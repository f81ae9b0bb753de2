"""Say what differs between two images.

An image is named by its digest, of which a prefix will do; the second is that in use, if it is not
given. The status is 1 if a snippet prints something else.
"""

import click

from snippetlab.cli.lab._project import project_here
from snippetlab.images.image import stored_image
from snippetlab.registry import DEFAULT
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
    image = stored_image(second) if second else None
    entries = [e for e in load_library(project).entries.values() if e.snippet.lab == DEFAULT]
    with (
        open_laboratory(project, image=stored_image(first)) as before,
        open_laboratory(project, image=image) as after,
    ):
        say(f"{before.image.digest[:16]} → {after.image.digest[:16]}, Linux {after.kernel}")
        for change in package_changes(before, after):
            say(f"    {change}")
        found = list(metered(output_changes(before, after, entries), len(entries)))
    for result in found:
        say(result.error or "\n".join((result.entry.snippet.id, *result.faults, *result.diff)))
    say(f"{len(found)} of {said_of(entries)} differ")
    return 1 if found else 0
