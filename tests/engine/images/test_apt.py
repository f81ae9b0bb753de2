"""What the private apt takes of the machine's."""

from pathlib import Path

import pytest

from snippetlab.images.browser.packages import Apt

MACHINE = """\
Acquire::http::Proxy "http://127.0.0.1:9";
Acquire::IndexTargets::deb::Contents-deb { MetaKey "$(COMPONENT)/Contents-$(ARCHITECTURE)"; };
Acquire::Languages { "ko"; };
"""


def test_it_takes_the_way_to_a_mirror_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """apt-file's index, for example, is of hundreds of megabytes, and a build needs none of it."""
    (tmp_path / "apt.conf").write_text(MACHINE)
    seen = tmp_path / "seen"
    stand_in = tmp_path / "bin/apt-get"
    stand_in.parent.mkdir()
    stand_in.write_text(f"#!/bin/sh\n[ $1 = indextargets ] || apt-config dump > '{seen}'\n")
    stand_in.chmod(0o755)
    monkeypatch.setenv("APT_CONFIG", str(tmp_path / "apt.conf"))
    monkeypatch.setenv("PATH", f"{stand_in.parent}:/usr/sbin:/usr/bin:/sbin:/bin")
    Apt(tmp_path / "private", "trixie", "amd64")
    said = seen.read_text()
    assert 'Acquire::http::Proxy "http://127.0.0.1:9";' in said
    assert "Contents-deb" not in said
    assert '"ko"' not in said
    assert "http://deb.debian.org/debian trixie" in (tmp_path / "private/sources.list").read_text()
