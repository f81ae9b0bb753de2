"""What a shell script's words are, as tree-sitter sees it; where commands end, parts.py tells."""

from collections.abc import Iterator

import tree_sitter
import tree_sitter_bash

_LANGUAGE = tree_sitter.Language(tree_sitter_bash.language())


def tree(code: str) -> tree_sitter.Tree:
    """The whole of it; what is no shell script has errors in it."""
    return tree_sitter.Parser(_LANGUAGE).parse(code.encode())


def syntax(code: str) -> Iterator[tree_sitter.Node]:
    """Every node of a script, outer ones first."""
    return walk(tree(code).root_node)


def walk(node: tree_sitter.Node) -> Iterator[tree_sitter.Node]:
    """A node and those inside it, outer ones first, however deep they lie."""
    todo = [node]
    while todo:
        yield (node := todo.pop())
        todo += reversed(node.children)
