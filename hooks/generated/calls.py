"""Which programs a snippet calls, told by the parser that finds its commands."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

import tree_sitter

from snippetlab.snippet.command import Command, flatten
from snippetlab.snippet.syntax import syntax
from snippetlab.snippet.wrappers import SHELLS, WRAPPERS

_DOCKER = frozenset(
    [
        "buildx",
        "builder",
        "container",
        "context",
        "image",
        "manifest",
        "network",
        "plugin",
        "system",
        "volume",
    ]
)
"""Commands of docker that have commands of their own."""

_DOCKER_VALUES = frozenset(("--config", "--context", "--host", "-H", "-c"))
"""Options of docker that are followed by a value."""
_KEYWORDS = frozenset(("do", "done", "fi", "then"))
"""Where `time` is put before them, the parser takes them for programs."""


def calls(commands: Mapping[str, tuple[Command, ...]]) -> dict[str, tuple[str, ...]]:
    """Name of a program → ids of the snippets that call it, in order. `commands`: of each snippet.

    A command of docker goes by its own name, such as `docker image prune`. What a wrapper
    such as `unshare` runs counts too, if its name is known from another place, or is docker's.
    """
    direct: dict[str, set[str]] = {}
    passed: dict[str, list[list[str]]] = {}
    for id_, parsed in commands.items():
        text = "\n".join(command.text for command in flatten(parsed))
        direct[id_] = set(_called(text)) - set(_functions(text))
        passed[id_] = list(_wrapped(text))
    known = frozenset(SHELLS).union(*direct.values())
    found: dict[str, list[str]] = {}
    for id_ in sorted(commands):
        through = {name for words in passed[id_] for name in _run(words, known)}
        for name in direct[id_] | through:
            found.setdefault(name, []).append(id_)
    return {name: tuple(found[name]) for name in sorted(found)}


def _run(words: list[str], known: Collection[str]) -> Iterator[str]:
    """Which of a wrapper's words it runs: the first that is known, and what that one runs."""
    for name in words:
        if name in known or name.startswith("docker "):  # of which no file is called
            yield name
            if name not in WRAPPERS:
                return


def _functions(text: str) -> Iterator[str]:
    for node in syntax(text):
        if node.type == "function_definition" and (name := node.child_by_field_name("name")):
            yield _literal(name)


def _called(text: str) -> Iterator[str]:
    for name, arguments in _commands(text):
        yield from _name(name, arguments)
        if name in SHELLS and "-c" in arguments[:-1]:
            yield from _called(arguments[arguments.index("-c") + 1])


def _wrapped(text: str) -> Iterator[list[str]]:
    """The operands of each wrapper, by the names that they have as programs."""
    for name, arguments in _commands(text):
        if name in SHELLS and "-c" in arguments[:-1]:
            yield from _wrapped(arguments[arguments.index("-c") + 1])
        if name not in WRAPPERS:
            continue
        operands = [n for n, word in enumerate(arguments) if word[:1] not in ("", "-")]
        if name == "chroot":
            del operands[:1]  # the directory
        yield [found for n in operands for found in _name(arguments[n], arguments[n + 1 :])]
        for n in operands:
            if arguments[n] in SHELLS and arguments[n + 1 : n + 2] == ["-c"]:
                yield from ([name] for name in _called(" ".join(arguments[n + 2 : n + 3])))


def _commands(text: str) -> Iterator[tuple[str, list[str]]]:
    for node in syntax(text):
        if node.type == "command" and (name := node.child_by_field_name("name")):
            yield _literal(name), [_literal(a) for a in node.children_by_field_name("argument")]


def _name(word: str, arguments: Sequence[str]) -> Iterator[str]:
    """The program's name; none for a file of the snippet's own, or what only a run can tell."""
    path = PurePosixPath(word)
    name = path.name
    if not name or name in _KEYWORDS or ("/" in word and path.parent.name not in ("bin", "sbin")):
        return
    if name == "docker":
        rest = list(arguments)
        while rest[:1] and rest[0].startswith("-"):
            del rest[: 2 if rest[0] in _DOCKER_VALUES else 1]
        name = " ".join((name, *rest[: 2 if rest[0] in _DOCKER else 1]))
    yield name


def _literal(node: tree_sitter.Node) -> str:
    """A word's text without its quotes; nothing for one that is put together at run time."""
    text = (node.text or b"").decode()
    if any(child.type.endswith(("expansion", "substitution")) for child in node.children):
        return ""
    return text[1:-1] if node.type in ("raw_string", "string") else text
