"""Whoever made the image, and with whatever umask: the user who runs snippets can reach it."""

import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from snippetlab.images.user import unprivileged
from snippetlab.project import Project


@pytest.mark.skipif(os.geteuid() != 0, reason="others run snippets as themselves")
def test_an_image_made_under_a_strict_umask_can_be_reached(project: Project) -> None:
    """With an mmdebstrap that makes a tiny system."""
    top = Path("/tmp") / f"umask-{os.getpid()}"  # pytest's own directories are closed to nobody
    status = project.root / "status"
    status.write_text("Package: base-files\nVersion: 13\n")
    with tarfile.open(project.root / "system.tar", "w") as archive:
        archive.add(status, "./var/lib/dpkg/status")
    fake = project.root / "bin/mmdebstrap"
    fake.parent.mkdir()
    fake.write_text(
        "#!/bin/sh\nfor argument; do case $argument in *base.tar) "
        f'cat {project.root}/system.tar >"$argument" ;; esac; done\n'
    )
    fake.chmod(0o755)
    environment = os.environ | {
        "PATH": f"{fake.parent}:{os.environ['PATH']}",
        "SNIPPETLAB_CACHE": str(top / "cache"),
    }
    command = [sys.executable, "-m", "snippetlab", "lab", "build", "base"]
    try:
        done = subprocess.run(
            command, cwd=project.root, env=environment, umask=0o077, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        top.chmod(0o755)  # that far it is the caller's
        (image,) = (top / "cache/images").iterdir()
        status = image / "var/lib/dpkg/status"
        subprocess.run(unprivileged(["cat", str(status)]), check=True, stdout=subprocess.PIPE)
    finally:
        subprocess.run(["rm", "-rf", str(top)], check=True)
