"""What lies beside this site's pages may lie there."""

import pytest
from mkdocs.structure.files import File

from reading import assets
from tests.support import ROOT


@pytest.mark.parametrize("language", ["ko", "en"])
def test_it_is_pictures_that_only_draw(language: str) -> None:
    docs = ROOT / "docs" / language
    names = [path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file()]
    files = [File(name, str(docs), "site", use_directory_urls=True) for name in names]
    assert len(files) > 100
    assert not list(assets.faults(files, docs))
