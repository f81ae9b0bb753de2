r"""Kinds of volatile value: what differs from run to run, and how to recognise it.

A kind *identifies* (a PID, a digest: equal values mean the same thing, so equalities are
compared) or it *measures* (a size, a duration: any value will do, unless it is bounded).

Values that say something about behaviour are never volatile: the PIDs 0 and 1, the addresses
0.0.0.0, 127.0.0.0/8, `::` and `::1`, and the MAC addresses all 00 and all ff stay literal text.
"""

import operator
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from snippetlab.compare.elision import Elision
from snippetlab.compare.measure import (
    DURATION,
    NUMBER,
    SIZE,
    duration,
    measure,
    number,
    percentage,
    size,
    unmeasured,
)
from snippetlab.compare.pattern import Pattern

_HOLDS = {"<=": operator.le, ">=": operator.ge, "==": operator.eq, "<": operator.lt}
_HOLDS |= {">": operator.gt}

# A number is bare where it is not part of a word (`eth0`, `lab-3`, `3-way`) or of a longer number.
_LEFT, _RIGHT = r"(?<![\w.])(?<![A-Za-z]-)", r"(?![\w%]|\.\d|-[A-Za-z])"
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_CLOCK = r"\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?"
_ZONE = r"(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d(?: UTC)?))?"
_DAY = "(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?"
_YEAR_OR_CLOCK = rf"(?: {{1,2}}\d{{4}}| {_CLOCK}(?: [AP]M)?{_ZONE}(?: \d{{4}})?)"
_TIMESTAMP = (
    rf"\d{{4}}-\d\d-\d\d(?:[T ]{_CLOCK}{_ZONE})?|{_DAY}{_MONTH} [ \d]?\d{_YEAR_OR_CLOCK}"
    rf"|{_DAY}\d\d? {_MONTH} \d{{4}}(?: {_CLOCK}{_ZONE})?|\d\d:\d\d:\d\d(?:[.,]\d+)?"
)
_HEX = "[0-9a-fA-F]"
_HASH, _HASH_512, _SUM = r"[0-9a-f]{64}(?!\w)", r"[0-9a-f]{128}(?!\w)", r"(?<!\w)sha"
_NO_TAIL = r"(?<!\w)(?<!sha256:)(?<![0-9a-f]{4}-)"  # nor the last part of a UUID
_GROUPS = rf"(?:{_HEX}{{1,4}}(?::{_HEX}{{1,4}}){{0,6}})?"
_IPV6 = rf"(?:{_HEX}{{1,4}}:){{7}}{_HEX}{{1,4}}|{_GROUPS}::{_GROUPS}"
_NO_MAC, _OCTET = "(?:00:){5}00|(?:[Ff]{2}:){5}[Ff]{2}", r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_PORT = r"(?:6553[0-5]|655[0-2]\d|65[0-4]\d\d|6[0-4]\d{3}|[1-5]\d{4}|[1-9]\d{0,3})"
_RANDOM = r"(?<=[.\w\-])\.?[A-Za-z0-9_]{6,}"
_REVISION = r"(?:(?:rc|alpha|beta|[abp])\d*|\.dfsg)?(?:[\-+~][A-Za-z0-9.]*[A-Za-z0-9])*"


@dataclass(frozen=True)
class Kind:
    """One kind of volatile value."""

    name: str
    pattern: str
    """A regular expression; if it has a group 1, that is the value and the rest is context."""
    identifies: bool = True
    """Whether equal values mean the same thing; if not, the value measures."""
    parse: Callable[[str], float | None] = unmeasured
    """A measuring value in its base unit (seconds, bytes, percent); None: it has no number."""
    shares: str = ""
    """The kind with whose values these are compared, if it is not this one."""
    own: bool = False
    """Whether an author wrote the pattern: it gets a deadline."""

    @cached_property
    def regex(self) -> re.Pattern[str] | Pattern:
        return Pattern(self.pattern) if self.own else re.compile(self.pattern)

    @property
    def domain(self) -> str:
        """The name under which equalities hold."""
        return self.shares or self.name


