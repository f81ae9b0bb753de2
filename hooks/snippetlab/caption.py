"""What stands below a transcript: where it ran, its file, and what copies its commands; and the
button above it that runs it in the tab."""

import re
from collections.abc import Iterator
from html import escape
from urllib.parse import quote, urlencode

from snippetlab.block import Block, Frame
from snippetlab.command import Command, flatten
from snippetlab.program import is_source
from snippetlab.snippet import Snippet, in_language

_WORD = re.compile(r"(?<![\w./-])[\w.-]+")
"""What may be the name of a command, not the end of a path."""


def caption(block: Block) -> str:
    """Where it ran or why it did not, its file, and a button that copies its commands."""
    snippet, words = block.snippet, block.frame.words["transcript"]
    provenance = _provenance(snippet, block.commands, block.frame) + _own(block)
    if block.pair:
        return provenance  # what belongs into two terminals is not to be pasted into one
    copied = snippet.code.strip("\n") if is_source(snippet) else _typed(block.commands)
    # The first lines of a Dockerfile may be directives, which comments would switch off.
    if snippet.runs and snippet.path.suffix != ".Dockerfile":
        copied = f"{words['own-copied']}\n{copied}"
    return (
        f"{provenance}"
        f'<button type="button" class="transcript-copy" data-commands="{_attribute(copied)}"'
        f' data-copied="{words["copied"]}">{words["copy"]}</button>'
    )


def _own(block: Block) -> str:
    """What readers need to run it themselves, and where they tell what they saw."""
    snippet, frame, words = block.snippet, block.frame, block.frame.words["transcript"]
    if not snippet.runs:
        return ""
    own = f'<span class="transcript-own">{words["own"]}</span>'
    if not frame.repository:
        return own
    form = {
        "template": "output.yml",
        "title": words["report-title"].format(snippet.id),
        "snippet": snippet.id,
        "recorded": ", ".join(_facts(snippet, block.commands, frame)),
    }
    address = f"{frame.repository}/issues/new?{urlencode(form, quote_via=quote)}"
    link = f'<a class="transcript-report" href="{escape(address)}">{words["report"]}</a>'
    return f"{own} {link}"


def run_button(block: Block, name: str = "") -> str:
    """Runs the snippet in the reader's tab, if that is known to work; `name` tells two apart."""
    if not (block.snippet.browser and block.frame.machine):
        return ""
    label = block.frame.words["transcript"]["run"] + (f": {name}" if name else "")
    return (
        f'<button type="button" class="transcript-run" data-machine="{escape(block.frame.machine)}"'
        f' data-snippet="{block.snippet.id}" data-search-exclude>{escape(label)}</button>'
    )


def _typed(commands: tuple[Command, ...]) -> str:
    """The commands as one would type them at a prompt: here-documents whole."""
    return "\n".join(_whole(command) for command in commands)


def _whole(command: Command) -> str:
    if not command.shell:
        return command.text
    inner = _typed(command.shell.commands)
    return f"{command.shell.opening}\n{inner}\n{command.shell.delimiter}"


def _provenance(snippet: Snippet, commands: tuple[Command, ...], frame: Frame) -> str:
    words = frame.words["transcript"]
    name = escape(snippet.path.name)
    label = words["download"].format(name)
    link = f'<a href="{escape(frame.href)}" download aria-label="{label}">{name}</a>'
    if not snippet.runs:
        reason = in_language(snippet.reason, frame.words.language)
        source = f'<a href="{escape(snippet.source)}">{escape(_host(snippet.source))}</a>'
        return (
            f'<span class="transcript-lab">{words["not-run"]}</span> '
            f"<span>{escape(reason)} {words['source']}: {source} · {link}</span>"
        )
    if frame.placeholder:
        title = frame.words["placeholder"]["title"]
        return f'<span class="transcript-lab">{title}</span> <span>{link}</span>'
    facts = list(_facts(snippet, commands, frame))
    if frame.verified:
        facts.append(words["verified"].format(frame.verified))
    lab = words["ran"].format(frame.words["labs"][snippet.lab])
    legend = ""
    if snippet.volatile.kinds:
        legend = f' <span class="transcript-legend">{words["legend"]}</span>'
    return (
        f'<span class="transcript-lab">{lab}</span> '
        f"<span>{' · '.join([*map(escape, facts), link])}</span>{legend}"
    )


def _facts(snippet: Snippet, commands: tuple[Command, ...], frame: Frame) -> Iterator[str]:
    if not (lab := frame.lock.labs.get(snippet.lab)):
        return
    if debian := lab.packages.get("base-files"):
        yield f"Debian {_version(debian)}"
    yield f"Linux {_version(lab.kernel)}"
    used = {word for command in flatten(commands) for word in _WORD.findall(command.text)}
    if not is_source(snippet):
        used.add("bash")
    for package, names in frame.stated.items():
        if not used.isdisjoint(names) and (version := lab.packages.get(package)):
            yield f"{package.removesuffix('-static')} {_version(version)}"


def _version(version: str) -> str:
    """The upstream part of a Debian version or kernel release: `1:2.41.5-0+deb13u1` → 2.41.5."""
    return re.sub(r"^\d+:", "", version).split("-")[0].split("+")[0]


def _host(url: str) -> str:
    return re.sub(r"^https?://([^/]+).*", r"\1", url)


def _attribute(text: str) -> str:
    return escape(text).replace("\n", "&#10;")
