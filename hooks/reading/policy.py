"""A Content-Security-Policy that lets run what the site's templates hold, and nothing else.

It allows inline scripts by their SHA-256 (Content Security Policy Level 3, section 2.3.1): those
of the templates, if some page has them, never one that only a page has. GitHub Pages sends no
headers of a site's own, hence `<meta>`; `_headers` (Cloudflare Pages) and an nginx snippet say the
same and what `<meta>` cannot.

The frame of the machine in the reader's tab has a policy of its own, in its own `<meta>`: it needs
WebAssembly and the styles that its terminal makes. Two policies would both hold, so servers leave
theirs out there.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping, Set
from pathlib import Path
from typing import Any

from jinja2 import Environment

_INLINE = re.compile(
    r"<script(?![^>]*\b(?:src|type=\"application/json\"))[^>]*>(.*?)</script>", re.S
)
_ELEMENT = re.compile(r"<script\b[^>]*>.*?</script>", re.S)
_INCLUDED = re.compile(r'{%-?\s*(?:extends|include|import)\s+"([^"]+)"(?! ~)')
_HEAD = re.compile(r'(<meta charset="utf-8">)', re.I)
_FRAME = "assets/machine/terminal.html"
_FRAMED = "frame-ancestors 'self'"
"""Only pages of the site may frame another."""
_POLICY = "Content-Security-Policy"
_HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def inline_scripts(html: str) -> set[str]:
    """The hashes of a page's inline scripts, as the policy writes them."""
    return {
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in _INLINE.findall(html)
    }


def template_scripts(environment: Environment, config: Mapping[str, Any]) -> set[str]:
    """The hashes of the inline scripts in the templates of pages, with all that these include.

    What a script says of the page, such as its depth, is not known here, so none may say it.
    """
    found: set[str] = set()
    seen, todo = set[str](), ["main.html", "404.html"]
    while todo:
        name = todo.pop()
        if name in seen or not environment.loader:
            continue
        seen.add(name)
        source = environment.loader.get_source(environment, name)[0]
        todo += _INCLUDED.findall(source)
        for element in filter(_INLINE.fullmatch, _ELEMENT.findall(source)):
            template = environment.from_string(element)
            found |= inline_scripts(template.render(config=config, page=None, base_url=""))
    return found


def policy(hashes: Iterable[str]) -> str:
    """One line for all pages: with instant loading, the first page's policy holds for the next."""
    return "; ".join(
        (
            # Not 'none': by it Firefox judges the pages that are fetched ahead.
            "default-src 'self'",
            "media-src 'none'",
            "object-src 'none'",
            " ".join(["script-src 'self'", *sorted(hashes)]),
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            # The machine in the reader's tab: its document has a policy of its own.
            "frame-src 'self'",
            "base-uri 'self'",
            "form-action 'self'",
        )
    )


def write_policy(site: Path, pages: Iterable[Path], known: Set[str], *, root: bool) -> None:
    """Put the policy into every page, and at the root of a site into files for servers.

    Of the pages' inline scripts it lets run those whose hashes are `known`.
    """
    texts = {page: page.read_text(encoding="utf-8") for page in pages}
    line = policy(known & set().union(*map(inline_scripts, texts.values())))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{line}">'
    for page, text in texts.items():
        page.write_text(_HEAD.sub(lambda found: found[1] + meta, text, count=1), encoding="utf-8")
    if root:
        policies = {_POLICY: f"{line}; {_FRAMED}"}
        (site / "_headers").write_text(_for_cloudflare(policies | _HEADERS))
        (site / "nginx-headers.conf").write_text(_for_nginx(policies | _HEADERS))


def _for_cloudflare(headers: Mapping[str, str]) -> str:
    """https://developers.cloudflare.com/pages/configuration/headers/: `!` takes a header away."""
    lines = [f"  {name}: {value}" for name, value in headers.items()]
    return "\n".join(["/*", *lines, f"/{_FRAME}", f"  ! {_POLICY}"]) + "\n"


def _for_nginx(headers: Mapping[str, str]) -> str:
    """To be included in a `server` block; a location with headers inherits none (add_header)."""
    framed = {**headers, _POLICY: _FRAMED}
    lines = [f'add_header {name} "{value}" always;' for name, value in headers.items()]
    lines += [f"location ~ /{re.escape(_FRAME)}$ {{"]
    lines += [f'    add_header {name} "{value}" always;' for name, value in framed.items()]
    return "\n".join([*lines, "}"]) + "\n"
