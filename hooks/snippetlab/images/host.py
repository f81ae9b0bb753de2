"""What the labs need of the machine they run on: command → Debian package.

Plain data: set-up (tools/needs.py) reads it before anything is installed.
"""

from pathlib import Path

RUN = {"bwrap": "bubblewrap", "setpriv": "util-linux"}
"""For running snippets in the namespace lab."""
BUILD = {**RUN, "mmdebstrap": "mmdebstrap"}
"""For making its image as well."""
UNPRIVILEGED = {"newuidmap": "uidmap"}
"""For making an image without being root."""
MACHINE = {"mke2fs": "e2fsprogs"}
"""For making a virtual machine, beyond all these; it brings its QEMU."""
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
"""Whose signature packages must have; of the package debian-archive-keyring."""
