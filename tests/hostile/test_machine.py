"""Attacks on the host by real root in the machine and docker labs, each also unguarded."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generated.corpus import Attack, read_corpus
from snippetlab.errors import EngineError
from snippetlab.images.user import NOBODY
from snippetlab.labs.machine.lab import MachineLab
from snippetlab.run.laboratory import Laboratory
from snippetlab.snippet.language import LANGUAGES
from snippetlab.snippet.leaks import CURES
from snippetlab.snippet.program import Program
from snippetlab.transcript import Transcript
from tests.hostile.caller import USER
from tests.hostile.machine_caller import Seen, machine_lab, machines, run_as_user, watched
from tests.hostile.scene import Scene, new_scene
from tests.hostile.test_attacks import filled
from tests.hostile.test_impostor import grown
from tests.hostile.witness import WITNESSES
from tests.support import ROOT

HERE = ROOT / "tests/hostile"
CORPUS = read_corpus(HERE)
ATTACKS = [
    attack
    for attack in CORPUS.attacks
    if attack.group in ("machine", "docker") and "test" not in attack.values
]
ALONE = [attack for attack in ATTACKS if attack.values["witness"] == "kept"]
"""These bring their machine down."""
TOGETHER = [attack for attack in ATTACKS if attack not in ALONE]
LaboratoryOf = Callable[[str], Laboratory]
MANY = 10_000_000
"""Bytes that the engine must not keep of what no snippet prints."""


def _program(name: str, scene: Scene, timeout: float = 1800) -> Program:
    path = HERE / name
    code = filled(path.read_text(encoding="utf-8"), scene)
    files = {path.name: code.encode()} if path.suffix == ".py" else {}
    commands = tuple(replace(c, expects=None) for c in LANGUAGES[path.suffix].commands(path, code))
    return Program(path, commands, files, timeout, leaves=frozenset(CURES))


def _run(lab: MachineLab, chain: Sequence[Program], *scenes: Scene) -> Seen:
    """Run it in one machine; each scene gets its transcript, or all of them the error."""
    with watched() as seen:
        try:
            found: Sequence[Transcript | None] = lab.run(chain)
            error = None
        except EngineError as error_:
            found, error = [None] * len(chain), error_
    for scene, transcript in zip(scenes, found, strict=True):
        scene.transcript, scene.error = transcript, error
    return seen


def _breaching(
    attacks: Sequence[Attack], laboratory: Laboratory, changes: Mapping[str, Any]
) -> set[str]:
    """The ids of those that get through, one after another in one machine."""
    scenes = {attack.id: new_scene(NOBODY) for attack in attacks}
    with ExitStack() as stack:
        watching = _witnessed(stack, attacks, scenes)
        programs = {id_: _program(id_, scene) for id_, scene in scenes.items()}
        words = [filled(word, s) for word in changes.get("qemu", ()) for s in scenes.values()]
        with machine_lab(laboratory, {**changes, "qemu": words}) as lab:
            seen = _run(lab, [*programs.values()], *scenes.values())
            assert all(s.transcript for s in scenes.values()), scenes
            assert seen.files
            left = {id_: p for id_, p in programs.items() if id_ not in watching}
            found = list(_found_later(lab, left))
    got = {id_ for id_ in watching if scenes[id_].breached() or seen.sockets}
    return got | {id_ for id_, output in found if scenes[id_].words["SECRET"].encode() in output}


def _found_later(lab: MachineLab, programs: Mapping[str, Program]) -> Iterator[tuple[str, bytes]]:
    """Id and what the next chain finds where the attack has written, which each reads at first.

    No more of it is run: the memory restored does not fit a disk that was written to.
    """
    for id_, program in programs.items():
        scene = new_scene(NOBODY)
        _run(lab, [replace(program, commands=program.commands[:1])], scene)
        assert scene.transcript, scene.error
        yield id_, scene.transcript.steps[0].output


def _witnessed(
    stack: ExitStack, attacks: Sequence[Attack], scenes: Mapping[str, Scene]
) -> set[str]:
    """The ids of attacks that a witness on the host watches from now on."""
    found = {a.id: WITNESSES[w] for a in attacks if (w := a.values["witness"]) in WITNESSES}
    for id_, witness in found.items():
        stack.enter_context(witness(scenes[id_]))
    return set(found)


def _is_kept(attack: Attack, laboratory: Laboratory, changes: Mapping[str, Any]) -> bool:
    """Whether the engine keeps what is no output."""
    scene = new_scene(NOBODY)
    with machine_lab(laboratory, changes) as lab, grown() as peak:
        _run(lab, [_program(attack.id, scene)], scene)
    assert scene.error, scene.transcript
    return peak[0] > MANY


@pytest.mark.parametrize("lab", ["machine", "docker"])
def test_all_are_held_in_one_machine(lab: str, laboratory_of: LaboratoryOf) -> None:
    attacks = [attack for attack in TOGETHER if attack.group == lab]
    assert _breaching(attacks, laboratory_of(lab), {}) == set()


@pytest.mark.parametrize("attack", ALONE, ids=lambda attack: attack.id)
def test_what_ends_its_machine_is_held(attack: Attack, laboratory_of: LaboratoryOf) -> None:
    assert not _is_kept(attack, laboratory_of(attack.group), {})


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.id)
def test_without_its_guard_it_gets_through(attack: Attack, laboratory_of: LaboratoryOf) -> None:
    laboratory, weaken = laboratory_of(attack.group), CORPUS.guards[attack.guard].weaken
    if attack in ALONE:
        assert _is_kept(attack, laboratory, weaken)
    else:
        assert _breaching([attack], laboratory, weaken) == {attack.id}


@pytest.mark.skipif(os.geteuid() != 0, reason="whoever runs the tests is an ordinary user")
@pytest.mark.parametrize("lab", ["machine", "docker"])
def test_they_are_held_where_an_ordinary_user_runs_them(
    lab: str, laboratory_of: LaboratoryOf
) -> None:
    attacks = [a for a in TOGETHER if a.group == lab and a.values["witness"] in WITNESSES]
    scenes = {attack.id: new_scene(USER) for attack in attacks}
    with ExitStack() as stack:
        _witnessed(stack, attacks, scenes)
        chain = [_program(id_, scene) for id_, scene in scenes.items()]
        transcripts, error = run_as_user(laboratory_of(lab), chain)
        assert transcripts, error
        for scene, transcript in zip(scenes.values(), transcripts, strict=True):
            scene.transcript = transcript
    assert not [id_ for id_, scene in scenes.items() if scene.breached()]


HOARD = b"""\
import os, time
while True:
    try:
        if os.fork() == 0:
            hoard = b"x" * 8_000_000
            while True:
                time.sleep(1)
    except (OSError, MemoryError):
        time.sleep(0.01)
