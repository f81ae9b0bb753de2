"""What the theme's and Markdown's HTML leaves to be mended for screen readers and the policy."""

import re
from html import escape

_LABELLED = re.compile(
    r'aria-labelledby="__nav_[\d_]+label"'
    r'([^>]*>\s*<label class="md-nav__title"[^>]*>\s*<span[^>]*></span>\s*)([^<]+?)(?=\s*<)'
)


def mend_content(html: str) -> str:
    """A page's own part: cells are aligned without style attributes, and no heading is empty.

    Links that leave the site say so: on paper they show where they lead. By their address one
    cannot tell, since Material makes all of them absolute when a page is loaded by a click.
    """
    html = re.sub(r'<a (?![^>]*\brel=)([^>]*\bhref="https?:)', r'<a rel="external" \1', html)
    html = re.sub(r' style="text-align: (left|center|right);"', r' class="align-\1"', html)
    return re.sub(r"<th([^>]*)></th>", r"<td\1></td>", html)


def mend_page(html: str, crumbs: str) -> str:
    """The whole: each navigation has a name of its own."""
    html = _LABELLED.sub(lambda found: f'aria-label="{found[2]}"{found[1]}{found[2]}', html)
    return re.sub(
        r'(<nav class="md-path" aria-label=)"[^"]*"',
        lambda found: f'{found[1]}"{escape(crumbs)}"',
        html,
    )
