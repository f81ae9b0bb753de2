"""A shell script's text as a real parser sees it."""

import re
from collections.abc import Iterator

import tree_sitter
import tree_sitter_bash

_DEEPEST = 200
"""Nodes within one another; a `$(` is two."""
_LANGUAGE = tree_sitter.Language(tree_sitter_bash.language())


def tree(code: str) -> tree_sitter.Tree:
    """The whole of it; what is no shell script has errors in it."""
    return tree_sitter.Parser(_LANGUAGE).parse(code.encode())


def syntax(code: str) -> Iterator[tree_sitter.Node]:
    """Every node of a script, outer ones first. Raises RecursionError as `walk` does."""
    return walk(tree(code).root_node)


def walk(node: tree_sitter.Node) -> Iterator[tree_sitter.Node]:
    """Raises RecursionError where others, which do recur, might."""
    todo = [(node, 0)]
    while todo:
        node, depth = todo.pop()
        if depth > _DEEPEST:
            raise RecursionError(node.start_point.row)
        yield node
        todo += [(child, depth + 1) for child in reversed(node.children)]


def last_row(node: tree_sitter.Node) -> int:
    """The last one on which something of it stands."""
    row, column = node.end_point.row, node.end_point.column
    return row - 1 if column == 0 and row > node.start_point.row else row


def text(node: tree_sitter.Node) -> str:
    """As it stands in the script."""
    return (node.text or b"").decode()


def words(node: tree_sitter.Node) -> list[str]:
    """Parted by what is blank to a shell; to Python more is."""
    return re.findall(r"[^ \t\n]+", text(node))