"""
EVERYTHING = """\
trap '' TERM HUP; setsid -f python3 hoard.py; setsid -f yes > /dev/ttyS0
head -c 300M /dev/zero > /hoard
while :; do sleep 60; done
"""


def test_a_machine_that_uses_all_it_has_leaves_the_host_its_own(
    laboratory_of: LaboratoryOf,
) -> None:
    """Memory, processes, disk, console and time at once; its size was fixed when it was started."""
    scene, path = new_scene(NOBODY), Path("x.sh")
    with machine_lab(laboratory_of("machine"), {}) as lab:
        given = lab._machine["memory"] << 20
        for seconds in (10, 30, 90):  # a busy host needs more of them to give it all
            files = {"hoard.py": HOARD}
            program = Program(path, LANGUAGES[".sh"].commands(path, EVERYTHING), files, seconds)
            seen = _run(lab, [program], scene)
            assert f"the snippet took longer than {seconds} s" in str(scene.error)
            if seen.memory > 0.7 * given:
                break
        # It did use its memory; beyond that is what MachineLab reckons for the emulator.
        assert 0.7 * given < seen.memory < given + (512 << 20), seen
        assert seen.threads < 100
        assert machines() == []
        known = (str(lab._image.root), str(lab._snapshot.directory), "/dev/")
        others = [Path(file) for file in seen.files if not file.startswith(known)]
        assert len(others) < len(seen.files)
        # QEMU takes away the name of the file to which it writes as soon as it has it.
        assert not any(file.exists() for file in others), others
        honest = Program(path, LANGUAGES[".sh"].commands(path, "ls /hoard # ? 2\n"), {}, 120)
        _run(lab, [honest], scene)
        assert scene.transcript, scene.error
