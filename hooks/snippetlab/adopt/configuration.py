"""A site's configuration, such as mkdocs.yml: read as its author laid it out, and added to."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from snippetlab.errors import Cure, SourceError
from snippetlab.files import read_source
from snippetlab.project import Project

_INHERITED = 5
"""How many files may inherit from another."""
_NAMES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml")


def configuration_of(root: Path) -> Path:
    """That which is there; where none is, the one to begin."""
    paths = [root / name for name in _NAMES]
    return next((path for path in paths if path.is_file()), paths[0])


def docs_of(root: Path) -> Path:
    """Where the site's pages are."""
    path = configuration_of(root)
    found = entry(read_configuration(path), "docs_dir") if path.is_file() else None
    return root / (found.value if isinstance(found, yaml.ScalarNode) else "docs")


def language_of(project: Project) -> str:
    """That of the theme; English where it says nothing."""
    path = configuration_of(project.root)
    theme = entry(read_configuration(path), "theme") if path.is_file() else None
    language = entry(theme, "language") or entry(theme, "locale")
    return language.value if isinstance(language, yaml.ScalarNode) else "en"


def extensions_of(root: Path) -> tuple[str, ...] | None:
    """The Markdown extensions that it names, perhaps in a file that it inherits from.

    None where there is no configuration.
    """
    path, found = configuration_of(root), None
    for _ in range(_INHERITED):
        if not path.is_file():
            return found
        read = read_configuration(path)
        found = tuple(names(entry(read, "markdown_extensions")))
        base = entry(read, "INHERIT")
        if found or not isinstance(base, yaml.ScalarNode):
            break
        path = path.parent / base.value
    return found


def read_configuration(path: Path) -> yaml.Node | None:
    """Its nodes, with their places; what tags such as `!ENV` mean is of no account.

    Raises SourceError where it is no YAML.
    """
    try:
        return yaml.compose(read_source(path), yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        cure = Cure("site-yaml", "Mend it: MkDocs cannot read it, either.")
        message = f"this is no YAML: {problem}"
        raise SourceError(path, mark.line + 1 if mark else 1, message, cure) from None


def entry(node: yaml.Node | None, name: str) -> yaml.Node | None:
    """The value of a mapping's key; None if there is none."""
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for key, value in node.value if key.value == name), None)


def names(node: yaml.Node | None) -> list[str]:
    """Of what stands in a list, or in a mapping: each item, or its first key."""
    if isinstance(node, yaml.MappingNode):
        return [str(key.value) for key, _ in node.value]
    found = node.value if isinstance(node, yaml.SequenceNode) else []
    return [name for item in found for name in (names(item)[:1] or [str(item.value)])]


def added(path: Path, key: str, item: str, *, otherwise: str) -> tuple[str, int]:
    """The text with an item more in the list below a key, and that item's line.

    `otherwise` is added at the end where there is no such key. Raises SourceError where the list
    is written so that nothing can be added with certainty.
    """
    text, root = read_source(path), read_configuration(path)
    node = entry(root, key)
    if node is None:
        _refuse_inherited(path, root, key, item)
        new = _ended(text) + f"{otherwise}\n"
        line = new.count("\n")
    elif isinstance(node, yaml.CollectionNode) and (node.value or node.flow_style):
        new, line = _inserted(text, node, item)
    else:
        raise _refused(path, node.start_mark.line + 1, key, item)
    with suppress(yaml.YAMLError, TypeError):  # a key may be a list
        if _plain(yaml.compose(new, yaml.SafeLoader)) == _with(root, key, item, otherwise):
            return new, line
    raise _refused(path, line, key, item)


def _inserted(text: str, node: yaml.CollectionNode, item: str) -> tuple[str, int]:
    """Behind its last item, in the same style."""
    if isinstance(node, yaml.MappingNode):
        item = f"{item}: {{}}"
    lines = text.split("\n")
    if node.flow_style:
        items = [part for pair in node.value for part in (pair if type(pair) is tuple else [pair])]
        end = items[-1].end_mark if items else node.end_mark
        row, column = end.line, end.column - (not items)
        line = lines[row]
        lines[row] = f"{line[:column]}{', ' if items else ''}{item}{line[column:]}"
        return "\n".join(lines), row + 1
    row = _last(node)
    while not lines[row].strip():
        row -= 1
    ends = "\r" if lines[row].endswith("\r") else ""
    dash = "- " if isinstance(node, yaml.SequenceNode) else ""
    lines.insert(row + 1, f"{' ' * node.start_mark.column}{dash}{item}{ends}")
    return "\n".join(lines), row + 2


def _last(node: yaml.Node) -> int:
    """The row in which what a node says ends: a list's own end is where the next thing begins."""
    if isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        key, value = last if isinstance(last, tuple) else (last, last)
        return max(_last(value), int(key.start_mark.line))
    mark = node.end_mark
    return int(mark.line - (mark.column == 0 and mark.line > node.start_mark.line))


def _plain(node: yaml.Node | None) -> Any:
    """What it says, whatever its tags mean."""
    if isinstance(node, yaml.MappingNode):
        return {_plain(key): _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(value) for value in node.value]
    return (node.tag, node.value) if node else {}


def _with(root: yaml.Node | None, key: str, item: str, otherwise: str) -> Any:
    """What it would say with the item."""
    plain = _plain(root)
    if not isinstance(plain, dict):
        return None
    name = ("tag:yaml.org,2002:str", key)
    if name not in plain:
        return plain | _plain(yaml.compose(otherwise, yaml.SafeLoader))
    old, new = plain[name], _plain(yaml.compose(item, yaml.SafeLoader))
    return plain | {name: old | {new: {}} if isinstance(old, dict) else [*old, new]}


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"


def _refused(path: Path, line: int, key: str, item: str) -> SourceError:
    message = f"nothing can be added with certainty to `{key}` as it is written here"
    cure = Cure("site-by-hand", f"Add {item} to it by hand: {key}: […, {item}]")
    return SourceError(path, line, message, cure)


def _refuse_inherited(path: Path, root: yaml.Node | None, key: str, item: str) -> None:
    """A list of its own would take the place of the one that it inherits."""
    if base := entry(root, "INHERIT"):
        message = f"`{key}` may stand in {base.value}, and a list here would replace it"
        cure = Cure("site-inherits", f"Add {item} to the list `{key}` of {base.value}.")
        raise SourceError(path, base.start_mark.line + 1, message, cure)
