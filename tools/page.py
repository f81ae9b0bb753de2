"""`make page ID=chapter/name`: begin a page in both languages, with a snippet and its place.

`KO=제목 EN=Title` name it. What is there already is kept: a page that one language lacks
begins with the structure of the other.
"""

import argparse
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from snippetlab.errors import Cure, EngineError
from snippetlab.files import write_source
from snippetlab.project import Project
from snippetlab.run.twin import read_twins, twins_path
from snippetlab.run.twin import with_entry as with_twin
from snippetlab.say import say
from snippetlab.show.words import read_words
from snippetlab.snippet.library import ID
from tools.configurations import BELOW, LANGUAGES
from tools.finding import BIN, ROOT
from tools.translation import as_yaml, structure

ADDRESS = "http://127.0.0.1:8000/"
"""Of what `make serve` shows, unless it is told another port."""
_PAGE = """\
---
title: {title}
description: {description}
---

# {heading} {{ #{name} }}

{about}

```snippet
{id}
```

{shown}

## {limits} {{ #what-it-does-not-do }}

TODO

## {sources} {{ #sources }}

- [{manual}](https://man7.org/linux/man-pages/): {manual-about}
- [{specification}](https://docs.kernel.org/): {specification-about}
"""
_WORDS = Project(ROOT).words
_SNIPPET = """\
# /// snippet
# lab = "namespace"
# proves = { ko = "TODO 독자가 여기서 볼 수 있는 것", en = "TODO what a reader can see here" }
# ///
uname --operating-system
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write what is missing of the page; 1, and nothing written, where that cannot be."""
    parser = argparse.ArgumentParser(prog="make page", description=__doc__)
    parser.add_argument("id", metavar="ID", help="chapter/name")
    for language in LANGUAGES:
        parser.add_argument(f"--{language}", default="", help="its title in that language")
    options = parser.parse_args(arguments)
    titles = {language: getattr(options, language) for language in LANGUAGES}
    try:
        for path in begin_page(ROOT, options.id, titles):
            say(path.relative_to(ROOT))
    except EngineError as error:
        say(error, error=True)
        return 1
    if any((ROOT / "snippets").glob(f"{options.id}.*")):
        # The page is built from its recording: with a lab here it is made at once.
        command = [str(BIN / "snippetlab"), "record", "--yes", options.id]
        if subprocess.run(command, cwd=ROOT).returncode:
            # Said above, with the cure. The page is begun all the same, on a Mac as well.
            say("The snippet has no recording yet; a preview has a placeholder in its place.")
    say("Next: write what TODO stands for; `make check` lists what is left.")
    shown = [f"{ADDRESS}{below}{_url(options.id)}" for below in BELOW.values()]
    say(f"`make serve` shows the page: {' and '.join(shown)}")
    return 0


def _url(id_: str) -> str:
    return f"{id_.removesuffix('index').rstrip('/')}/"


def begin_page(root: Path, id_: str, titles: dict[str, str]) -> list[Path]:
    """Write the snippet, the pages and their lines in the navigations; what was written.

    Raises EngineError, with nothing written, for a bad id or an unknown chapter.
    """
    if not ID.fullmatch(id_):
        example = "make page ID=isolation/landlock KO=Landlock EN=Landlock"
        cure = Cure("page-id", f"Chapter/name, in lower case, such as: {example}")
        raise EngineError(f"{id_!r} is no id", cure)
    name = id_.rpartition("/")[2]
    pages = {language: root / f"docs/{language}/{id_}.md" for language in LANGUAGES}
    if all(page.exists() for page in pages.values()):
        cure = Cure("page-there", f"Change it there, or choose another id: make page ID={id_}-2")
        raise EngineError(f"the page {id_} exists in both languages", cure)
    texts: dict[Path, str] = {}
    there = next((page for page in pages.values() if page.exists()), None)
    if not there and not any((root / "snippets").glob(f"{id_}.*")):
        texts[root / f"snippets/{id_}.sh"] = _SNIPPET
        twins = twins_path(Project(root))
        if twins.is_file() and id_ not in read_twins(twins):
            texts[twins] = with_twin(twins.read_text(encoding="utf-8"), id_)
    for language, page in pages.items():
        title = titles.get(language, "")
        if not there:
            title = title or name.replace("-", " ").capitalize()
            values = {"title": as_yaml(title), "heading": title, "name": name, "id": id_}
            words = read_words(_WORDS, language)["new-page"]
            texts[page] = _PAGE.format(**values, **words)
        elif page != there:
            texts[page] = structure(there, title)
        configuration = root / LANGUAGES[language]
        text = configuration.read_text(encoding="utf-8")
        if f"{id_}.md" not in text:
            texts[configuration] = with_entry(text, configuration, id_)
    for path, text in texts.items():
        write_source(path, text)
    return list(texts)


def with_entry(text: str, configuration: Path, id_: str) -> str:
    """The configuration with a line for the page at the end of its chapter's navigation.

    There it has its title by itself. The text is kept as it is: YAML read and written anew would
    lose its comments.
    """
    chapter = id_.rpartition("/")[0]
    entry = re.compile(rf"^( *)- (?:[^:\n]+: )?{re.escape(chapter)}/[a-z0-9-]+\.md$", re.MULTILINE)
    entries = list(entry.finditer(text, text.index("\nnav:")))
    if not entries:
        chapters = sorted(set(re.findall(r"([a-z0-9/-]+)/[a-z0-9-]+\.md$", text, re.MULTILINE)))
        hint = "A new chapter begins by hand, with an index.md and a line in each navigation."
        cure = Cure("page-chapter", f"There are: {', '.join(chapters)}. {hint}")
        raise EngineError(f"{configuration.name} has no chapter {chapter!r}", cure)
    indent = min((found[1] for found in entries), key=len)
    last = [found for found in entries if found[1] == indent][-1]
    return f"{text[: last.end()]}\n{indent}- {id_}.md{text[last.end() :]}"


if __name__ == "__main__":
    sys.exit(main())
