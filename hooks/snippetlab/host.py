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
MACHINE = {
    "mke2fs": "e2fsprogs",
    "qemu-img": "qemu-utils",
    "qemu-system-x86_64": "qemu-system-x86",
}
"""For making and running a virtual machine, beyond all these."""
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
"""Whose signature packages must have; of the package debian-archive-keyring."""
