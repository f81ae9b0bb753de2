"""Container images from Debian archives, without a container engine.

The form is the OCI image layout (image-layout.md of the image specification, version 1.0)
in a tar file, with the `manifest.json` that Docker's classic store reads (the format of
`docker save`). The same contents make the same bytes, so the images' IDs never change.
"""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

_INDEX = "application/vnd.oci.image.index.v1+json"
_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
_CONFIG = "application/vnd.oci.image.config.v1+json"
_LAYER = "application/vnd.oci.image.layer.v1.tar"


@dataclass(frozen=True)
class ImageConfig:
    """What an image says about itself."""

    architecture: str
    created: int
    """Seconds since 1970."""
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    directory: str = ""


class Layout:
    """Blobs by digest, in a directory; several images may share some."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        directory.mkdir(parents=True, exist_ok=True)

    def add_file(self, path: Path) -> dict[str, Any]:
        """Take a layer, an uncompressed tar file; what a manifest says of it."""
        digest = hashlib.sha256()
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
        path.rename(self._directory / digest.hexdigest())
        return self._describe(_LAYER, digest.hexdigest())

    def add_image(self, config: ImageConfig, layers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Make a manifest; what an index says of it."""
        moment = _date(config.created)
        values = {
            "architecture": config.architecture,
            "os": "linux",
            "created": moment,
            "config": {
                "Cmd": list(config.command),
                "Env": [f"{name}={value}" for name, value in config.environment.items()],
                **({"WorkingDir": config.directory} if config.directory else {}),
            },
            "rootfs": {"type": "layers", "diff_ids": [layer["digest"] for layer in layers]},
            "history": [
                {"created": moment, "created_by": "snippetlab lab build docker"} for _ in layers
            ],
        }
        blob = self._add(_CONFIG, values)
        manifest = {
            "schemaVersion": 2,
            "mediaType": _MANIFEST,
            "config": blob,
            "layers": list(layers),
        }
        platform = {"architecture": config.architecture, "os": "linux"}
        return self._add(_MANIFEST, manifest) | {"platform": platform}

    def add_index(self, manifests: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """One image for several platforms."""
        values = {"schemaVersion": 2, "mediaType": _INDEX, "manifests": list(manifests)}
        return self._add(_INDEX, values)

    def read(self, described: Mapping[str, Any]) -> Any:
        """The content of a JSON blob."""
        return json.loads((self._directory / described["digest"][7:]).read_bytes())

    def members(self, described: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        """A manifest or index with all that belongs to it."""
        yield described
        if described["mediaType"] == _INDEX:
            for manifest in self.read(described)["manifests"]:
                yield from self.members(manifest)
        elif described["mediaType"] == _MANIFEST:
            values = self.read(described)
            yield from (values["config"], *values["layers"])

    def write_archive(
        self, archive: Path, described: Mapping[str, Any], tags: Sequence[str]
    ) -> None:
        """Write what `docker load` reads, whichever store the engine has."""
        first = described
        if described["mediaType"] == _INDEX:
            first = self.read(described)["manifests"][0]
        values = self.read(first)
        docker = {
            "Config": f"blobs/sha256/{values['config']['digest'][7:]}",
            "RepoTags": list(tags),
            "Layers": [f"blobs/sha256/{layer['digest'][7:]}" for layer in values["layers"]],
        }
        index = {
            "schemaVersion": 2,
            "mediaType": _INDEX,
            "manifests": [{**described, "annotations": _names(tag)} for tag in tags],
        }
        with tarfile.open(archive, "w") as tar:
            for member in {m["digest"]: m for m in self.members(described)}.values():
                hexadecimal = member["digest"][7:]
                with (self._directory / hexadecimal).open("rb") as stream:
                    _add(tar, f"blobs/sha256/{hexadecimal}", stream, member["size"])
            _add_json(tar, "index.json", index)
            _add_json(tar, "manifest.json", [docker])
            _add_json(tar, "oci-layout", {"imageLayoutVersion": "1.0.0"})

    def write_repository(
        self, tar: tarfile.TarFile, root: str, tag: str, top: Mapping[str, Any]
    ) -> None:
        """Write the image as the registry keeps it on its disk (the "filesystem" driver).

        Source: the package documentation of `registry/storage`, `paths.go`, version 2.8.
        """
        name, _, label = tag.partition(":")
        repository = f"{root}/repositories/library/{name}"
        for member in self.members(top):
            hexadecimal = member["digest"][7:]
            with (self._directory / hexadecimal).open("rb") as stream:
                blob = f"{root}/blobs/sha256/{hexadecimal[:2]}/{hexadecimal}/data"
                _add(tar, blob, stream, member["size"])
            manifest = member["mediaType"] in (_INDEX, _MANIFEST)
            kind = "_manifests/revisions" if manifest else "_layers"
            _add_bytes(tar, f"{repository}/{kind}/sha256/{hexadecimal}/link", member["digest"])
        tags = f"{repository}/_manifests/tags/{label}"
        _add_bytes(tar, f"{tags}/current/link", top["digest"])
        _add_bytes(tar, f"{tags}/index/sha256/{top['digest'][7:]}/link", top["digest"])

    def _add(self, kind: str, values: object) -> dict[str, Any]:
        content = json.dumps(values, sort_keys=True).encode()
        name = hashlib.sha256(content).hexdigest()
        (self._directory / name).write_bytes(content)
        return self._describe(kind, name)

    def _describe(self, kind: str, name: str) -> dict[str, Any]:
        size = (self._directory / name).stat().st_size
        return {"mediaType": kind, "digest": f"sha256:{name}", "size": size}


def write_layer(archive: Path, layer: Path, below: Path | None = None) -> None:
    """Write what `archive` has beyond the archive `below`, without device nodes.

    Nothing may be missing from it that `below` has: a layer of additions needs no whiteouts.
    """
    known = dict(_facts(below)) if below else {}
    with tarfile.open(archive) as source, tarfile.open(layer, "w") as target:
        for member in source:
            if member.isdev() or known.get(member.name) == _fact(source, member):
                continue
            target.addfile(member, source.extractfile(member) if member.isreg() else None)


def _facts(archive: Path) -> Iterator[tuple[str, tuple[object, ...]]]:
    with tarfile.open(archive) as source:
        for member in source:
            yield member.name, _fact(source, member)


def _fact(source: tarfile.TarFile, member: tarfile.TarInfo) -> tuple[object, ...]:
    content = b""
    if member.isreg() and (stream := source.extractfile(member)):
        content = hashlib.sha256(stream.read()).digest()
    return member.type, member.mode, member.uid, member.gid, member.linkname, content


def write_busybox(binary: bytes, applets: Sequence[str], epoch: int, layer: Path) -> None:
    """Write a root directory that has nothing but busybox."""
    with tarfile.open(layer, "w") as tar:
        for name, mode in (("bin", 0o755), ("dev", 0o755), ("etc", 0o755), ("proc", 0o755)):
            _add_directory(tar, name, mode, epoch)
        for name, mode in (("root", 0o700), ("sys", 0o755), ("tmp", 0o1777)):
            _add_directory(tar, name, mode, epoch)
        _add(tar, "bin/busybox", io.BytesIO(binary), len(binary), mode=0o755, epoch=epoch)
        for applet in sorted(set(applets) - {"busybox"}):
            link = tarfile.TarInfo(f"bin/{applet}")
            link.type, link.linkname, link.mode, link.mtime = (
                tarfile.SYMTYPE,
                "busybox",
                0o777,
                epoch,
            )
            tar.addfile(link)
        passwd = b"root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n"
        _add(tar, "etc/passwd", io.BytesIO(passwd), len(passwd), epoch=epoch)
        group = b"root:x:0:\nnogroup:x:65534:\n"
        _add(tar, "etc/group", io.BytesIO(group), len(group), epoch=epoch)


def _add(
    tar: tarfile.TarFile,
    name: str,
    stream: BinaryIO,
    size: int,
    *,
    mode: int = 0o644,
    epoch: int = 0,
) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, mode, epoch
    tar.addfile(info, stream)


def _add_bytes(tar: tarfile.TarFile, name: str, text: str) -> None:
    _add(tar, name, io.BytesIO(text.encode()), len(text.encode()))


def _add_json(tar: tarfile.TarFile, name: str, values: object) -> None:
    _add_bytes(tar, name, json.dumps(values, sort_keys=True))


def _add_directory(tar: tarfile.TarFile, name: str, mode: int, epoch: int) -> None:
    info = tarfile.TarInfo(name)
    info.type, info.mode, info.mtime = tarfile.DIRTYPE, mode, epoch
    tar.addfile(info)


def _names(tag: str) -> dict[str, str]:
    name, _, label = tag.partition(":")
    full = f"docker.io/library/{name}:{label}"
    return {"io.containerd.image.name": full, "org.opencontainers.image.ref.name": label}


def _date(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
