"""Which programs the steps of a snippet run, as far as their text tells."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import tree_sitter

from snippetlab.snippet.command import Command
from snippetlab.snippet.language import LANGUAGES
from snippetlab.snippet.program import Program
from snippetlab.snippet.syntax import syntax, walk
from snippetlab.snippet.wrappers import SHELLS, WRAPPERS

_BUILTINS = frozenset(
    re.findall(
        r"\S+",
        """. : [ alias bg bind break builtin caller cd command compgen complete compopt continue
        declare dirs disown echo enable eval exec exit export false fc fg getopts hash help history
        jobs kill let local logout mapfile popd printf pushd pwd read readarray readonly return set
        shift shopt source suspend test times trap true type typeset ulimit umask unalias unset
        wait""",
    )
)
"""bash(1), "Shell builtin commands"; other shells have fewer."""
_AFTER = {"find": ("-exec", "-execdir", "-ok"), "ip": ("exec",)}
"""What runs another behind a word of its own."""
_OF_THE_SHELL = (
    *("declaration_command", "for_statement", "if_statement", "test_command", "unset_command"),
    *("variable_assignment", "while_statement"),
)


@dataclass(frozen=True)
class Origin:
    """Finds programs in the text of commands."""

    has: Callable[[str], bool]
    """Whether a shell would find a program of that name; see dpkg.Packages.has."""

    def programs(self, program: Program) -> list[frozenset[str]]:
        """Of each step, nested ones included, in the order in which they begin.

        A builtin counts as the shell whose it is, a statement as its interpreter. Of a Dockerfile
        nothing is known.
        """
        if program.session:
            return [LANGUAGES[program.path.suffix].programs] * len(program.commands)
        if program.path.suffix == ".Dockerfile":
            return [frozenset()]
        return list(self._steps(program.commands, "bash", {}))

    def _steps(
        self, commands: Sequence[Command], shell: str, functions: dict[str, frozenset[str]]
    ) -> Iterator[frozenset[str]]:
        for command in commands:
            try:
                yield frozenset(self._named(command.text, shell, functions))
            except RecursionError:  # what `eval` and `-c` are given may be nested without end
                yield frozenset({""})
            if command.shell:
                inner = command.shell.program.rpartition(" ")[2]
                yield from self._steps(command.shell.commands, inner, functions)

    def _named(self, code: str, shell: str, functions: dict[str, frozenset[str]]) -> Iterator[str]:
        found, told = False, 0
        for node in syntax(code):
            if node.start_byte < told:
                continue  # of a function whose programs have been told
            name, body = map(node.child_by_field_name, ("name", "body"))
            if node.type == "function_definition" and name and body:
                named = frozenset(self._named(_text(body), shell, functions))
                functions[_text(name)] = named
                found, told = True, body.end_byte
                yield from named
            if node.type in _OF_THE_SHELL:
                found = True
                yield shell
            elif node.type == "command":
                found = True
                yield from self._run(_words(node), shell, functions)
        if not found:
            yield shell

    def _run(
        self, words: Sequence[str], shell: str, functions: Mapping[str, frozenset[str]]
    ) -> Iterator[str]:
        words = words or [""]
        while words:
            name, *rest = words
            base, words = Path(name).name, []
            if name in functions:
                yield from functions[name]
                return
            yield shell if name in _BUILTINS else name
            if base in SHELLS and (option := _index(rest, _takes_code)):
                yield from self._named("".join(rest[option : option + 1]), base, {**functions})
            elif name == "eval":
                yield from self._named(" ".join(rest), shell, {**functions})
            elif base in WRAPPERS:
                words = self._command(rest)
            elif base in _AFTER and (after := _index(rest, _AFTER[base].__contains__)):
                words = self._command(rest[after:])
            shell, functions = "bash", {}

    def _command(self, words: Sequence[str]) -> Sequence[str]:
        """The command among the arguments: from the first word on that is a program's name."""
        begin = _index(words, lambda word: not word.startswith("-") and self.has(word))
        return words[begin - 1 :] if begin else []


def _takes_code(word: str) -> bool:
    """Whether it is the option after which a shell takes code."""
    return bool(re.fullmatch("-[a-z]*c", word))


def _index(words: Sequence[str], wanted: Callable[[str], bool]) -> int:
    """The index after the first that is wanted; 0 if none is."""
    return next((number for number, word in enumerate(words, 1) if wanted(word)), 0)


def _words(node: tree_sitter.Node) -> list[str]:
    """The words of a command as the shell would see them; empty where that is known only then."""
    words = []
    for child in node.children:
        if child.type in ("variable_assignment", "comment") or "redirect" in child.type:
            continue
        words.append(_literal(child))
    return words


def _literal(node: tree_sitter.Node) -> str:
    text = _text(node)
    if node.type == "raw_string":
        return text[1:-1]
    if any("expansion" in inner.type or "substitution" in inner.type for inner in walk(node)):
        return ""
    if node.type == "string":
        return re.sub(r'\\(["$`\\])', r"\1", text[1:-1])
    return text


def _text(node: tree_sitter.Node) -> str:
    return (node.text or b"").decode()
