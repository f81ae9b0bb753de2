"""Draw the README's picture from the site's own transcript: python -m tools.picture

It is light or dark as the reader's system is. Its text is the recording, so a test holds them
together.
"""

import sys
from collections.abc import Iterator
from html import escape

from snippetlab.project import Project
from snippetlab.snippet.library import load_library
from tools.finding import ROOT

ID = "isolation/uts"
PATH = ROOT / ".github/transcript.svg"
_LINE, _TOP, _LEFT, _WIDTH = 22, 58, 24, 720
_STYLE = """\
text { font: 15px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace }
text { white-space: pre; fill: #1d2733 }
.ground { fill: #f6f8f9; stroke: #d5dee2 } .prompt { fill: #0b6b62; font-weight: bold }
.status { fill: #9a3412 } .claim { font: 14px system-ui, sans-serif; fill: #4a5663 }
@media (prefers-color-scheme: dark) {
  text { fill: #e4eaf0 } .ground { fill: #131c26; stroke: #2b3a49 } .prompt { fill: #5fd3c4 }
  .status { fill: #fdba74 } .claim { fill: #a9b6c3 }
}"""


def picture() -> str:
    """The SVG."""
    entry = load_library(Project(ROOT)).find(ID)
    assert entry.recording
    lines = []
    for step in entry.recording.transcript.steps:
        command = escape(step.command.replace("\n", "\n> "))
        lines.append(f'<tspan class="prompt">{step.prompt}</tspan> {command}')
        lines += map(escape, step.output.decode().splitlines())
        lines += [f'<tspan class="status">? {step.status}</tspan>'] if step.status else []
    height = _TOP + _LINE * len(lines)
    claim = escape(entry.snippet.proves["en"])
    return "\n".join(_document(claim, lines, height)) + "\n"


def _document(claim: str, lines: list[str], height: int) -> Iterator[str]:
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img">'
    yield f"<title>Transcript of {ID}: {claim}</title>"
    yield f"<style>{_STYLE}</style>"
    yield f'<rect class="ground" x="1" y="1" width="{_WIDTH - 2}" height="{height - 2}" rx="8"/>'
    yield f'<text class="claim" x="{_LEFT}" y="30">{claim}</text>'
    for number, line in enumerate(lines):
        yield f'<text x="{_LEFT}" y="{_TOP + _LINE * number}">{line}</text>'
    yield "</svg>"


if __name__ == "__main__":
    PATH.write_text(picture(), encoding="utf-8")
    sys.stdout.write(f"{PATH.relative_to(ROOT)}\n")
