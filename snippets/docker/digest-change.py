# /// snippet
# lab = "namespace"
# proves = { ko = "레이어를 다시 압축하거나, 레이블을 고치거나, 어노테이션을 더하거나, 파일의 한 바이트를 바꾸면 그 위에 있는 식별자만 바뀐다.", en = "Recompressing a layer, editing a label, adding an annotation or changing one byte of a file each changes exactly the identifiers above it." }
# browser = true
# ///
import gzip
import hashlib
import io
import json
import tarfile


def sha(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def identifiers(text=b"hello\n", level=9, label="1.0", annotation="1.0"):
    layer = io.BytesIO()
    with tarfile.open(fileobj=layer, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        entry = tarfile.TarInfo("motd")  # mode 0644, owner 0, mtime 0
        entry.size = len(text)
        tar.addfile(entry, io.BytesIO(text))
    blob = gzip.compress(layer.getvalue(), compresslevel=level, mtime=0)
    config = {
        "architecture": "amd64",
        "os": "linux",
        "config": {"Labels": {"version": label}},
        "rootfs": {"type": "layers", "diff_ids": [sha(layer.getvalue())]},
    }
    config = json.dumps(config).encode()
    manifest = {
        "schemaVersion": 2,
        "config": {"digest": sha(config), "size": len(config)},
        "layers": [{"digest": sha(blob), "size": len(blob)}],
        "annotations": {"version": annotation},
    }
    manifest = json.dumps(manifest).encode()
    return sha(layer.getvalue()), sha(blob), sha(config), sha(manifest)


before = identifiers()
changes = {
    "one byte of the file": identifiers(text=b"hellO\n"),
    "recompressed": identifiers(level=1),
    "label": identifiers(label="1.1"),
    "annotation": identifiers(annotation="1.1"),
    "nothing": identifiers(),
}
print(f"{'changed':22}{'DiffID':8}{'layer':8}{'config':8}manifest")
for what, after in changes.items():
    row = ["same" if old == new else "NEW" for old, new in zip(before, after)]
    print(f"{what:22}{row[0]:8}{row[1]:8}{row[2]:8}{row[3]}")
