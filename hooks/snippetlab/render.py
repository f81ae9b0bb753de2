"""A transcript → accessible HTML. Where the transcript came from is not known here."""

import re
from collections.abc import Iterator, Mapping, Sequence
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
    lock: Lock | None
    stated: Mapping[str, Sequence[str]]
    """Package whose version is stated → the commands that bring it up."""
    fold: int | None = None


def render(
    snippet: Snippet, commands: tuple[Command, ...], transcript: Transcript | None, frame: Frame
) -> str:
    """The whole block; without a transcript the commands are shown as not run."""
    words = WORDS[frame.language]
    flat = flatten(commands)
    steps = transcript.steps if transcript else tuple(Step(c.text, b"", 0, c.prompt) for c in flat)
    pairs = list(zip(flat, steps, strict=True))
    anchor = snippet.id.replace("/", "-")
    items = []
    for hidden, group in groupby(pairs, key=lambda pair: pair[0].hidden):
        shown = [_step(command, step, anchor, frame) for command, step in group]
        items.append(
            _folded(words["hidden"].format(len(shown)), shown) if hidden else "".join(shown)
        )
    if snippet.path.suffix == ".py":
        items.insert(0, _source(snippet))
    copied = snippet.code.strip("\n") if snippet.path.suffix == ".py" else _typed(commands)
    return (
        f'<figure class="transcript" id="{anchor}" data-lab="{snippet.lab}"'
        f' aria-label="{words["transcript"]}: {escape(snippet.path.name)}">'
        f'<ol class="transcript-steps">{"".join(items)}</ol>'
        f"<figcaption data-search-exclude>{_caption(snippet, commands, frame)}"
        f'<button type="button" class="transcript-copy" data-commands="{_attribute(copied)}"'
        f' data-copied="{words["copied"]}">{words["copy"]}</button></figcaption></figure>'
    )


def _step(command: Command, step: Step, anchor: str, frame: Frame) -> str:
    words = WORDS[frame.language]
    identity = f' id="{anchor}-{escape(command.name)}"' if command.name else ""
    first, *rest = step.command.split("\n")
    lines = "\n".join([_typed_line(step.prompt, first), *(_typed_line(">", r) for r in rest)])
    html = f'<li class="step"{identity}><pre class="step-command">{lines}</pre>'
    if step.output:
        html += _output(step.output, frame)
    if step.status:
        html += f'<p class="step-status">{words["status"].format(step.status)}</p>'
    return html + "</li>"


def _typed_line(prompt: str, text: str) -> str:
    return f'<span class="step-prompt">{escape(prompt)} </span><kbd>{escape(text)}</kbd>'


def _output(output: bytes, frame: Frame) -> str:
    lines = _visible(output).removesuffix("\n").split("\n")
    if frame.fold is None or len(lines) <= frame.fold:
        return _samp(lines)
    summary = WORDS[frame.language]["more"].format(len(lines) - frame.fold)
    return (
        f"{_samp(lines[: frame.fold])}<details><summary>{summary}</summary>"
        f"{_samp(lines[frame.fold :])}</details>"
    )


def _samp(lines: Sequence[str]) -> str:
    text = escape("\n".join(lines))
    return f'<pre class="step-output"><samp>{text}</samp></pre>'


def _visible(output: bytes) -> str:
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


def _caption(snippet: Snippet, commands: tuple[Command, ...], frame: Frame) -> str:
    words = WORDS[frame.language]
    link = f'<a href="{escape(frame.href)}">{escape(snippet.path.name)}</a>'
    if not snippet.runs:
        reason = snippet.reason.get(frame.language) or snippet.reason.get("", "")
        source = f'<a href="{escape(snippet.source)}">{escape(_host(snippet.source))}</a>'
        return (
            f'<span class="transcript-lab">{words["not-run"]}</span> '
            f"<span>{escape(reason)} {words['source']}: {source} · {link}</span>"
        )
    facts = list(_facts(snippet, commands, frame)) if frame.lock else []
    lab = words["ran"].format(LABS[frame.language][snippet.lab])
    return (
        f'<span class="transcript-lab">{lab}</span> '
        f"<span>{' · '.join([*map(escape, facts), link])}</span>"
    )


def _facts(snippet: Snippet, commands: tuple[Command, ...], frame: Frame) -> Iterator[str]:
    assert frame.lock
    if debian := frame.lock.packages.get("base-files"):
        yield f"Debian {_version(debian)}"
    if kernel := frame.lock.kernels.get(snippet.lab):
        yield f"Linux {_version(kernel)}"
    text = "\n".join(command.text for command in flatten(commands))
    if snippet.path.suffix == ".sh":
        text += "\nbash"
    for package, names in frame.stated.items():
        used = any(re.search(rf"(?<![\w./-]){re.escape(n)}(?![\w.-])", text) for n in names)
        if used and (version := frame.lock.packages.get(package)):
            yield f"{package.removesuffix('-static')} {_version(version)}"


def _version(version: str) -> str:
    """The upstream part of a Debian version or kernel release: `1:2.41.5-0+deb13u1` → 2.41.5."""
    return re.sub(r"^\d+:", "", version).split("-")[0].split("+")[0]


def _host(url: str) -> str:
    return re.sub(r"^https?://([^/]+).*", r"\1", url)


def _attribute(text: str) -> str:
    return escape(text).replace("\n", "&#10;")
