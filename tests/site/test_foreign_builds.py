"""What builds of foreign sites say, run and leave alone."""

import contextlib
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory
from snippetlab.snippet.library import load_library
from snippetlab.snippet.recording import write_recording
from snippetlab.transcript import Step, Transcript
from tests.site.foreign import DEFAULT, MATERIAL, SITES, Foreign, Site, hello
from tests.support import snippet, wait_for


@pytest.fixture
def made(tmp_path: Path, laboratory: Laboratory) -> Callable[[Foreign], Site]:
    """A recorded site, to be broken."""

    def make(foreign: Foreign) -> Site:
        site = Site(tmp_path, foreign)
        site.record()
        return site

    return make


@pytest.mark.parametrize("name", SITES)
def test_a_broken_snippet_fails_the_build(name: str, made: Callable[[Foreign], Site]) -> None:
    site = made(SITES[name])
    path = site.root / "snippets/demo/hello.sh"
    path.write_text(path.read_text(encoding="utf-8").replace("wc -l", "wc -c"), encoding="utf-8")
    done = site.build()
    assert done.returncode
    assert "snippets/demo/hello.sh:1: the snippet has changed since it was recorded" in done.stderr
    assert "snippetlab record demo/hello" in done.stderr


def test_what_is_wrong_in_a_page_is_said_at_its_line(made: Callable[[Foreign], Site]) -> None:
    site = made(DEFAULT)
    site.add("docs/guide/other.md", "\n```snippet\ndemo/helo\n```\n")
    site.add("docs/guide/other.md", "[](value:demo/hello#weight)\n")
    done = site.build()
    assert done.returncode
    assert "docs/guide/other.md:13: demo/hello has no value 'weight'" in done.stderr
    assert "Traceback" not in done.stderr
    site.write("docs/guide/other.md", "# Other\n\n```snippet\ndemo/helo\n```\n")
    assert "docs/guide/other.md:4: unknown snippet 'demo/helo'" in site.build().stderr


def test_a_live_build_runs_what_pages_show_and_what_they_include(
    made: Callable[[Foreign], Site],
) -> None:
    site = made(MATERIAL)
    site.write("included.md", "```snippet\ndemo/forged\n```\n")
    site.write("docs/guide/other.md", '# Other\n\n--8<-- "included.md"\n')
    site.write("snippets/demo/forged.sh", snippet("echo real\n"))
    entry = load_library(Project(site.root)).entries["demo/forged"]
    write_recording(entry.snippet, entry.inputs, Transcript((Step("echo real", b"forged\n"),)))
    done = site.build()
    assert done.returncode
    assert "snippets/demo/forged.out:1: demo/forged no longer prints" in done.stderr
    assert "| -forged\n    | +real" in done.stderr
    site.configure(options="{ snippets: recorded }")
    assert site.build().returncode == 0
    page = (site.built / "guide/other/index.html").read_text(encoding="utf-8")
    assert 'href="../../snippets/demo/forged.sh"' in page
    assert (site.built / "snippets/demo/forged.sh").is_file()


def test_rules_of_its_own_and_links_are_let_be(made: Callable[[Foreign], Site]) -> None:
    """What this project refuses in its own pages is no business of a snippet's."""
    site = made(MATERIAL)
    text = "---\ntags: [one]\n---\n\n# Read me\n\n[](#empty)\n\n## More { #empty }\n\n"
    site.write("README.md", f"{text}```own\nx\n```\n\n```snippet\ndemo/more\n```\n")
    (site.root / "docs/readme.md").symlink_to(site.root / "README.md")
    done = site.build()
    assert done.returncode == 0, done.stderr
    page = (site.built / "readme/index.html").read_text(encoding="utf-8")
    assert 'href="../snippets/demo/more.sh"' in page
    assert '<div class="own">x</div>' in page
    assert not (site.built / "words").exists()


@pytest.mark.cure("fence-namesake")
def test_a_fence_of_the_site_keeps_its_name_to_itself(made: Callable[[Foreign], Site]) -> None:
    site = made(MATERIAL)
    text = site.foreign.configuration()
    site.write("mkdocs.yml", text.replace("name: own", "name: chart"))
    done = site.build()
    assert done.returncode
    line = text.split("\n").index(next(x for x in text.split("\n") if "name: own" in x)) + 1
    assert f"mkdocs.yml:{line}: a custom fence has the name `chart`" in done.stderr
    assert "Give it another name" in done.stderr
    site.write("mkdocs.yml", text)
    assert site.build().returncode == 0


def test_several_sites_of_one_process_share_nothing(
    tmp_path_factory: pytest.TempPathFactory, laboratory: Laboratory
) -> None:
    sites = [Site(tmp_path_factory.mktemp("site"), foreign) for foreign in (DEFAULT, MATERIAL)]
    sites[1].write("snippets/demo/more.sh", hello(99))
    for site in sites:
        site.record()
    code = """\
import sys
from mkdocs.commands.build import build
from mkdocs.config import load_config
one, other = (load_config(f"{root}/mkdocs.yml", strict=True) for root in sys.argv[1:])
for config in (one, other, one):
    build(config)
"""
    roots = [str(site.root) for site in sites]
    line = [sys.executable, "-c", code, *roots]
    done = subprocess.run(line, capture_output=True, text=True, env=sites[0].environment)
    assert done.returncode == 0, done.stderr
    one, other = ((site.built / "index.html").read_text(encoding="utf-8") for site in sites)
    assert ("4,321" in one, "4,321" in other) == (True, False)
    assert (MATERIAL.copy in one, MATERIAL.copy in other) == (False, True)
    assert one.count('id="demo-hello"') == one.count("transcript.js") == 1


def test_readthedocs_is_a_theme_too_and_a_language_needs_no_words(
    made: Callable[[Foreign], Site],
) -> None:
    site = made(Foreign("readthedocs", "readthedocs"))
    done = site.build()
    assert done.returncode == 0, done.stderr
    page = site.built / "index.html"
    assert "assets/snippetlab/transcript.css" in page.read_text(encoding="utf-8")
    site.configure(options="{ language: fr }")
    said = "there is no docs/words/fr.toml: what is said around transcripts is in English"
    assert site.build().stderr.count(said) == 1
    assert site.foreign.copy in page.read_text(encoding="utf-8")


def test_what_is_saved_is_served(made: Callable[[Foreign], Site]) -> None:
    site = made(DEFAULT)
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    line = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address]
    null = subprocess.DEVNULL
    server = subprocess.Popen(line, cwd=site.root, env=site.environment, stdout=null, stderr=null)
    try:
        _until(address, "1234")
        site.write("snippets/demo/hello.sh", hello(77))
        _until(address, "seq 77")
    finally:
        server.terminate()
        server.wait()


def _until(address: str, text: str) -> None:
    def is_there() -> bool:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://{address}/") as answer:
            return text in answer.read().decode()
        return False

    wait_for(is_there)
