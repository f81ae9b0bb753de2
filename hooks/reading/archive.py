"""Pack a directory: python -m reading.archive DIRECTORY ARCHIVE

Equal files give an equal archive: sorted, without owners, all of the commit's time.
"""

import os
import sys
import time
import zipfile
from pathlib import Path


def pack(directory: Path, archive: Path, seconds: int) -> None:
    """Write a ZIP file whose entries all date from `seconds` since 1970, at the earliest 1980."""
    when = max(time.gmtime(seconds)[:6], (1980, 1, 1, 0, 0, 0))
    partial = archive.with_name(f".{archive.name}.partial")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(directory.rglob("*")):
            if path.is_file():
                name = f"{archive.stem}/{path.relative_to(directory).as_posix()}"
                entry = zipfile.ZipInfo(name, when)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                packed.writestr(entry, path.read_bytes())
    partial.replace(archive)


if __name__ == "__main__":
    pack(Path(sys.argv[1]), Path(sys.argv[2]), int(os.environ.get("SOURCE_DATE_EPOCH", "0")))
