"""A lab that works on this machine, with what it consists of."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from snippetlab.errors import LabUnavailableError
from snippetlab.labs import Lab
from snippetlab.labs.image import Image, read_recipe, require_image
from snippetlab.labs.namespace import NamespaceLab
from snippetlab.lock import Lock, LockedLab, read_lock
from snippetlab.project import Project


@dataclass(frozen=True)
class Laboratory:
    """A lab to run snippets in; to be closed after use."""

    lab: Lab
    image: Image
    kernel: str
    """Its release."""
    drift: tuple[str, ...] = ()
    """How it differs from what recordings were last verified with (lab/lock.toml), in words."""

    def __enter__(self) -> "Laboratory":
        return self

    def __exit__(self, *_: object) -> None:
        self.lab.close()


def open_laboratory(
    project: Project,
    name: str = "namespace",
    *,
    check: bool = True,
    niceness: int = 0,
    image: Image | None = None,
) -> Laboratory:
    """The lab of that name. Raises LabUnavailableError, with the cure, where it does not work.

    Without `check` it is only known that its parts are there. With `niceness` runs give way.
    `image` takes the place of the one that the recipe makes.
    """
    laboratory = _OPENERS[name](project, niceness, image)
    if check:
        try:
            laboratory.lab.check()
        except BaseException:
            laboratory.lab.close()
            raise
    lock = read_lock(project.lab / "lock.toml")
    drift = lock.drift(name, _described(laboratory))
    return Laboratory(laboratory.lab, laboratory.image, laboratory.kernel, tuple(drift))


@contextmanager
def open_laboratories(
    project: Project, names: Iterable[str], *, missing: dict[str, LabUnavailableError] | None = None
) -> Iterator[dict[str, Laboratory]]:
    """The labs of those names, closed at the end.

    One that does not work goes into `missing`; without that, raises LabUnavailableError.
    """
    with ExitStack() as stack:
        opened = {}
        for name in sorted(set(names)):
            try:
                opened[name] = stack.enter_context(open_laboratory(project, name))
            except LabUnavailableError as error:
                if missing is None:
                    raise
                missing[name] = error
        yield opened


def locked(laboratories: Mapping[str, Laboratory]) -> Lock:
    """What lab/lock.toml says after all has been verified in these labs."""
    return Lock({name: _described(laboratory) for name, laboratory in laboratories.items()})


def _described(laboratory: Laboratory) -> LockedLab:
    image = laboratory.image
    return LockedLab(image.name, image.digest, image.packages, laboratory.kernel)


def _open_namespace(project: Project, niceness: int, image: Image | None) -> Laboratory:
    image = image or require_image(read_recipe(project))
    return Laboratory(NamespaceLab(image, niceness=niceness), image, os.uname().release)


def _open_browser(project: Project, niceness: int, image: Image | None) -> Laboratory:
    del niceness, image  # builds never run this lab, and it has one image
    from snippetlab.labs.browser.image import require_image as require_browser_image
    from snippetlab.labs.browser.lab import BrowserLab

    built = require_browser_image(project)
    return Laboratory(BrowserLab(built, project.machine), built.image, built.release)


def _open_machine(name: str) -> Callable[[Project, int, Image | None], Laboratory]:
    def opener(project: Project, niceness: int, image: Image | None) -> Laboratory:
        del niceness  # builds show these labs' recordings and never run them
        # So they have no use for these either, and most commands have none.
        from snippetlab.labs.disk import RELEASE
        from snippetlab.labs.machine import MachineLab
        from snippetlab.labs.qemu import find_processor
        from snippetlab.labs.snapshot import find_snapshot

        recipe = read_recipe(project, name)
        image = image or require_image(recipe)
        snapshot = find_snapshot(recipe, image, find_processor(image))
        if snapshot is None:
            cure = f"snippetlab lab build {name}"
            raise LabUnavailableError(f"the {name} lab has no saved state for this QEMU: {cure}")
        release = (image.root / RELEASE).read_text().strip()
        return Laboratory(MachineLab(name, image, snapshot, recipe.machine), image, release)

    return opener


_OPENERS: Mapping[str, Callable[[Project, int, Image | None], Laboratory]] = {
    "namespace": _open_namespace,
    "browser": _open_browser,
    "machine": _open_machine("machine"),
    "docker": _open_machine("docker"),
}
"""Lab → what makes it: see `open_laboratory`. Each raises LabUnavailableError."""
