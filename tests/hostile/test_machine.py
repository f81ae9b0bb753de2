"""Attacks on the host by real root in the machine and docker labs, each also unguarded."""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from snippetlab.corpus import Attack, read_corpus
from snippetlab.errors import EngineError
from snippetlab.laboratory import Laboratory
from snippetlab.labs.machine import MachineLab
from snippetlab.labs.user import NOBODY
from snippetlab.leaks import CURES
from snippetlab.program import LANGUAGES, Program
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
LaboratoryOf = Callable[[str], Laboratory]
MANY = 10_000_000
"""Bytes that the engine must not keep of what no snippet prints."""


def _program(name: str, scene: Scene, timeout: float = 120) -> Program:
    path = HERE / name
    code = filled(path.read_text(encoding="utf-8"), scene)
    files = {path.name: code.encode()} if path.suffix == ".py" else {}
    commands = tuple(replace(c, expects=None) for c in LANGUAGES[path.suffix](path, code))
    return Program(path, commands, files, timeout, leaves=frozenset(CURES))


def _run(lab: MachineLab, program: Program, scene: Scene) -> Seen:
    scene.transcript = scene.error = None
    with watched() as seen:
        try:
            (scene.transcript,) = lab.run([program])
        except EngineError as error:
            scene.error = error
    return seen


def _breached(attack: Attack, laboratory: Laboratory, changes: Mapping[str, Any]) -> bool:
    scene = new_scene(NOBODY)
    match attack.values["witness"]:
        case "next":  # what one chain writes, the next one finds
            program = _program(attack.id, scene)
            with machine_lab(laboratory, changes) as lab:
                _run(lab, program, scene)
                assert scene.transcript, scene.error
                _run(lab, program, scene)
            assert scene.transcript, scene.error
            return scene.words["SECRET"].encode() in scene.transcript.steps[0].output
        case "kept":  # the engine keeps what is no output
            with machine_lab(laboratory, changes) as lab, grown() as peak:
                _run(lab, _program(attack.id, scene), scene)
            assert scene.error
            return peak[0] > MANY
        case witness:
            with WITNESSES[witness](scene):
                qemu = [filled(word, scene) for word in changes.get("qemu", ())]
                with machine_lab(laboratory, {**changes, "qemu": qemu}) as lab:
                    seen = _run(lab, _program(attack.id, scene), scene)
                assert seen.files, scene.error
            return scene.breached() or seen.sockets > 0


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.id)
def test_it_is_held(attack: Attack, laboratory_of: LaboratoryOf) -> None:
    assert not _breached(attack, laboratory_of(attack.group), {})


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.id)
def test_without_its_guard_it_gets_through(attack: Attack, laboratory_of: LaboratoryOf) -> None:
    assert _breached(attack, laboratory_of(attack.group), CORPUS.guards[attack.guard].weaken)


@pytest.mark.skipif(os.geteuid() != 0, reason="whoever runs the tests is an ordinary user")
@pytest.mark.parametrize(
    "attack",
    [attack for attack in ATTACKS if attack.values["witness"] in WITNESSES],
    ids=lambda attack: attack.id,
)
def test_it_is_held_where_an_ordinary_user_runs_it(
    attack: Attack, laboratory_of: LaboratoryOf
) -> None:
    scene = new_scene(USER)
    with WITNESSES[attack.values["witness"]](scene):
        program = _program(attack.id, scene)
        scene.transcript, scene.error = run_as_user(laboratory_of(attack.group), program)
    assert scene.transcript, scene.error
    assert not scene.breached()


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
    program = Program(path, LANGUAGES[".sh"](path, EVERYTHING), {"hoard.py": HOARD}, 20)
    with machine_lab(laboratory_of("machine"), {}) as lab:
        given = lab._machine["memory"] << 20
        seen = _run(lab, program, scene)
        assert "the snippet took longer than 20 s" in str(scene.error)
        # It did use its memory; beyond that is what MachineLab reckons for the emulator.
        assert 0.7 * given < seen.memory < given + (512 << 20), seen
        assert seen.threads < 100
        assert machines() == []
        known = (str(lab._image.root), str(lab._snapshot.directory), "/dev/")
        others = [Path(file) for file in seen.files if not file.startswith(known)]
        assert len(others) < len(seen.files)
        # QEMU takes away the name of the file to which it writes as soon as it has it.
        assert not any(file.exists() for file in others), others
        honest = Program(path, LANGUAGES[".sh"](path, "ls /hoard # ? 2\n"), {}, 120)
        _run(lab, honest, scene)
        assert scene.transcript, scene.error
