"""Templates of this site's generated pages: what is put in is escaped.

Words are not: they are Markdown, as pages are, and stand in the checkout beside them.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape


def fill(name: str, words: Mapping[str, str], **values: Any) -> str:
    """The template `name`, with the words of its table."""
    marked = {key: markdown(text) for key, text in words.items()}
    return _ENVIRONMENT.get_template(name).render(words=marked, **values)


def markdown(text: str) -> Markup:
    """What an author wrote in this checkout as Markdown."""
    return Markup(text)


def _prose(text: str) -> Markup:
    """Code stands between backquotes."""
    parts = enumerate(text.split("`"))
    return Markup().join(Markup("<code>{}</code>").format(p) if n % 2 else p for n, p in parts)


def _cell(text: str) -> Markup:
    """A bar would begin the next."""
    return escape(text).replace("|", Markup("&#124;"))


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters |= {"prose": _prose, "cell": _cell}
_ENVIRONMENT.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
