"""What benchmarks do to this checkout, which changes without them."""

import shutil
from pathlib import Path

import pytest

from benchmarks.saved import COPIED, SAVINGS, Saving
from tests.support import ROOT

pytestmark = pytest.mark.material("it saves into pages, whatever they say")


@pytest.mark.parametrize("saving", SAVINGS.values(), ids=SAVINGS)
def test_what_is_saved_can_be_saved_again(saving: Saving, tmp_path: Path) -> None:
    for name in COPIED:
        shutil.copytree(ROOT / name, tmp_path / name, symlinks=True)
    shutil.copy(ROOT / "mkdocs.en.yml", tmp_path)

    def said() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    seen = [said()]
    for number in range(2):
        saving.save(tmp_path, number)
        seen.append(said())
        (changed,) = {path for path in seen[-1] if seen[-1][path] != seen[-2].get(path)}
        assert f"Saved {number}".encode() in seen[-1][changed]
