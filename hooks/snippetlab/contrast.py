"""Two transcripts side by side, step by step, with the parts marked that differ."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html import escape

from snippetlab.block import Block, anchor
from snippetlab.caption import caption
from snippetlab.command import Command, flatten
from snippetlab.render import Marker, head_html, step_html, visible
from snippetlab.transcript import Step

Shown = tuple[Command, Step]


def render_contrast(left: Block, right: Block) -> str:
    """The whole figure: a list of pairs, each pair the same step of both transcripts."""
    words = left.frame.words["transcript"]
    rows = "".join(
        f'<li class="contrast-pair">{_pair(one, other, left, right)}</li>'
        for one, other in _aligned(_steps(left), _steps(right))
    )
    captions = "".join(
        f"<figcaption data-search-exclude>{caption(block)}</figcaption>" for block in (left, right)
    )
    heads = "".join(head_html(block, block.snippet.path.name) for block in (left, right))
    heads = heads and f'<div class="contrast-heads">{heads}</div>'
    names = ", ".join(escape(block.snippet.path.name) for block in (left, right))
    return (
        f'<div class="transcript contrast" id="{anchor([left.snippet.id, right.snippet.id])}"'
        f' role="group" aria-label="{words["contrast"]}: {names}">'
        f'{heads}<ol class="transcript-steps">{rows}</ol>'
        f'<div class="contrast-captions">{captions}</div></div>'
    )


def _steps(block: Block) -> list[Shown]:
    pairs = zip(flatten(block.commands), block.steps, strict=True)
    return [(command, step) for command, step in pairs if not command.hidden]


def _aligned(
    left: Sequence[Shown], right: Sequence[Shown]
) -> Iterator[tuple[Shown | None, Shown | None]]:
    """Steps with the same command face each other; between those, in order."""
    one, other = ([step.command for _, step in side] for side in (left, right))
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for _, start, end, other_start, other_end in matcher.get_opcodes():
        for offset in range(max(end - start, other_end - other_start)):
            yield (
                left[start + offset] if start + offset < end else None,
                right[other_start + offset] if other_start + offset < other_end else None,
            )


def _pair(one: Shown | None, other: Shown | None, left: Block, right: Block) -> str:
    halves = []
    for mine, theirs, block in ((one, other, left), (other, one, right)):
        name = f'<span class="contrast-name">{escape(block.snippet.path.name)}</span>'
        if mine is None:
            halves.append(f'<div class="contrast-half contrast-empty">{name}</div>')
            continue
        mark = _marker(mine[1], theirs[1], block) if theirs else _everything(block)
        html = step_html(*mine, block, element="div", mark=mark)
        halves.append(f'<div class="contrast-half">{name}{html}</div>')
    return "".join(halves)


def _marker(step: Step, against: Step, block: Block) -> Marker:
    """Marks the words of one step that the other has not, and a status that differs."""
    others = {"command": against.command, "output": visible(against.output)}

    def mark(part: str, text: str) -> str:
        if part != "status":
            return _differences(text, others[part], block)
        if step.status == against.status:
            return escape(text)
        status = block.frame.words["transcript"]["status"].format(step.status)
        return _marked(status, block)  # 0 too, which is not shown elsewhere

    return mark


def _everything(block: Block) -> Marker:
    return lambda _, text: _marked(text, block)


def _differences(text: str, other: str, block: Block) -> str:
    words, others = (re.findall(r"\w+|\s+|[^\w\s]", side) for side in (text, other))
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    html = ""
    for kind, start, end, _, _ in matcher.get_opcodes():
        piece = "".join(words[start:end])
        html += escape(piece) if kind == "equal" else _marked(piece, block)
    return html


def _marked(text: str, block: Block) -> str:
    """A mark on each line of the text, which says to listeners what the eye sees."""
    said = f'<span class="for-listeners">[{block.frame.words["transcript"]["differs"]}] </span>'
    return "\n".join(
        f"<mark>{said}{escape(line)}</mark>" if line.strip() else escape(line)
        for line in text.split("\n")
    )
