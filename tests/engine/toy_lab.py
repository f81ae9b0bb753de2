"""A lab that is registered by a test: it runs nothing, and answers from a script in its recipe."""

import hashlib
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from snippetlab.errors import Cure, LabUnavailableError
from snippetlab.images.image import Image
from snippetlab.labs import Opened
from snippetlab.labs.steps import Steps
from snippetlab.project import Project
from snippetlab.registry import LABS
from snippetlab.snippet.command import flatten
from snippetlab.snippet.program import Program
from snippetlab.transcript import Transcript

RECIPE = '[answers]\n"echo moon" = "moon\\n"\n"date" = "never\\n"\n'


class ToyLab:
    name = "toy"
    workers = 1
    weaknesses = ()

    def __init__(self, answers: Mapping[str, str]) -> None:
        self._answers = answers

    def run(self, chain: Sequence[Program], *, alone: bool = False) -> tuple[Transcript, ...]:
        del alone
        runs = [Steps(program) for program in chain]
        for steps in runs:
            for number, command in enumerate(flatten(steps.program.commands)):
                answer = self._answers.get(command.text)
                steps.printed((answer or "").encode())
                steps.reported(f"done {number} {0 if answer else 127}")
        return tuple(steps.transcript(0) for steps in runs)

    def check(self) -> None: ...
    def stop(self) -> None: ...
    def close(self) -> None: ...
    def interact(self) -> int:
        return 0


def open_lab(project: Project, name: str, niceness: int, image: Image | None) -> Opened:
    del niceness, image
    if not _made(project, name).exists():
        cure = Cure("build-toy", f"Make it: snippetlab lab build {name}")
        raise LabUnavailableError("the toy image is missing", cure)
    answers = tomllib.loads(_made(project, name).read_text())["answers"]
    image = Image(name, project.root, key(project, name), {})
    return Opened(ToyLab(answers), image, "toy-1.0")


def build(
    project: Project, name: str, say: Callable[[str], None], *, fresh: bool, kernel: str
) -> None:
    del fresh, kernel
    _made(project, name).write_text((project.lab / f"{name}.toml").read_text())
    say("toy image: ready")


def key(project: Project, name: str) -> str:
    return hashlib.sha256((project.lab / f"{name}.toml").read_bytes()).hexdigest()


def parts(project: Project, name: str) -> list[str]:
    return [str(_made(project, name))]


def _made(project: Project, name: str) -> Path:
    return project.root / f"{LABS[name].image}.made"
