"""Each attack of attacks.toml is held; without the guard that holds it, it gets through."""

import os
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generated.corpus import Attack, read_corpus
from snippetlab.images.user import NOBODY
from snippetlab.limits import Limits, parse_limits
from snippetlab.snippet.language import LANGUAGES
from snippetlab.snippet.leaks import CURES
from snippetlab.snippet.program import Program
from tests.hostile.caller import Caller
from tests.hostile.scene import Scene, alone, new_scene
from tests.hostile.use import ended
from tests.hostile.witness import ONLY_ONE, WITNESSES
from tests.support import ROOT

HERE = ROOT / "tests/hostile"
CORPUS = read_corpus(HERE)
ATTACKS = [
    attack
    for attack in CORPUS.attacks
    if attack.values.get("witness") in WITNESSES and attack.group not in ("machine", "docker")
]


def _program(attack: Attack, scene: Scene, changes: Mapping[str, Any]) -> Program:
    path = HERE / attack.id
    code = filled(path.read_text(encoding="utf-8"), scene)
    # Its arguments hold the mark, by which the host knows its processes.
    path = path.with_stem(f"{path.stem}-{scene.mark}")
    files = {path.name: code.encode()} if path.suffix == ".py" else {}
    limits = parse_limits({**attack.values.get("limits", {}), **changes.get("limits", {})})
    seconds = changes.get("timeout", attack.values.get("timeout", 60))
    commands = tuple(
        replace(command, expects=None) for command in LANGUAGES[path.suffix].commands(path, code)
    )
    return Program(path, commands, files, seconds, limits, frozenset(CURES))


def _witnessed(attack: Attack, scene: Scene) -> AbstractContextManager[None]:
    return WITNESSES[attack.values["witness"]](scene)


def _others(attack: Attack) -> AbstractContextManager[None]:
    return alone() if attack.values["witness"] in ONLY_ONE else nullcontext()


def _breached(attack: Attack, caller: Caller, changes: Mapping[str, Any]) -> bool:
    scene = new_scene(caller.owner)
    scene.image = str(caller.image.root)
    with _others(attack), _witnessed(attack, scene), ended(scene.mark):
        named: dict[str, Any] = {
            name: [filled(item, scene) for item in changes[name]]
            for name in ("add", "drop")
            if name in changes
        }
        if "IMAGE" in scene.words:
            named["root"] = Path(scene.words["IMAGE"])
        given = [filled(item, scene) for item in attack.values.get("given", ())]
        program = _program(attack, scene, changes)
        with caller.lab({**changes, **named}, given) as lab:
            scene.cgroups = lab.cgroups
            scene.transcript, scene.error = lab.run(program)
            # Asked while the lab is there: closing it would end survivors.
            if attack.values["witness"] in ("survivor", "overtime"):
                return scene.breached()
    return scene.breached()


def filled(text: str, scene: Scene) -> str:
    """The text with the scene's words for `@NAME@`."""
    for name, value in scene.words.items():
        text = text.replace(f"@{name}@", value)
    return text


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.id)
def test_it_is_held(attack: Attack, caller: Caller) -> None:
    if attack.values.get("cgroup") and not caller.counts_memory:
        assert "per process only" in caller.status
        return
    # An end that comes late, once, is a busy machine's.
    tries = 3 if attack.values["witness"] == "overtime" else 1
    assert not all(_breached(attack, caller, {}) for _ in range(tries))


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.id)
def test_without_its_guard_it_gets_through(attack: Attack, strongest: Caller) -> None:
    if attack.values.get("cgroup") and not strongest.counts_memory:
        pytest.fail("needs control groups: run as root", pytrace=False)
    needs_root(attack)
    assert _breached(attack, strongest, CORPUS.guards[attack.guard].weaken)


def needs_root(attack: Attack) -> None:
    """What only root can weaken is not shown by anyone else."""
    if attack.guard in ("nobody", "user") and os.geteuid() != 0:
        pytest.fail("only root can run snippets as root: run as root", pytrace=False)


def test_every_attack_has_a_test() -> None:
    for attack in CORPUS.attacks:
        assert (HERE / attack.id).is_file() or (HERE / attack.values["test"]).is_file(), attack.id
    assert {attack.guard for attack in CORPUS.attacks} == set(CORPUS.guards)
    found = {
        path.relative_to(HERE).as_posix() for path in HERE.glob("*/*.*") if path.suffix != ".pyc"
    }
    assert found == {attack.id for attack in CORPUS.attacks if "test" not in attack.values}


def test_defaults_lie_within_the_ceilings() -> None:
    assert parse_limits({}) == Limits()
    assert NOBODY == 65534
