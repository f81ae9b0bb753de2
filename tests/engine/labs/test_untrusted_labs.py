"""Labs that hold no untrusted code by what they run on: `verify --untrusted` refuses them."""

from pathlib import Path

import pytest

from snippetlab.cli import main
from snippetlab.images.browser.image import BrowserImage
from snippetlab.images.emulator import Emulator
from snippetlab.images.image import Image
from snippetlab.labs import Opened
from snippetlab.labs.browser.lab import BrowserLab
from snippetlab.labs.machine.lab import MachineLab
from snippetlab.labs.machine.qemu import Processor
from snippetlab.labs.machine.snapshot import Snapshot
from snippetlab.project import Project
from snippetlab.run import laboratory as laboratories
from snippetlab.run.laboratory import Laboratory
from tests.support import Write, snippet

cure = pytest.mark.cure


def _opened(monkeypatch: pytest.MonkeyPatch, lab: BrowserLab | MachineLab, image: Image) -> None:
    monkeypatch.setattr(type(lab), "check", lambda _: None)
    opened = Opened(lab, image, "6", lambda: ())
    monkeypatch.setattr(laboratories, "open_lab", lambda *_: opened)


@cure("with-kvm")
def test_an_emulated_machine_holds_no_untrusted_code(
    project: Project,
    write: Write,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """QEMU, Security, "Non-virtualization Use Case"; with KVM it may."""
    monkeypatch.chdir(project.root)
    write("snippets/a/x.sh", snippet("true\n").replace("namespace", "machine"))
    image, emulator = Image("machine", tmp_path, "0", {}), Emulator("QEMU", (), ())
    for accelerator in ("tcg", "kvm"):
        snapshot = Snapshot(tmp_path, Processor(accelerator, emulator))
        lab = MachineLab("machine", image, snapshot, {"memory": 256})
        _opened(monkeypatch, lab, image)
        assert main(["verify", "--untrusted"]) == 1  # it has no recording
        err = capsys.readouterr().err
        refused = "the machine lab does not hold untrusted code: processor: emulated"
        is_emulated = accelerator == "tcg"
        assert (refused in err) == ("Run it where /dev/kvm is there" in err) == is_emulated


@cure("node-alone")
def test_node_holds_no_untrusted_code(
    laboratory: Laboratory,
    project: Project,
    write: Write,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(project.root)
    text = snippet("echo ran\n").replace("# ///\n", "# browser = true\n# ///\n")
    write("snippets/a/x.sh", text)
    assert main(["record"]) == 0
    image = Image("browser", tmp_path, "0", {})
    lab = BrowserLab(BrowserImage(tmp_path, {}), tmp_path)
    _opened(monkeypatch, lab, image)
    assert main(["verify", "--lab", "browser", "--untrusted"]) == 1
    said = capsys.readouterr()
    assert "the browser lab does not hold untrusted code: node: " in said.err
    assert "leave out --untrusted" in said.err
    monkeypatch.setattr(lab, "run", laboratory.lab.run)
    assert main(["verify", "--lab", "browser"]) == 0