@dataclass(frozen=True)
class Bound:
    """What every measuring value of a kind must satisfy."""

    kind: str
    operator: str
    limit: float
    text: str
    """As its author wrote it: `< 3MB`."""

    def holds(self, value: float) -> bool:
        """Whether the value, in its base unit, satisfies it."""
        return bool(_HOLDS[self.operator](value, self.limit))


@dataclass(frozen=True)
class Volatile:
    """What may differ between two runs of one snippet."""

    kinds: tuple[Kind, ...] = ()
    bounds: tuple[Bound, ...] = ()
    unordered: frozenset[str] = frozenset()
    """Names of the steps whose lines may come in any order."""
    elided: tuple[Elision, ...] = ()


def _kind(
    name: str, pattern: str, parse: Callable[[str], float | None] | None = None, shares: str = ""
) -> Kind:
    return Kind(name, pattern, parse is None, parse or unmeasured, shares)


_NO_PID = r"(?<![\d\]*]:)(?<!line )"
"""Where only a port can stand, so that both can be volatile in one snippet; and the number of a
line in a shell's message, which must be that of the file."""
# Those that identify are written in what JavaScript, too, reads (with the flag v).
_KINDS = (  # the more specific ones first: where several match, the first one has the value
    _kind("timestamp", rf"(?<![\w:.-])(?:{_TIMESTAMP})(?![\w:])", unmeasured),
    _kind("uuid", rf"(?<!\w){_HEX}{{8}}(?:-{_HEX}{{4}}){{3}}-{_HEX}{{12}}(?!\w)"),
    _kind("mac", rf"(?<![\w:])(?!{_NO_MAC}){_HEX}{{2}}(?::{_HEX}{{2}}){{5}}(?![\w:])"),
    _kind("ipv6", rf"(?<![\w:.])(?!::1?(?![\w:]))(?:{_IPV6})(?![\w:]|\.\d)"),
    _kind("ipv4", rf"(?<![\w.])(?!127\.|0\.0\.0\.0(?!\d)){_OCTET}(?:\.{_OCTET}){{3}}{_RIGHT}"),
    # The algorithm stays literal, so a digest can be seen to equal the output of sha256sum.
    _kind("digest", rf"(?<={_SUM}256:){_HASH}|(?<={_SUM}512:){_HASH_512}", None, "sha256"),
    _kind("sha256", rf"(?<!\w){_HASH}"),
    _kind("container-id", rf"{_NO_TAIL}(?:[0-9a-f]{{12}}(?!\w)|{_HASH})"),
    _kind("namespace-id", r"(?<=:\[)\d+(?=\])"),
    _kind("path", rf"(?<![\w\/.])(?:(?:/var)?/tmp|/dev/shm)/(?:tmp|[\w.\-]*[._\-]){_RANDOM}"),
    _kind("veth", r"(?<!\w)veth[0-9a-f]{6,8}(?!\w)|(?<=@if)\d+(?!\w)|^\d+(?=: [\w.\-]+@if\d)"),
    _kind("duration", rf"(?<![\w.]){DURATION}(?!\w)", duration),
    _kind("size", rf"(?<![\w.]){SIZE}(?!\w)", size),
    _kind("percentage", rf"(?<![\w.]){NUMBER} ?%", percentage),
    _kind("kernel", r"(?<![\w.])[2-9]\.\d+\.\d+(?:[\-+.~][\w.+~\-]*\w)?(?!\w)"),
    _kind("version", rf"(?<![\w.])v?(?:\d+:)?\d+(?:\.\d+)+{_REVISION}(?![\w%])"),
    _kind("inode", rf"{_LEFT}[1-9]\d*{_RIGHT}"),
    _kind("pid", rf"{_LEFT}{_NO_PID}(?:[2-9]|[1-9]\d{{1,6}}){_RIGHT}(?!/(?:tcp|udp|sctp))"),
    _kind("port", rf"{_LEFT}{_PORT}{_RIGHT}"),
    _kind("n", rf"(?:(?<!\S)-|{_LEFT}){NUMBER}{_RIGHT}", number),
    # How far apart columns stand where even their headings move with what is below them.
    _kind("columns", " +", unmeasured),
)
KINDS = {kind.name: kind for kind in _KINDS}
"""The built-in kinds by name, the more specific ones first."""
_RANKS = {kind: rank for rank, kind in enumerate(_KINDS)}


