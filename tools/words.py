"""Terms spelled otherwise than tools/words.toml wants, and secrets that must not be published."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from snippetlab.errors import Cure
from snippetlab.show.page import Page, read_page
from snippetlab.show.prose import texts
from tools.finding import Finding, tracked

_WORDS = Path(__file__).with_name("words.toml")
_QUOTED = re.compile(r"`[^`]*`|\]\([^)]*\)|“[^”]*”|\"[^\"]*\"|'[^']*'|‘[^’]*’")
"""Code, addresses and what others said keep their spelling."""

# https://github.blog/engineering/behind-githubs-new-authentication-token-formats/,
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html, RFC 7468,
# https://docs.gitlab.com/security/tokens/, RFC 7519 (a JSON Web Token).
_SECRETS = {
    "a private key": r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----",
    "a GitHub token": r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{22,})",
    "a GitLab token": r"\bglpat-[\w-]{20}",
    "an AWS access key": r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b",
    "a Slack token": r"\bxox[abprs]-\w{10,}",
    "a JSON Web Token": r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}",
    "credentials in an address": r"\bhttps?://[^\s/:@]+:[^\s/:@]+@",
    "a home directory": r"(?<![\w.])/(?:home|Users)/(?!(?:you|user|lab|runner)\b)\w+/",
}

_ANY_SECRET = re.compile("|".join(f"({pattern})" for pattern in _SECRETS.values()))


def terms(root: Path) -> Iterator[Finding]:
    """Terms of a page that are spelled otherwise; code and quotations are left alone."""
    try:
        words = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        cure = Cure("words-no-toml", 'Write each spelling so: "wrong" = "right"')
        place = f"tools/words.toml:{line[1] if line else 1}"
        yield Finding(place, f"this is no TOML: {error}", cure)
        return
    for language, spellings in words.items():
        for name in tracked(f"docs/{language}/**.md", root=root):
            yield from _misspelt(name, read_page(root / name), spellings)


def _misspelt(name: str, page: Page, spellings: Mapping[str, str]) -> Iterator[Finding]:
    any_of = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(map(re.escape, spellings))})(?![A-Za-z])")
    head = enumerate(page.lines[: page.start - 1], 1)
    for number, line in (*head, *texts(page)):
        prose = _QUOTED.sub(" ", line)
        for wrong in dict.fromkeys(any_of.findall(prose)):
            text = f"Write {spellings[wrong]!r}. tools/words.toml lists the spellings."
            cure = Cure("word-spelling", text)
            yield Finding(f"{name}:{number}", f"{wrong!r} is spelled otherwise here", cure)


def secrets(root: Path) -> Iterator[Finding]:
    """What looks like a secret, or names a person's machine, in anything that is published."""
    for name in tracked("docs", "snippets", "lab", "hooks/snippetlab/images", root=root):
        text = (root / name).read_bytes().decode(errors="replace")
        for number, line in enumerate(text.split("\n"), 1):
            for found in _ANY_SECRET.finditer(line):
                what = list(_SECRETS)[(found.lastindex or 1) - 1]
                text = "Take it out, also of the commits, and revoke it. "
                text += "In a recording: mend the snippet, then snippetlab record."
                cure = Cure("secret", text)
                yield Finding(f"{name}:{number}", f"this looks like {what}", cure)
