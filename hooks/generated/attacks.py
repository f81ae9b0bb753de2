"""The corpus of hostile snippets as tables, for the page on how untrusted code runs."""

from itertools import groupby

from generated.corpus import Attack, Corpus
from generated.markdown import fill, markdown
from snippetlab.limits import CEILINGS, DEFAULTS
from snippetlab.registry import DEFAULT, LABS
from snippetlab.show.templates import Templates
from snippetlab.snippet.snippet import in_language

PLACE = "<!-- corpus -->"
"""Where the page has the tables of attacks."""
LIMITS_PLACE = "<!-- limits -->"
"""Where it has the table of limits."""


def with_tables(page: str, corpus: Corpus, templates: Templates) -> str:
    """The page's Markdown with its tables in their places."""
    page = page.replace(PLACE, _attacks(corpus, templates))
    return page.replace(LIMITS_PLACE, limits_table(templates))


def _attacks(corpus: Corpus, templates: Templates) -> str:
    def row(attack: Attack) -> list[str]:
        guard = corpus.guards[attack.guard]
        texts = (attack.tries, guard.name, guard.without)
        return [markdown(in_language(text, templates.words.language)) for text in texts]

    groups = groupby(corpus.attacks, key=lambda attack: attack.group)
    return fill(
        templates,
        "attacks.md.jinja",
        "attacks",
        count=len(corpus.attacks),
        groups=[(name, [row(attack) for attack in attacks]) for name, attacks in groups],
        guards=[
            [
                markdown(in_language(text, templates.words.language))
                for text in (guard.name, guard.how)
            ]
            for guard in corpus.guards.values()
        ],
    )


def limits_table(templates: Templates) -> str:
    """What the tag `limits` may say, and `timeout`."""
    words = templates.words
    default, most = LABS[DEFAULT].timeout, LABS[DEFAULT].longest
    values = {
        name: (DEFAULTS.text(name), CEILINGS.text(name))
        for name in words["limits"]
        if name != "timeout"
    }
    values["timeout"] = f"{default} s", f"{most} s"
    rows = [[f"`{name}`", *values[name], of] for name, of in words["limits"].items()]
    return fill(templates, "limits.md.jinja", "attacks", rows=rows)
