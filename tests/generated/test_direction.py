"""Which way imports go."""

import re

from tests.support import ROOT


def test_neither_the_engine_nor_reading_knows_these_pages() -> None:
    modules = [
        p for name in ("snippetlab", "reading") for p in (ROOT / "hooks" / name).rglob("*.py")
    ]
    assert len(modules) > 100
    knowing = re.compile(r"^\s*(?:from|import) generated\b", re.MULTILINE)
    assert not [p for p in modules if knowing.search(p.read_text(encoding="utf-8"))]
