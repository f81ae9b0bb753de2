"""A transcript → accessible HTML. Where the transcript came from is not known here."""

import re
from collections.abc import Callable, Sequence
from html import escape
from itertools import groupby

from snippetlab.block import Block, Frame
from snippetlab.caption import caption
from snippetlab.command import Command, flatten
from snippetlab.program import is_source
from snippetlab.snippet import Snippet
from snippetlab.transcript import Step
from snippetlab.words import WORDS

Marker = Callable[[str, str], str]
"""A part of a step (`command`, `output` or `status`) and its text → HTML."""


def render(block: Block) -> str:
    """The whole figure."""
    snippet, words = block.snippet, WORDS[block.frame.language]
    pairs = list(zip(flatten(block.commands), block.steps, strict=True))
    terminals = _terminals(block)
    items = [_source(snippet)] if is_source(snippet) else []
    for hidden, group in groupby(pairs, key=lambda pair: pair[0].hidden):
        shown = [
            step_html(command, step, block, side=_side(command) if terminals and not hidden else "")
            for command, step in group
        ]
        folded = _folded(words["hidden"].format(len(shown)), shown) if hidden else ""
        items.append(folded or "".join(shown))
    return (
        f'<figure class="transcript" id="{block.anchor}" data-lab="{snippet.lab}"'
        f' aria-label="{words["transcript"]}: {escape(snippet.path.name)}">'
        f'{terminals}<ol class="transcript-steps">{"".join(items)}</ol>'
        f"<figcaption data-search-exclude>{caption(block)}</figcaption></figure>"
    )


def _terminals(block: Block) -> str:
    """The headings of two columns, where a shell inside and the one outside take turns."""
    if not block.pair:
        return ""
    host = WORDS[block.frame.language]["host"]
    names = f"<span>{host}</span><span>{escape(block.pair.delimiter)}</span>"
    return f'<div class="transcript-terminals" aria-hidden="true">{names}</div>'


def _side(command: Command) -> str:
    return "host" if command.prompt == "$" else "inside"


def _plain(_: str, text: str) -> str:
    return escape(text)


def step_html(
    command: Command,
    step: Step,
    block: Block,
    element: str = "li",
    mark: Marker = _plain,
    side: str = "",
) -> str:
    """One step: its command, what that printed, and its status if that is not 0.

    `side` is the terminal it belongs to, where there are two: `host` or `inside`.
    """
    words = WORDS[block.frame.language]
    identity = f' id="{block.anchor}-{escape(command.name)}"' if command.name else ""
    lines = mark("command", step.command).split("\n")
    prompts = [step.prompt, *([">"] * (len(lines) - 1))]
    typed = "\n".join(
        f'<span class="step-prompt">{escape(prompt)} </span><kbd>{line}</kbd>'
        for prompt, line in zip(prompts, lines, strict=True)
    )
    classes = f"step step-{side}" if side else "step"
    html = f'<{element} class="{classes}"{identity}><pre class="step-command">{typed}</pre>'
    if step.output:
        html += _output(mark("output", visible(step.output).removesuffix("\n")), block.frame)
    if status := mark("status", words["status"].format(step.status) if step.status else ""):
        html += f'<p class="step-status">{status}</p>'
    return f"{html}</{element}>"


def _output(html: str, frame: Frame) -> str:
    lines = html.split("\n")
    if frame.fold is None or len(lines) <= frame.fold:
        return _samp(lines)
    summary = WORDS[frame.language]["more"].format(len(lines) - frame.fold)
    return (
        f"{_samp(lines[: frame.fold])}<details><summary>{summary}</summary>"
        f"{_samp(lines[frame.fold :])}</details>"
    )


def _samp(lines: Sequence[str]) -> str:
    text = "\n".join(lines)
    return f'<pre class="step-output"><samp>{text}</samp></pre>'


def visible(output: bytes) -> str:
    """Text that shows what is there: controls as pictures, bad bytes as U+FFFD.

    Bidirectional overrides would let text lie to its reader, and are shown as their names.
    """
    text = output.decode("utf-8", "replace")
    text = re.sub(r"[\x00-\x08\x0b-\x1f]", lambda found: chr(0x2400 + ord(found[0])), text)
    return re.sub(
        r"[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]",
        lambda found: f"<U+{ord(found[0]):04X}>",
        text,
    )


def _folded(summary: str, steps: Sequence[str]) -> str:
    return (
        f'<li class="step-hidden"><details><summary>{summary}</summary>'
        f"<ol>{''.join(steps)}</ol></details></li>"
    )


def _source(snippet: Snippet) -> str:
    code = escape(snippet.code.strip("\n"))
    return f'<li class="step"><pre class="step-source"><kbd>{code}</kbd></pre></li>'
