"""The blocks of a page that may be console blocks: fences, and indented ones at a prompt."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from snippetlab.adopt.prompts import begins_session
from snippetlab.show.page import FencedBlock, Page

SESSIONS = frozenset(
    ("bash-session", "console", "session", "sh-session", "shell-session", "shellsession", "term")
) | {"terminal", "zsh-session"}
"""Languages of what was typed at a shell's prompt, with what it printed."""
SHELLS = frozenset(("bash", "ksh", "sh", "shell", "shellscript", "zsh"))
"""Languages of a script; documentation uses them for sessions as well."""
INTERPRETERS = frozenset(("pycon", "pycon3", "python-console", "python-repl"))
PROGRAMS = frozenset(("py", "py3", "python", "python3"))
"""Languages of a program, or of a session with its interpreter."""
_PLAIN = frozenset(("", "none", "output", "plain", "plaintext", "text", "txt"))
_SAYS_OUTPUT = re.compile(
    r"\b(?:display(?:ed|s)?|outputs?|print(?:ed|s)?|results?|returns?|see|shows?|similar)\b|출력|결과",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"[ \t>]*")
_MARK = re.compile(r"[ \t>]*(`{3,}|~{3,})[ \t]*")


@dataclass(frozen=True)
class Block:
    """Lines of a page that are shown as code."""

    kind: str
    """The language that its author gave it, in lower case; empty for none."""
    first: int
    """Its first line, from 1; of a fence the opening mark's."""
    last: int
    start: int
    """The line of what is `body[0]`."""
    prefix: str
    """What stands before a fence in its place: blanks, and `>` in a quotation."""
    body: tuple[str, ...]
    info: str = ""
    """What stands behind a fence's opening mark."""


def find_blocks(page: Page) -> list[Block]:
    """Those that may be console blocks, in the order of the page."""
    fences = (_fence(page, block) for block in page.blocks if block.body)
    found = [block for block in fences if _may_be_console(block)]
    return sorted([*found, *_indented(page)], key=lambda block: block.first)


def _fence(page: Page, block: FencedBlock) -> Block:
    opening = page.lines[block.line - 1]
    prefix = (_PREFIX.match(opening) or [""])[0]
    info = _MARK.sub("", opening).strip()
    start = block.line + 1
    return Block(block.kind.lower(), block.line, block.end, start, prefix, block.body, info)


def _may_be_console(block: Block) -> bool:
    if block.kind in SESSIONS | SHELLS | INTERPRETERS:
        return any(line.strip() for line in block.body)
    return block.kind in PROGRAMS | _PLAIN and begins_session(block.body)


def _indented(page: Page) -> Iterator[Block]:
    """Those whose first line stands at a prompt; others may be anything."""
    prose = dict(page.prose())
    numbers = iter(sorted(prose))
    for number in numbers:
        line = prose[number].expandtabs(4)
        indent = len(line) - len(line.lstrip(" "))
        if indent < 4 or prose.get(number - 1, "").strip() or not line.strip():
            continue
        last = number
        for below in range(number + 1, len(page.lines) + 1):
            text = prose.get(below)
            if text is None or (text.strip() and _indent(text) < indent):
                break
            last = below if text.strip() else last
        body = tuple(prose[n].expandtabs(4)[indent:] for n in range(number, last + 1))
        if begins_session(body):
            yield Block("", number, last, number, line[: indent - 4], body)
            _pass(numbers, last)


def _indent(line: str) -> int:
    line = line.expandtabs(4)
    return len(line) - len(line.lstrip(" "))


def _pass(numbers: Iterator[int], last: int) -> None:
    for number in numbers:
        if number >= last:
            return


def attributes(info: str) -> Sequence[str]:
    """Of a fence: `title="a b"`, `#id`, `.class`, without its language."""
    inner = info.strip().removeprefix("{").removesuffix("}")
    found = re.findall(r"""[\w-]+=(?:"[^"]*"|'[^']*'|\S+)|[#.]?[\w+-]+""", inner)
    return found if info.startswith("{") else found[1:]


def output_below(page: Page, block: Block) -> tuple[int, tuple[str, ...]] | None:
    """The first line and the lines of a fence below that shows what the block prints.

    It has no language, and between the two is nothing, or a line or two that say so.
    """
    below = (b for b in page.blocks if b.line > block.last)
    fence = next(below, None)
    if not fence or fence.kind.lower() not in _PLAIN or begins_session(fence.body):
        return None
    between = [line.strip() for line in page.lines[block.last : fence.line - 1]]
    said = " ".join(filter(None, between))
    is_far = len([line for line in between if line]) > 2
    if is_far or said.startswith("#") or (said and not _SAYS_OUTPUT.search(said)):
        return None
    return fence.line + 1, fence.body
