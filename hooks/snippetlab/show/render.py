"""A transcript → accessible HTML. Where the transcript came from is not known here."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

from snippetlab.compare.lines import tokens
from snippetlab.show.block import Block
from snippetlab.show.caption import caption, head, part_words
from snippetlab.show.keys import with_keys
from snippetlab.show.output import coloured, shown_text
from snippetlab.show.pieces import Marker, Piece, Pieces
from snippetlab.show.step import Group, Shown, Typed
from snippetlab.show.versions import Marks, marker, switch_of
from snippetlab.snippet.command import Command, flatten
from snippetlab.snippet.program import is_source, source_of
from snippetlab.snippet.session import MORE
from snippetlab.snippet.snippet import Snippet
from snippetlab.transcript import INTERPRETER, Step
from snippetlab.transcript import Typed as Keys

_LONG, _FOLD = 24, 18
"""Output of more lines than the first is folded after the second, if the page says nothing."""
_WORD = re.compile(r"(\S*[-/]\S*)")
"""A word of a command that a browser would break: at a hyphen of `--mount-proc`."""


def render(block: Block) -> Markup:
    """The whole figure."""
    snippet, words = block.snippet, block.frame.words
    switch = switch_of(block, _groups)
    name, part = snippet.path.name, block.part
    return block.frame.templates.render(
        "transcript.html",
        id=snippet.id,
        anchor=block.place,
        title=words["transcript"]["session" if snippet.session else "transcript"].format(
            snippet.language.name
        ),
        lab=snippet.lab,
        name=f"{name}, {part_words(part, words)}" if part else name,
        above=head(block),
        terminals=_terminals(block),
        source=_program(snippet) if is_source(snippet) else "",
        groups=() if switch else _groups(block, {}),
        switch=switch,
        below=caption(block),
    )


def _groups(block: Block, marks: Marks) -> Sequence[Group]:
    """The steps that are shown, those together that are folded away: these have a summary."""
    groups, plain, words = [], unmarked(block), block.frame.words

    def marked(number: int, step: Step) -> Marker:
        if number not in marks:
            return plain
        return marker(plain, marks[number], words["transcript"]["status"].format(step.status))

    for hidden, group in groupby(_steps(block), key=lambda step: step[1].hidden):
        sided = block.pair and not hidden
        steps = [
            show(
                *(number, command, step, block, marked(number, step)),
                _side(command) if sided else "",
            )
            for number, command, step in group
        ]
        groups.append((words.counted("transcript", "hidden", len(steps)) if hidden else "", steps))
    return groups


def _steps(block: Block) -> Sequence[tuple[int, Command, Step]]:
    """Those that are shown, each with its number in the run."""
    pairs = zip(flatten(block.commands), block.steps, strict=True)
    steps = [(number, *pair) for number, pair in enumerate(pairs, 1)]
    return steps[block.part.first : block.part.stop] if block.part else steps


def _program(snippet: Snippet) -> Markup:
    """What is shown of its file, its words in the colours that the theme gives to code."""
    # The same for the same code, and a preview shows all again and again.
    return _highlighted(source_of(snippet), snippet.language.lexer)


@lru_cache(maxsize=256)
def _highlighted(code: str, lexer: str) -> Markup:
    text = highlight(code, get_lexer_by_name(lexer), HtmlFormatter(nowrap=True))
    return Markup(text.removesuffix("\n"))


def _terminals(block: Block) -> Sequence[str]:
    """The headings of two columns, where a shell inside and the one outside take turns."""
    return (block.frame.words["transcript"]["host"], block.pair.delimiter) if block.pair else ()


def _side(command: Command) -> str:
    return "host" if command.prompt == "$" else "inside"


def show(
    number: int, command: Command, step: Step, block: Block, mark: Marker, side: str = ""
) -> Shown:
    """One step: its command, what that printed, and its status if that is not 0."""
    words = block.frame.words
    # An interpreter tells of an exception by its traceback.
    told = not step.status or step.prompt == INTERPRETER
    status = "" if told else words["transcript"]["status"].format(step.status)
    return Shown(
        list(_typed(step.prompt, mark("command", step.command))),
        list(_printed("output", step.output, block, mark, step.typed)),
        list(_printed("errors", step.errors, block, mark)),
        mark("status", status),
        command.name,
        command.name or str(number),
        f"{block.anchor}-{command.name}" if command.name else "",
        side,
        block.notes.get(command.name),
    )


def _printed(
    part: str, printed: bytes, block: Block, mark: Marker, typed: Sequence[Keys] = ()
) -> Iterator[tuple[str, Pieces]]:
    if not printed and not typed:
        return
    frame = block.frame
    text = shown_text(printed, block.snippet.volatile)
    pieces = with_keys(coloured(mark(part, text) if text else ()), typed)
    count = sum(piece.text.count("\n") for piece in pieces) + 1
    fold = frame.fold or (_FOLD if count > _LONG else count)
    shown, folded = _cut(pieces, fold)
    yield "", shown
    if folded:
        yield frame.words.counted("transcript", "more", count - fold), folded


def unmarked(block: Block) -> Marker:
    """Marks nothing but what differs from run to run."""
    kinds = [kind for kind in block.snippet.volatile.kinds if kind.name != "columns"]
    words = block.frame.words

    def title(name: str) -> str:
        return words["transcript"]["volatile"].format(words["kinds"].get(name, name))

    def pieces(text: str) -> Iterator[Piece]:
        plain = ""
        # By line, as it is compared; no value goes on into the next one.
        for line in text.split("\n"):
            for token in tokens(line, kinds):
                if token.kind:
                    yield from (Piece(plain), Piece(token.text, title=title(token.kind.name)))
                plain = "" if token.kind else plain + token.text
            plain += "\n"
        yield Piece(plain.removesuffix("\n"))

    def mark(part: str, text: str) -> Pieces:
        if kinds and part in ("output", "errors"):
            return list(pieces(text))
        return [Piece(text)] if text else []

    return mark


def _typed(prompt: str, pieces: Pieces) -> Iterator[Typed]:
    following: Pieces | None = pieces
    while following is not None:
        line, following = _cut(following, 1)
        yield Typed(
            prompt,
            [(list(_words(piece.text)), piece.differs) for piece in line],
            following is None,
            prompt in (INTERPRETER, MORE),
        )
        prompt = MORE if prompt in (INTERPRETER, MORE) else ">"


def _words(text: str) -> Iterator[tuple[str, bool]]:
    for number, part in enumerate(_WORD.split(text)):
        if part:
            yield part, number % 2 == 1


def _cut(pieces: Pieces, count: int) -> tuple[Pieces, Pieces | None]:
    """Their first lines, and the rest if there are more, without the line end between these."""
    for number, piece in enumerate(pieces):
        lines = piece.text.split("\n", count)
        if len(lines) > count:
            first, rest = "\n".join(lines[:count]), lines[count]
            here, there = piece._replace(text=first), piece._replace(text=rest)
            return (*pieces[:number], here), (there, *pieces[number + 1 :])
        count -= len(lines) - 1
    return pieces, None
