"""What each command of `snippetlab lab` does; each returns an exit status."""

import argparse
import os
from functools import partial

from snippetlab.drift import output_changes, package_changes
from snippetlab.errors import LabUnavailableError
from snippetlab.laboratory import open_laboratory
from snippetlab.labs.browser.image import require_browser_image
from snippetlab.labs.browser.recipe import read_browser_recipe
from snippetlab.labs.browser.sources import collect_sources
from snippetlab.labs.cgroup import OWN_GROUP
from snippetlab.labs.image import read_recipe, stored_image
from snippetlab.labs.prune import remove_unused, unused
from snippetlab.labs.registry import DEFAULT, LABS, layers, maker_of
from snippetlab.library import load_library
from snippetlab.meter import metered
from snippetlab.pace import paced
from snippetlab.project import Project
from snippetlab.say import say


def build(project: Project, options: argparse.Namespace) -> int:
    """Make an image."""
    if os.geteuid() == 0:
        os.umask(0o022)  # what root makes here is for nobody to read, who runs the snippets
    with paced(options.image, partial(say, at_once=True)) as tell:
        maker = maker_of(options.image)
        maker.build(project, options.image, tell, fresh=options.fresh, kernel=options.kernel or "")
    return 0


def sources(project: Project, options: argparse.Namespace) -> int:
    """Collect the source packages of an image, for hosting beside it."""
    image = require_browser_image(project)
    collect_sources(
        image, read_browser_recipe(project), options.directory, partial(print, flush=True)
    )
    return 0


def drift(project: Project, options: argparse.Namespace) -> int:
    """Report what differs between two images; status 1 if a snippet prints something else."""
    image = stored_image(options.after) if options.after else None
    entries = [e for e in load_library(project).entries.values() if e.snippet.lab == DEFAULT]
    with (
        open_laboratory(project, image=stored_image(options.before)) as before,
        open_laboratory(project, image=image) as after,
    ):
        say(f"{before.image.digest[:16]} → {after.image.digest[:16]}, Linux {after.kernel}")
        for change in package_changes(before, after):
            say(f"    {change}")
        found = list(metered(output_changes(before, after, entries), len(entries)))
    for result in found:
        say(result.error or "\n".join((result.entry.snippet.id, *result.faults, *result.diff)))
    say(f"{len(found)} of {len(entries)} snippets differ")
    return 1 if found else 0


def status(project: Project, _: argparse.Namespace) -> int:
    """Say what each lab is here, or why it does not work; status 1 where one does not."""
    works = True
    for name in LABS:
        try:
            with open_laboratory(project, name) as laboratory:
                say(f"{name}: works with image {laboratory.image.digest[:16]}")
                say(f"    {laboratory.image.root}")
                say(f"    Linux {laboratory.kernel}")
                if emulator := getattr(laboratory.lab, "emulator", ""):
                    say(f"    {emulator}")
                if weakness := getattr(laboratory.lab, "weakness", ""):
                    say(f"    {weakness}\n    {OWN_GROUP}")
                if laboratory.drift:
                    say(f"    not what was last verified: {', '.join(laboratory.drift)}")
        except LabUnavailableError as error:
            works = False
            say(f"{name}: {error}")
    return 0 if works else 1


def key(project: Project, options: argparse.Namespace) -> int:
    """Print what changes with an image's recipe, and those below it: a name to keep it under."""
    say(maker_of(options.image).key(project, options.image))
    return 0


def prune(project: Project, options: argparse.Namespace) -> int:
    """List the images and saved states that are no longer in use; with --force, remove them."""
    recipes = [read_recipe(project, name) for name in layers()]
    found = remove_unused(recipes) if options.force else unused(recipes)
    for path, size in found.items():
        say(f"{size / 1e6:6.0f} MB  {path}")
    total = f"{sum(found.values()) / 1e6:.0f} MB"
    if options.force or not found:
        say(f"{total} freed")
    else:
        say(f"{total} could be freed: snippetlab lab prune --force")
    return 0


def shell(project: Project, options: argparse.Namespace) -> int:
    """An interactive shell where snippets run; it ends with the shell."""
    with open_laboratory(project, options.lab) as laboratory:
        return laboratory.lab.interact()
