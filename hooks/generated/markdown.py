"""Generated pages as Markdown: from templates that escape all but words.

Words are Markdown, as pages are, and stand in the checkout beside them.
"""

from pathlib import Path

from markupsafe import Markup

from snippetlab.show.templates import Templates

TEMPLATES = Path(__file__).with_name("templates")


def fill(templates: Templates, name: str, table: str, /, **facts: object) -> str:
    """The template `name`, with the words of that table."""
    words = {key: markdown(text) for key, text in templates.words[table].items()}
    return str(templates.render(name, words=words, **facts))


def markdown(text: str) -> Markup:
    """What an author wrote in this checkout as Markdown."""
    return Markup(text)
