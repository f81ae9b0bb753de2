"""A lab that works on this machine, with what it consists of."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property

from snippetlab.advice import missing_command
from snippetlab.errors import Cure, EngineError, LabUnavailableError
from snippetlab.gate import Gate
from snippetlab.labs import Lab
from snippetlab.labs.dpkg import Packages
from snippetlab.labs.image import RELEASE, Image, read_recipe, require_image
from snippetlab.labs.namespace import NamespaceLab
from snippetlab.labs.progress import MissingCommandError, OverdueError
from snippetlab.labs.tools import tool_version
from snippetlab.lock import LockedLab, read_lock
from snippetlab.program import Program
from snippetlab.project import Project
from snippetlab.transcript import Transcript


@dataclass(frozen=True)
class Laboratory:
    """A lab to run snippets in; to be closed after use."""

    lab: Lab
    image: Image
    kernel: str
    """Its release."""
    locked: LockedLab | None = None
    """With what recordings were last verified, if that is known (lab/lock.toml)."""
    project: Project | None = None
    """The checkout whose lab it is."""
    rests_on: Callable[[], tuple[str, ...]] = tuple
    """What else its runs depend on, of this machine or of a saved one."""
    _gate: Gate = field(default_factory=Gate)

    @property
    def drift(self) -> list[str]:
        """How it differs from what is locked, in words."""
        return self.locked.drift(self.described(self.locked.packages)) if self.locked else []

    @property
    def kernel_change(self) -> str:
        """How its kernel differs from the locked one; empty if it does not."""
        then = self.locked.kernel if self.locked else self.kernel
        return f"{then} → {self.kernel}" if then != self.kernel else ""

    @cached_property
    def identity(self) -> tuple[str, ...]:
        """What tells the lab from any other in which a snippet may print something else.

        How fast and how busy the machine is does not; nor where the images lie.
        """
        return (self.lab.name, self.image.digest, *self.rests_on())

    @cached_property
    def packages(self) -> Packages:
        """Those of its image; none of one that is a disk."""
        return Packages(self.image.root)

    def described(self, packages: Iterable[str] = ()) -> LockedLab:
        """As the lock states it, with the versions of more packages than the image names."""
        more = {name: v for name in packages if (v := self.packages.versions.get(name))}
        return LockedLab(
            self.image.name, self.image.digest, {**self.image.packages, **more}, self.kernel
        )

    def run(self, chain: Sequence[Program]) -> tuple[Transcript, ...]:
        """Run a chain as the lab does. One that exceeds its time is tried again alone.

        Raises OverdueError where it does so again, and RunError as the lab does.
        """
        try:
            return self._run(chain)
        except MissingCommandError as error:
            if self.project and error.command:
                facts = (self.project, self.lab.name, self.packages, error.command)
                if why := missing_command(*facts):
                    raise error.because(*why) from None
            raise

    def _run(self, chain: Sequence[Program]) -> tuple[Transcript, ...]:
        try:
            with self._gate.with_others():
                return self.lab.run(chain)
        except OverdueError:
            pass
        try:
            with self._gate.alone():
                return self.lab.run(chain, alone=True)
        except OverdueError as error:
            raise error.even_alone() from None

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
    anew: bool = False,
) -> Laboratory:
    """The lab of that name. Raises LabUnavailableError, with the cure, where it does not work.

    Without `check` it is only known that its parts are there. With `niceness` runs give way.
    `image` takes the place of the one that the recipe makes. Where the lock is written `anew`,
    it may be unreadable.
    """
    try:
        locked = read_lock(project.lab / "lock.toml").labs.get(name)
    except EngineError:
        if not anew:
            raise
        locked = None
    laboratory = _OPENERS[name](project, niceness, image)
    if check:
        try:
            laboratory.lab.check()
        except BaseException:
            laboratory.lab.close()
            raise
    return replace(laboratory, locked=locked, project=project)


@contextmanager
def open_laboratories(
    project: Project,
    names: Iterable[str],
    *,
    missing: dict[str, LabUnavailableError] | None = None,
    anew: bool = False,
) -> Iterator[dict[str, Laboratory]]:
    """The labs of those names, closed at the end.

    One that does not work goes into `missing`; without that, raises LabUnavailableError.
    `anew` as for `open_laboratory`.
    """
    with ExitStack() as stack:
        opened = {}
        for name in sorted(set(names)):
            try:
                opened[name] = stack.enter_context(open_laboratory(project, name, anew=anew))
            except LabUnavailableError as error:
                if missing is None:
                    raise
                missing[name] = error
        yield opened


def _open_namespace(project: Project, niceness: int, image: Image | None) -> Laboratory:
    image = image or require_image(read_recipe(project))
    lab = NamespaceLab(image, niceness=niceness)

    def rests_on() -> tuple[str, ...]:
        user = "root" if os.geteuid() == 0 else "a user"
        host = (os.uname().release, f"{os.cpu_count()} processors", user)
        missing = "; ".join(weakness.what for weakness in lab.weaknesses)
        return (*host, tool_version("bwrap"), missing)

    return Laboratory(lab, image, os.uname().release, rests_on=rests_on)


def _open_browser(project: Project, niceness: int, image: Image | None) -> Laboratory:
    del niceness, image  # builds never run this lab, and it has one image
    from snippetlab.labs.browser.image import require_image as require_browser_image
    from snippetlab.labs.browser.lab import BrowserLab

    built = require_browser_image(project)
    lab = BrowserLab(built, project.machine)

    def rests_on() -> tuple[str, ...]:
        return (tool_version("node"), hashlib.sha256(project.machine.read_bytes()).hexdigest())

    return Laboratory(lab, built.image, built.release, rests_on=rests_on)


def _open_machine(name: str) -> Callable[[Project, int, Image | None], Laboratory]:
    def opener(project: Project, niceness: int, image: Image | None) -> Laboratory:
        del niceness  # builds show these labs' recordings and never run them
        # So they have no use for these either, and most commands have none.
        from snippetlab.labs.machine import MachineLab
        from snippetlab.labs.qemu import find_processor
        from snippetlab.labs.snapshot import find_snapshot, state_key

        recipe = read_recipe(project, name)
        image = image or require_image(recipe)
        processor = find_processor(recipe, image)
        snapshot = find_snapshot(recipe, image, processor)
        if snapshot is None:
            cure = Cure("build-state", f"Make it: snippetlab lab build {name}")
            raise LabUnavailableError(f"the {name} lab has no saved state for this QEMU", cure)
        release = (image.root / RELEASE).read_text().strip()
        lab, key = (
            MachineLab(name, image, snapshot, recipe.machine),
            state_key(recipe, image, processor),
        )
        return Laboratory(lab, image, release, rests_on=lambda: (key,))

    return opener


_OPENERS: Mapping[str, Callable[[Project, int, Image | None], Laboratory]] = {
    "namespace": _open_namespace,
    "browser": _open_browser,
    "machine": _open_machine("machine"),
    "docker": _open_machine("docker"),
}
"""Lab → what makes it: see `open_laboratory`. Each raises LabUnavailableError."""
