"""A transcript → accessible HTML. Where the transcript came from is not known here."""

import re
from collections.abc import Callable, Sequence
from html import escape
from itertools import groupby

from snippetlab.block import Block, Frame
from snippetlab.caption import caption, run_button
from snippetlab.command import Command, flatten
from snippetlab.program import is_source
from snippetlab.snippet import Snippet
from snippetlab.transcript import Step
from snippetlab.volatile.lines import Token, tokens

_LONG, _FOLD = 24, 18
"""Output of more lines than the first is folded after the second, if the page says nothing."""
_WORD = re.compile(r"<[^>]*>|[^\s<>]*[-/][^\s<>]*")
"""A tag, or a word of a command that a browser would break: at a hyphen of `--mount-proc`."""
Marker = Callable[[str, str], str]
"""A part of a step (`command`, `output` or `status`) and its text → HTML."""


def render(block: Block) -> str:
    """The whole figure."""
    snippet, words = block.snippet, block.frame.words
    pairs = list(zip(flatten(block.commands), block.steps, strict=True))
    terminals = _terminals(block)
    items = [_source(snippet)] if is_source(snippet) else []
    for hidden, group in groupby(pairs, key=lambda pair: pair[0].hidden):
        shown = [
            step_html(command, step, block, side=_side(command) if terminals and not hidden else "")
            for command, step in group
        ]
        folded = _folded(words.counted("transcript", "hidden", len(shown)), shown) if hidden else ""
        items.append(folded or "".join(shown))
    return (
        f'<figure class="transcript" id="{block.anchor}" data-lab="{snippet.lab}"'
        f' aria-label="{words["transcript"]["transcript"]}: {escape(snippet.path.name)}">'
        f"{head_html(block)}"
        f'{terminals}<ol class="transcript-steps">{"".join(items)}</ol>'
        f"<figcaption data-search-exclude>{caption(block)}</figcaption></figure>"
    )


def head_html(block: Block, name: str = "") -> str:
    """What the transcript shows, as whom it ran, and the button that runs it here.

    A prompt `$` would make readers think of themselves, who are not root. `name` tells two
    buttons apart.
    """
    snippet, words = block.snippet, block.frame.words
    claim = escape(snippet.proves.get(words.language) or "")
    root = words["transcript"]["root"] if snippet.runs else ""
    parts = (
        claim and f'<p class="transcript-claim">{claim}</p>',
        root and f'<p class="transcript-user" data-search-exclude>{root}</p>',
        run_button(block, name),
    )
    return f'<div class="transcript-head">{"".join(parts)}</div>' if any(parts) else ""


def _terminals(block: Block) -> str:
    """The headings of two columns, where a shell inside and the one outside take turns."""
    if not block.pair:
        return ""
    host = block.frame.words["transcript"]["host"]
    names = f"<span>{host}</span><span>{escape(block.pair.delimiter)}</span>"
    return f'<div class="transcript-terminals" aria-hidden="true">{names}</div>'


def _side(command: Command) -> str:
    return "host" if command.prompt == "$" else "inside"


def _plainly(block: Block) -> Marker:
    """Marks nothing but what differs from run to run."""
    kinds = [kind for kind in block.snippet.volatile.kinds if kind.name != "columns"]

    def mark(part: str, text: str) -> str:
        if part != "output" or not kinds:
            return escape(text)
        # By line, as it is compared; no value goes on into the next one.
        lines = (tokens(line, kinds) for line in text.split("\n"))
        return "\n".join("".join(_shown(token, block) for token in line) for line in lines)

    return mark


def _shown(token: Token, block: Block) -> str:
    if not token.kind:
        return escape(token.text)
    words = block.frame.words
    name = words["kinds"].get(token.kind.name, token.kind.name)
    title = escape(words["transcript"]["volatile"].format(name))
    return f'<span class="volatile" title="{title}">{escape(token.text)}</span>'


def step_html(
    command: Command,
    step: Step,
    block: Block,
    element: str = "li",
    mark: Marker | None = None,
    side: str = "",
) -> str:
    """One step: its command, what that printed, and its status if that is not 0.

    `side` is the terminal it belongs to, where there are two: `host` or `inside`.
    """
    words = block.frame.words["transcript"]
    mark = mark or _plainly(block)
    identity = f' id="{block.anchor}-{escape(command.name)}"' if command.name else ""
    lines = [_WORD.sub(_whole, line) for line in mark("command", step.command).split("\n")]
    prompts = [step.prompt, *([">"] * (len(lines) - 1))]
    # Line ends belong to the lines, each of which is wrapped with an indent of its own.
    ends = [*(["\n"] * (len(lines) - 1)), ""]
    typed = "".join(
        f'<span class="step-line"><span class="step-prompt">{escape(prompt)} </span>'
        f"<kbd>{line}</kbd>{end}</span>"
        for prompt, line, end in zip(prompts, lines, ends, strict=True)
    )
    classes = f"step step-{side}" if side else "step"
    html = f'<{element} class="{classes}"{identity}><pre class="step-command">{typed}</pre>'
    html += _link(command, block)
    if step.output:
        html += _output(mark("output", visible(step.output).removesuffix("\n")), block.frame)
    if status := mark("status", words["status"].format(step.status) if step.status else ""):
        html += f'<p class="step-status">{status}</p>'
    return f"{html}</{element}>"


def _whole(found: re.Match[str]) -> str:
    return found[0] if found[0][0] == "<" else f'<span class="step-word">{found[0]}</span>'


def _link(command: Command, block: Block) -> str:
    """A link to a step that has a name, for readers to pass on."""
    if not command.name:
        return ""
    label = escape(block.frame.words["transcript"]["step"].format(command.name))
    href = f"#{block.anchor}-{escape(command.name)}"
    return f'<a class="step-link" href="{href}" aria-label="{label}" data-search-exclude>#</a>'


def _output(html: str, frame: Frame) -> str:
    lines = html.split("\n")
    fold = frame.fold or (_FOLD if len(lines) > _LONG else len(lines))
    if len(lines) <= fold:
        return _samp(lines)
    summary = frame.words.counted("transcript", "more", len(lines) - fold)
    return (
        f"{_samp(lines[:fold])}<details><summary>{summary}</summary>{_samp(lines[fold:])}</details>"
    )


def _samp(lines: Sequence[str]) -> str:
    text = "\n".join(lines)
    return f'<pre class="step-output"><samp>{text}</samp></pre>'


_EMOJI = "[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]"
"""What a joiner makes one emoji of: pictures, arrows, and what chooses among their forms."""
_UNSEEN = (
    r"[\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)


def visible(output: bytes) -> str:
    """Text that shows what is there: controls as pictures, bad bytes as U+FFFD.

    Bidirectional overrides would let text lie to its reader, and what has no shape would hide in
    it: both are shown as their names. A joiner between emoji makes one of them, and is not.
    """
    text = output.decode("utf-8", "replace")
    text = re.sub(r"[\x00-\x08\x0b-\x1f]", lambda found: chr(0x2400 + ord(found[0])), text)
    return re.sub(
        rf"(?<={_EMOJI})\u200d(?={_EMOJI})|({_UNSEEN})",
        lambda found: f"<U+{ord(found[1]):04X}>" if found[1] else found[0],
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
