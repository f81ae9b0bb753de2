"""A transcript → accessible HTML. Where the transcript came from is not known here."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from snippetlab.command import Command, flatten
from snippetlab.lock import Lock
from snippetlab.snippet import Snippet
from snippetlab.transcript import Step, Transcript

WORDS = {
    "en": {
        "transcript": "Transcript",
        "contrast": "Two transcripts side by side",
        "differs": "differs",
        "host": "host",
        "status": "exit status {}",
        "hidden": "Setup: {} commands",
        "more": "{} more lines",
        "ran": "Ran in the {} lab",
        "not-run": "Not run here",
        "source": "documented at",
        "copy": "Copy commands",
        "copied": "Copied",
    },
    "ko": {
        "transcript": "실행 기록",
        "contrast": "나란히 놓은 두 실행 기록",
        "differs": "다름",
        "host": "호스트",
        "status": "종료 상태 {}",
        "hidden": "준비 명령 {}개",
        "more": "{}줄 더",
        "ran": "{} 랩에서 실행",
        "not-run": "여기서 실행하지 않음",
        "source": "출처",
        "copy": "명령 복사",
        "copied": "복사함",
    },
}
"""What the page says around a transcript, by language."""
LABS = {"en": {"namespace": "namespace"}, "ko": {"namespace": "네임스페이스"}}
"""The labs' names, by language."""


@dataclass(frozen=True)
class Frame:
    """What surrounds the steps on a page."""

    language: str
    href: str
    """Where the reader finds the snippet's file."""
    lock: Lock
    stated: Mapping[str, Sequence[str]]
    """Package whose version is stated → the commands that bring it up."""
    fold: int | None = None


@dataclass(frozen=True)
class Block:
    """One snippet as a page shows it; without a transcript its commands are shown as not run."""

    snippet: Snippet
    commands: tuple[Command, ...]
    transcript: Transcript | None
    frame: Frame

    @property
    def anchor(self) -> str:
        return self.snippet.id.replace("/", "-")

    @property
    def steps(self) -> tuple[Step, ...]:
        if self.transcript:
            return self.transcript.steps
        return tuple(Step(c.text, b"", 0, c.prompt) for c in flatten(self.commands))


Marker = Callable[[str, str], str]
"""A part of a step (`command`, `output` or `status`) and its text → HTML."""


def render(block: Block) -> str:
    """The whole figure."""
    snippet, words = block.snippet, WORDS[block.frame.language]
    pairs = list(zip(flatten(block.commands), block.steps, strict=True))
    terminals = "".join(_terminals(block))
    items = [_source(snippet)] if snippet.path.suffix == ".py" else []
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


def _terminals(block: Block) -> Iterator[str]:
    """The headings of two columns, where a shell inside and the one outside take turns."""
    pair = next((c.shell for c in block.commands if c.shell and c.shell.takes_turns), None)
    if pair:
        host = WORDS[block.frame.language]["host"]
        names = f"<span>{host}</span><span>{escape(pair.delimiter)}</span>"
        yield f'<div class="transcript-terminals" aria-hidden="true">{names}</div>'


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


def caption(block: Block) -> str:
    """Where it ran or why it did not, its file, and a button that copies its commands."""
    snippet, words = block.snippet, WORDS[block.frame.language]
    provenance = _provenance(snippet, block.commands, block.frame)
    if any(_terminals(block)):
        return provenance  # what belongs into two terminals is not to be pasted into one
    copied = snippet.code.strip("\n") if snippet.path.suffix == ".py" else _typed(block.commands)
    return (
        f"{provenance}"
        f'<button type="button" class="transcript-copy" data-commands="{_attribute(copied)}"'
        f' data-copied="{words["copied"]}">{words["copy"]}</button>'
    )


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


def _typed(commands: tuple[Command, ...]) -> str:
    """The commands as one would type them at a prompt: here-documents whole."""
    return "\n".join(_whole(command) for command in commands)


def _whole(command: Command) -> str:
    if not command.shell:
        return command.text
    inner = _typed(command.shell.commands)
    return f"{command.shell.opening}\n{inner}\n{command.shell.delimiter}"


def _provenance(snippet: Snippet, commands: tuple[Command, ...], frame: Frame) -> str:
    words = WORDS[frame.language]
    link = f'<a href="{escape(frame.href)}">{escape(snippet.path.name)}</a>'
    if not snippet.runs:
        reason = snippet.reason.get(frame.language) or snippet.reason.get("", "")
        source = f'<a href="{escape(snippet.source)}">{escape(_host(snippet.source))}</a>'
        return (
            f'<span class="transcript-lab">{words["not-run"]}</span> '
            f"<span>{escape(reason)} {words['source']}: {source} · {link}</span>"
        )
    facts = _facts(snippet, commands, frame)
    lab = words["ran"].format(LABS[frame.language][snippet.lab])
    return (
        f'<span class="transcript-lab">{lab}</span> '
        f"<span>{' · '.join([*map(escape, facts), link])}</span>"
    )


def _facts(snippet: Snippet, commands: tuple[Command, ...], frame: Frame) -> Iterator[str]:
    if not (lab := frame.lock.labs.get(snippet.lab)):
        return
    if debian := lab.packages.get("base-files"):
        yield f"Debian {_version(debian)}"
    yield f"Linux {_version(lab.kernel)}"
    text = "\n".join(command.text for command in flatten(commands))
    if snippet.path.suffix == ".sh":
        text += "\nbash"
    for package, names in frame.stated.items():
        used = any(re.search(rf"(?<![\w./-]){re.escape(n)}(?![\w.-])", text) for n in names)
        if used and (version := lab.packages.get(package)):
            yield f"{package.removesuffix('-static')} {_version(version)}"


def _version(version: str) -> str:
    """The upstream part of a Debian version or kernel release: `1:2.41.5-0+deb13u1` → 2.41.5."""
    return re.sub(r"^\d+:", "", version).split("-")[0].split("+")[0]


def _host(url: str) -> str:
    return re.sub(r"^https?://([^/]+).*", r"\1", url)


def _attribute(text: str) -> str:
    return escape(text).replace("\n", "&#10;")
