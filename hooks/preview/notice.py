"""What the reader's tab says when there is something wrong, or nothing yet."""

import re
from collections import defaultdict
from pathlib import Path

from snippetlab.errors import EngineError
from snippetlab.show.templates import Templates
from snippetlab.show.words import Words, read_words

_WORDS = Path(__file__).resolve().parents[2] / "docs/words"
_TEMPLATES = Path(__file__).with_name("templates")
# Instant navigation replaces this element, and so the notice, with that of the next page.
_CONTAINER = re.compile(rb'<div class="md-container"[^>]*>')


def with_notice(html: bytes, error: str, warnings: str, language: str) -> bytes:
    """A page with what is wrong with it, or with a newer one; it can be folded away."""
    facts = {"said": error or warnings, "title": "old" if error else "warned"}
    notice = _templates(language).render("notice.html", **facts).encode()
    return _CONTAINER.sub(lambda m: m[0] + notice, html, count=1)


def page(error: str, language: str) -> bytes:
    """A page where there is no good one yet."""
    title = "none" if error else "building"
    return _templates(language).render("no_page.html", said=error, title=title).encode()


def _templates(language: str) -> Templates:
    """With the words as they are now; with none where they are what is wrong: the error says so."""
    try:
        words = read_words(_WORDS, language)
    except EngineError:
        words = Words(language, {"notice": defaultdict(str)})
    return Templates(words, _TEMPLATES)
