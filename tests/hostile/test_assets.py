"""What lies beside the pages: pictures and data, nothing that a browser would run."""

from pathlib import Path

import pytest
from mkdocs.structure.files import File, Files

from reading import assets
from tests.support import Write


def files_of(root: Path) -> list[File]:
    names = [p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()]
    return [File(name, str(root), str(root / "site"), use_directory_urls=True) for name in names]


@pytest.mark.cure("asset-kind")
@pytest.mark.parametrize(
    "name",
    ["x.html", "x.js", "assets/javascripts/drawer.mjs", "x.css", "x.xhtml", "x.xml", "_headers"]
    + ["x.markdown", "X.SVG", "x.svgz", "x.wasm", "CNAME"],
)
def test_beside_a_page_lies_nothing_that_runs(name: str, write: Write) -> None:
    """Scripts of the site's own address may run, so such a file would be one for every page."""
    path = write(f"docs/en/{name}", "alert(1)")
    docs = path.parents[name.count("/")]
    (fault,) = assets.faults(files_of(docs), docs)
    assert "docs/overrides" in fault.cure
    path.unlink()
    write("docs/en/x.png", "")
    assert not list(assets.faults(files_of(docs), docs))


DRAWN = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'
DRAWINGS = [
    "<script>alert(1)</script>",
    "<s:script xmlns:s='http://www.w3.org/2000/svg'>alert(1)</s:script>",
    "<rect onclick='alert(1)'/>",
    "<a href='javascript:alert(1)'><text>x</text></a>",
    "<a xmlns:x='http://www.w3.org/1999/xlink' x:href='javascript:alert(1)'><text>x</text></a>",
    "<foreignObject/>",
    "<image href='https://evil.example/x.png'/>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<rect style='fill: url(https://evil.example/x.svg#y)'/>",
    "&own;",
]


@pytest.mark.cure("drawing-loads")
@pytest.mark.parametrize("text", DRAWINGS)
def test_a_drawing_only_draws(text: str, write: Write) -> None:
    """Opened by itself it is a document, and its script would be one of the site."""
    path = write("docs/en/x.svg", DRAWN.format(text))
    docs = path.parent
    assert list(assets.faults(files_of(docs), docs))
    path.write_text(DRAWN.format("<style>.a{fill:url(#b)}</style><rect x='1'/>"))
    assert not list(assets.faults(files_of(docs), docs))


def test_an_entity_or_another_style_sheet_is_refused(write: Write) -> None:
    for head in ('<!DOCTYPE svg [<!ENTITY x "y">]>', '<?xml-stylesheet href="x.xsl"?>'):
        path = write("docs/en/x.svg", head + DRAWN.format(""))
        assert list(assets.faults(files_of(path.parent), path.parent))


def test_what_an_editor_keeps_is_not_published(write: Write) -> None:
    """Neither a page half written, nor a document that only looks like a leftover."""
    for name in ("x.md", "#x.md#", "#x.html", "x.html~"):
        write(f"docs/en/{name}", "<script>alert(1)</script>")
    docs = write("docs/en/x.png", "").parent
    files = Files(files_of(docs))
    assets.without_leftovers(files)
    assert sorted(file.src_uri for file in files) == ["x.md", "x.png"]
