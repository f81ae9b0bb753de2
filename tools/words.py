"""Other words than those of tools/words.toml, and secrets that must not be published."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from snippetlab.errors import Cure
from snippetlab.show.page import read_page
from snippetlab.show.prose import texts
from tools.finding import Finding, tracked

_WORDS = Path(__file__).with_name("words.toml")
QUOTED = re.compile(r"`[^`]*`|\]\([^)]*\)|“[^”]*”|\"[^\"]*\"|'[^']*'|‘[^’]*’")
"""Code, addresses and what others said keep their spelling."""
_CODE = re.compile(r"`[^`]*`|\baliases: .*")
"""So do names that readers may type. Quotation marks are of the file's form here."""
_ELSEWHERE = (
    *("docs/words", "docs/pictures", "docs/overrides", "docs/*.yml", "docs/**.svg"),
    *("snippets", ":!*.out", "tests/hostile/*.toml"),
)
"""What else readers see. It is in several languages, and Korean is known by its letters."""

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
    """Terms that are written otherwise; code and quotations are left alone."""
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
            page = read_page(root / name)
            head = enumerate(page.lines[: page.start - 1], 1)
            yield from _misspelt(name, (*head, *texts(page)), spellings, QUOTED)
    known = {wrong: right for table in words.values() for wrong, right in table.items()}
    other = {wrong: right for wrong, right in known.items() if not wrong.isascii()}
    for name in tracked(*_ELSEWHERE, root=root) if other else ():
        text = (root / name).read_bytes().decode(errors="replace")
        yield from _misspelt(name, enumerate(text.split("\n"), 1), other, _CODE)


def _misspelt(
    name: str,
    lines: Iterable[tuple[int, str]],
    spellings: Mapping[str, str],
    left_alone: re.Pattern[str],
) -> Iterator[Finding]:
    any_of = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(map(re.escape, spellings))})(?![A-Za-z])")
    for number, line in lines:
        prose = left_alone.sub(" ", line)
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
