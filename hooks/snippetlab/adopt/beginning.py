"""What a site needs to have snippets: a plugin in its configuration, a snippet, its page."""

from collections.abc import Callable
from pathlib import Path

from snippetlab.adopt.configuration import (
    added,
    configuration_of,
    docs_of,
    entry,
    names,
    read_configuration,
)
from snippetlab.errors import display
from snippetlab.files import write_source
from snippetlab.project import Project

PLUGIN = "snippetlab"
FIRST = "first/hello"
"""The id of the first snippet."""
_PAGE = "first-snippet.md"
_SNIPPET = """\
# /// snippet
# lab = "namespace"
# proves = { en = "A file holds what was written into it" }
# ///
echo hello > greeting.txt
cat greeting.txt
wc --bytes greeting.txt
"""
_TEXT = f"""\
# A first snippet

These commands ran in a sandbox, and below each stands what it printed:

```snippet
{FIRST}
```

They are in the file `snippets/{FIRST}.sh`. Change it, and run `snippetlab record {FIRST}`.
"""


def begin(root: Path, say: Callable[[str], None]) -> Project:
    """Write what is missing, and say of each what was done. Nothing is written over.

    Raises SourceError where the configuration cannot be added to.
    """
    path = configuration_of(root)
    if not path.exists():
        write_source(path, f"site_name: {root.name or 'Documentation'}\n")
        say(f"{display(path)}: begun")
    _add(path, "plugins", PLUGIN, "plugins: [search, snippetlab]", say)
    docs = docs_of(root)
    if not docs.is_dir():
        _write(docs / "index.md", f"# {root.name or 'Documentation'}\n", say)
    _write(root / f"snippets/{FIRST}.sh", _SNIPPET, say)
    if _write(docs / _PAGE, _TEXT, say) and entry(read_configuration(path), "nav"):
        _add(path, "nav", _PAGE, "", say)
    return Project(root)


def _add(path: Path, key: str, item: str, otherwise: str, say: Callable[[str], None]) -> None:
    if item in names(entry(read_configuration(path), key)):
        say(f"{display(path)}: `{key}` names {item} already")
        return
    text, line = added(path, key, item, otherwise=otherwise)
    write_source(path, text)
    say(f"{display(path)}:{line}: added {item} to `{key}`")


def _write(path: Path, text: str, say: Callable[[str], None]) -> bool:
    if path.exists():
        say(f"{display(path)}: is there already")
        return False
    write_source(path, text)
    say(f"{display(path)}: written")
    return True
