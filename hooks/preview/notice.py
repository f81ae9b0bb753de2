"""What the reader's tab says when there is something wrong, or nothing yet."""

import re
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from html import escape
from pathlib import Path

from snippetlab.errors import EngineError
from snippetlab.show.words import read_words

_WORDS = Path(__file__).resolve().parents[2] / "docs/words"
# Instant navigation replaces this element, and so the notice, with that of the next page.
_CONTAINER = re.compile(rb'<div class="md-container"[^>]*>')
_STYLE = """
.preview-notice { position: fixed; z-index: 9; inset: auto 0 0 0; max-height: 60vh; overflow: auto;
  padding: 12px 20px; border-top: 4px solid #c62828; background: #fff; color: #1b1b1b;
  font: 16px/1.5 system-ui, sans-serif; box-shadow: 0 0 16px #0006 }
.preview-notice summary { cursor: pointer; font-weight: bold }
.preview-notice pre { margin: 8px 0; white-space: pre-wrap; overflow-wrap: anywhere;
  font: 14px/1.5 ui-monospace, monospace }
.preview-notice p { margin: 0 }
@media print { .preview-notice { display: none } }
"""


def with_notice(html: bytes, error: str, warnings: str, language: str) -> bytes:
    """A page with what is wrong with it, or with a newer one; it can be folded away."""
    words = _words(language)
    said = (error, words, "old") if error else (warnings, words, "warned")
    return _CONTAINER.sub(lambda m: m[0] + _notice(*said).encode(), html, count=1)


def page(error: str, language: str) -> bytes:
    """A page where there is no good one yet."""
    words = _words(language)
    said = _notice(error, words, "none") if error else f"<p role=status>{words['building']}</p>"
    title = words["none"] if error else words["building"]
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{title}</title></head><body>{said}</body></html>"
    ).encode()


def _words(language: str) -> Mapping[str, str]:
    """As they are now; none where they are what is wrong, since the error says so."""
    with suppress(EngineError, KeyError):
        return read_words(_WORDS, language)["notice"]
    return defaultdict(str)


def _notice(error: str, words: Mapping[str, str], title: str) -> str:
    return (
        f'<div class="preview-notice" role="alert"><style>{_STYLE}</style>'
        f"<details open><summary>{words[title]}</summary>"
        f"<pre>{escape(error)}</pre><p>{words['goes']}</p></details></div>"
    )
