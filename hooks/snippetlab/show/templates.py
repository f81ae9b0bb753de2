"""The markup of what pages show: Jinja templates, which escape whatever is put into them.

A site may have a template of its own in the place of the engine's that has the same name.
"""

from functools import cache
from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from snippetlab.show.words import Words

ENGINE = Path(__file__).with_name("templates")
"""The engine's own templates."""
_ESCAPES = True


class Templates:
    """Those of one language: its words are in each of them as `words`.

    There one writes `words["transcript"]["copy"]`: a dictionary has a method `copy`.
    """

    def __init__(self, words: Words, *places: Path, kept: BytecodeCache | None = None) -> None:
        """In `places` a template is looked for before the engine's own."""
        self.words = words
        self._environment = Environment(
            loader=FileSystemLoader([*places, ENGINE]),
            autoescape=_ESCAPES,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=kept,
        )
        self._environment.globals["words"] = words
        # A title in a front matter is read by people too.
        self._environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
        self._environment.filters |= {"code": code, "one_line": _one_line}

    def render(self, name: str, /, **facts: object) -> Markup:
        """What the template makes of these facts."""
        html = self._environment.get_template(name).render(facts)
        # As Python and Markdown write these two everywhere else on the page.
        return Markup(html.replace("&#34;", "&quot;").replace("&#39;", "&#x27;"))


@cache
def code(text: str) -> Markup:
    """Prose in which code stands between backquotes."""
    parts = (escape(part) for part in text.split("`"))
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else part
        for number, part in enumerate(parts)
    )


def _one_line(text: str) -> Markup:
    """For an attribute: a line end in one would be taken for Markdown's."""
    return escape(text).replace("\n", Markup("&#10;"))
