"""A lab that works on this machine, with what it consists of."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property

from snippetlab.errors import Cure, EngineError, LabUnavailableError, SourceError
from snippetlab.images.dpkg import Packages
from snippetlab.images.image import Image
from snippetlab.labs import Lab
from snippetlab.labs.failing import MissingCommandError, OverdueError
from snippetlab.project import Project
from snippetlab.registry import DEFAULT, open_lab
from snippetlab.run.advice import missing_command
from snippetlab.run.gate import Gate
from snippetlab.run.lock import LockedLab, read_lock
from snippetlab.snippet.program import Program
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
    architecture: str = ""
    """As `uname --machine` says it there."""
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

    def refuses(self, chain: Sequence[Program]) -> SourceError | None:
        """Why none of a chain after a certain one can run here; None where all can."""
        for program in chain:
            if what := program.requires.lacking(self.kernel, self.architecture):
                which = "it" if program is chain[-1] else f"{program.path.stem} before it"
                cure = Cure(
                    "requires",
                    f"Run it on a machine that has that, or mend its header if {which} needs less.",
                )
                return SourceError(chain[-1].path, 1, f"skipped: {which} {what}", cure)
        return None

    def run(self, chain: Sequence[Program]) -> tuple[Transcript, ...]:
        """Run a chain as the lab does. One that exceeds its time is tried again alone.

        Raises OverdueError where it does so again, RunError as the lab does, and SourceError
        where the machine is not one that the chain can run on.
        """
        if refusal := self.refuses(chain):
            raise refusal
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
    name: str = DEFAULT,
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
    opened = open_lab(project, name, niceness, image)
    if check:
        try:
            opened.lab.check()
        except BaseException:
            opened.lab.close()
            raise
    facts = (opened.lab, opened.image, opened.kernel, locked, project, opened.rests_on)
    return Laboratory(*facts, opened.architecture)


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
