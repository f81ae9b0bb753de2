"""`llms.txt` (llmstxt.org): a list of a site's pages as Markdown, and all of them in one file."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """A page as Markdown."""

    title: str
    description: str
    address: str
    """Of the Markdown, absolute."""
    markdown: str


def llms_list(name: str, description: str, texts: Sequence[Text]) -> str:
    lines = [f"# {name}", "", f"> {description}", "", "## Pages", ""]
    for text in texts:
        said = f": {text.description}" if text.description else ""
        lines.append(f"- [{text.title}]({text.address}){said}")
    return "\n".join(lines) + "\n"


def llms_full(name: str, description: str, texts: Sequence[Text]) -> str:
    head = f"# {name}\n\n> {description}\n"
    return "\n".join([head, *(f"<!-- {text.address} -->\n\n{text.markdown}" for text in texts)])
