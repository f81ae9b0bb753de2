"""What the reader's tab says when there is something wrong, or nothing yet."""

import re
from html import escape

_WORDS = {
    "en": {
        "old": "Not built: these are the last good pages",
        "warned": "Built, but CI will not let this pass",
        "none": "Not built yet",
        "goes": "This goes away by itself when it is mended and saved.",
        "building": "The pages are being built; they appear here by themselves.",
    },
    "ko": {
        "old": "빌드 실패: 이 페이지는 마지막으로 성공한 빌드다",
        "warned": "빌드는 됐지만 CI는 통과하지 못한다",
        "none": "아직 빌드하지 못했다",
        "goes": "고쳐서 저장하면 이 알림은 저절로 사라진다.",
        "building": "페이지를 빌드하는 중이다. 끝나면 저절로 나타난다.",
    },
}
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
    said = (error, language, "old") if error else (warnings, language, "warned")
    return _CONTAINER.sub(lambda m: m[0] + _notice(*said).encode(), html, count=1)


def page(error: str, language: str) -> bytes:
    """A page where there is no good one yet."""
    words = _WORDS[language]
    said = _notice(error, language, "none") if error else f"<p role=status>{words['building']}</p>"
    title = words["none"] if error else words["building"]
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{title}</title></head><body>{said}</body></html>"
    ).encode()


def _notice(error: str, language: str, title: str) -> str:
    words = _WORDS[language]
    return (
        f'<div class="preview-notice" role="alert"><style>{_STYLE}</style>'
        f"<details open><summary>{words[title]}</summary>"
        f"<pre>{escape(error)}</pre><p>{words['goes']}</p></details></div>"
    )