def ranked(kinds: Iterable[Kind]) -> tuple[Kind, ...]:
    """In the order in which they have a value: own kinds, then the built-in ones."""
    return tuple(sorted(dict.fromkeys(kinds), key=lambda kind: _RANKS.get(kind, -1)))


def parse_volatile(
    items: Sequence[str | Mapping[str, object]], unordered: Iterable[str] = ()
) -> Volatile:
    """Read the tag `volatile`: kinds, bounds, and tables of own kinds; then names of steps.

    Raises ValueError for whatever is not one of these.
    """
    own = [_own_kind(item) for item in items if isinstance(item, Mapping)]
    known = KINDS | {kind.name: kind for kind in own}
    kinds, bounds = [*own], []
    for item in items:
        if isinstance(item, Mapping):
            continue
        found = re.fullmatch(r"\s*([^\s<>=]+)\s*(?:([<>]=?|==)\s*(\S.*?)\s*)?", str(item))
        if not found or not isinstance(item, str):
            raise ValueError(f"{item!r} is no kind and no bound; write it like `size < 3MB`")
        name, sign, limit = found.groups()
        if name not in known:
            raise ValueError(f"unknown kind `{name}`{_hint(name, known)}")
        kinds.append(known[name])
        if sign:
            bounds.append(_bound(known[name], sign, limit))
    return Volatile(ranked(kinds), tuple(bounds), frozenset(unordered))


def _hint(name: str, known: Iterable[str]) -> str:
    nearest = get_close_matches(name, known, n=1)
    return (f"; did you mean `{nearest[0]}`?" if nearest else ";") + f" known: {', '.join(known)}"


def _bound(kind: Kind, sign: str, limit: str) -> Bound:
    if kind.parse is unmeasured:
        raise ValueError(f"`{kind.name} {sign} {limit}`: the kind `{kind.name}` has no measure")
    if (value := kind.parse(limit)) is None:
        raise ValueError(f"`{kind.name} {sign} {limit}`: {limit!r} is no {kind.name}")
    return Bound(kind.name, sign, value, f"{sign} {limit}")


def _own_kind(table: Mapping[str, object]) -> Kind:
    keys = ("name", "pattern", "identifies")
    for key in table:
        if key not in keys:
            raise ValueError(f"unknown key `{key}`{_hint(str(key), keys)}")
    name, pattern, identifies = (table.get(key, True) for key in keys)
    if not isinstance(name, str) or not re.fullmatch("[a-z][a-z0-9-]*", name):
        raise ValueError(f"a kind of your own needs a name like `build-id`, not {name!r}")
    if name in KINDS:
        raise ValueError(f"`{name}` is a built-in kind; give your own another name")
    if not isinstance(identifies, bool):
        raise ValueError(f"`identifies` of `{name}` must be true or false")
    if not isinstance(pattern, str) or not pattern:
        raise ValueError(f"the kind `{name}` needs a pattern")
    try:
        regex = Pattern(pattern)
    except ValueError as error:
        raise ValueError(f"the pattern of `{name}` is no regular expression: {error}") from None
    if any(regex.matches_nothing(text) for text in ("", "a 0 Z.")):
        raise ValueError(f"the pattern of `{name}` matches the empty string")
    return Kind(name, pattern, identifies, unmeasured if identifies else measure, own=True)
