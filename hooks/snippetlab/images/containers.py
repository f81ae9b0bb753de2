"""The container images that a machine's image brings along: from Debian packages, no engine."""

import hashlib
import json
import re
import shlex
import subprocess
import tarfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from snippetlab.errors import EngineError
from snippetlab.images.debian import System, tail
from snippetlab.images.image import Recipe
from snippetlab.images.oci import ImageConfig, Layout, write_busybox, write_layer

_ARCHIVES = "./var/lib/lab/images"
_REGISTRY = "./var/lib/docker-registry/docker/registry/v2"
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def pack_containers(
    recipe: Recipe,
    workshop: Path,
    archive: Callable[[System, str], Path],
    say: Callable[[str], None],
) -> Path:
    """Write an archive that the machine's first start finds, and fill its registry.

    `archive` makes a system, or finds the one that it made for that key.
    """
    layout = Layout(workshop / "blobs")
    packed, layers = workshop / "containers.tar", dict[str, tuple[Path, list[dict[str, Any]]]]()
    with tarfile.open(packed, "w") as tar:
        for name, values in recipe.containers.items():
            say(f"container image {name} …")
            if "platforms" in values:
                image = _busybox(recipe, name, values, layout, archive, workshop)
                # The engine asks it for other platforms (its `registry-mirrors`).
                layout.write_repository(tar, _REGISTRY, values["tags"][0], image)
            else:
                below = layers.get(values.get("parent", ""))
                system = archive(*_system(recipe, name, values))
                layer = workshop / "layer.tar"
                write_layer(system, layer, below[0] if below else None)
                all_layers = [*(below[1] if below else []), layout.add_file(layer)]
                layers[name] = system, all_layers
                image = layout.add_image(_config(recipe, values, "amd64"), all_layers)
            written = workshop / f"{name}.tar"
            layout.write_archive(written, image, values["tags"])
            info = tar.gettarinfo(written, f"{_ARCHIVES}/{name}.tar")
            info.uid = info.gid = 0
            info.uname = info.gname = "root"
            info.mtime, info.mode = recipe.source_date_epoch, 0o644
            with written.open("rb") as stream:
                tar.addfile(info, stream)
            written.unlink()
    return packed


def _busybox(
    recipe: Recipe,
    name: str,
    values: Mapping[str, Any],
    layout: Layout,
    archive: Callable[[System, str], Path],
    workshop: Path,
) -> dict[str, Any]:
    manifests, applets = [], list[str]()
    for platform in values["platforms"]:
        bare = replace(recipe, packages=("busybox-static",), scripts=())
        system, key = _system(bare, f"{name}-{platform}", values)
        system = replace(system, packages=bare.packages, architecture=platform)
        with tarfile.open(archive(system, key)) as tar:
            stream = tar.extractfile("./usr/bin/busybox")
            binary = stream.read() if stream else b""
        applets = applets or _applets(binary, workshop)
        layer = workshop / "layer.tar"
        write_busybox(binary, applets, recipe.source_date_epoch, layer)
        config = _config(recipe, values, platform)
        manifests.append(layout.add_image(config, [layout.add_file(layer)]))
    return layout.add_index(manifests)


def _applets(binary: bytes, workshop: Path) -> list[str]:
    program = workshop / "busybox"
    program.write_bytes(binary)
    program.chmod(0o755)
    done = subprocess.run([program, "--list"], capture_output=True, text=True)
    if done.returncode:
        raise EngineError(f"busybox does not run here:\n{tail(done.stderr)}")
    return re.findall(r"\S+", done.stdout)


def _system(recipe: Recipe, name: str, values: Mapping[str, Any]) -> tuple[System, str]:
    """The system that an image is made of, and the key of all that goes into it."""
    hooks = list(recipe.scripts[-1:])
    if prepare := values.get("prepare"):
        hooks.insert(
            0, f'chroot "$1" env HOME=/root {_exported(values)} sh -euc {shlex.quote(prepare)}'
        )
    system = System(
        name=f"container image {name}",
        suite=recipe.suite,
        components=recipe.components,
        packages=values.get("packages", ()),
        exclude=(*recipe.exclude, *values.get("exclude", ())),
        include=(),
        source_date_epoch=recipe.source_date_epoch,
        hooks=hooks,
    )
    made_of = [recipe.suite, recipe.components, recipe.source_date_epoch, recipe.exclude]
    facts = json.dumps([*made_of, hooks, name, dict(values)], sort_keys=True)
    return system, f"container-{name}-{hashlib.sha256(facts.encode()).hexdigest()[:16]}"


def _exported(values: Mapping[str, Any]) -> str:
    return shlex.join(f"{name}={value}" for name, value in values.get("environment", {}).items())


def _config(recipe: Recipe, values: Mapping[str, Any], architecture: str) -> ImageConfig:
    return ImageConfig(
        architecture=architecture,
        created=recipe.source_date_epoch,
        command=values["command"],
        environment={"PATH": _PATH, **values.get("environment", {})},
        directory=values.get("directory", ""),
    )
