"""Kinds of volatile value: what each one matches, what it measures, and how it is written."""

import pytest

from snippetlab.compare.kinds import KINDS, parse_volatile
from snippetlab.compare.lines import tokens

HASH = "0123456789abcdef" * 4
UUID = "123e4567-e89b-12d3-a456-426614174000"

# Values stand between « and »; a kind is the only one that is asked for.
MATCHES = [
    ("pid", "PID «812», [«4194304»] «2», pid=«77»."),
    ("pid", "0 1 eth0 812x x812 lab-3 3-way line 9: 12.5 12345678 50% 0.0.0.0:8080->80/tcp 007"),
    ("container-id", f"«a1b2c3d4e5f6» docker-«{HASH}».scope «123456789012»"),
    ("container-id", f"a1b2c3d4e5f xa1b2c3d4e5f6 A1B2C3D4E5F6 {UUID} sha256:{HASH} {HASH}0"),
    ("digest", f"busybox@sha256:«{HASH}» sha512:«{HASH * 2}»"),
    ("digest", f"{HASH} sha256:{HASH}0 sha256:{HASH[1:]} xsha256:{HASH}"),
    ("sha256", f"«{HASH}»  manifest.json sha256:«{HASH}»"),
    ("sha256", f"{HASH}0 {HASH[1:]} x{HASH} {HASH.upper()}"),
    ("inode", "«131» file"),
    ("inode", "0 file2 x-3 4.5"),
    ("namespace-id", "net:[«4026531833»]"),
    ("namespace-id", "4026531833 [4026531833]"),
    ("ipv4", "«172.17.0.2»/16 via «10.0.0.1»:80."),
    ("ipv4", "127.0.0.1 0.0.0.0:80 256.1.1.1 1.2.3 1.2.3.4.5 v1.2.3.4"),
    ("ipv6", "«fe80::42:acff:fe11:2»/64 [«2001:db8::»]:80 «1:2:3:4:5:6:7:8»"),
    ("ipv6", "::1 [::]:80 12:30:45 std::cout 1:2:3:4:5:6:7 02:42:ac:11:00:02"),
    ("mac", "link/ether «02:42:ac:11:00:02» brd ff:ff:ff:ff:ff:ff"),
    ("mac", "00:00:00:00:00:00 02:42:ac:11:00 02:42:ac:11:00:02:03"),
    ("port", "127.0.0.1:«8080»->«80»/tcp «65535»"),
    ("port", "0 65536 eth0 1.5"),
    ("uuid", f"«{UUID}» «{UUID.upper()}»"),
    ("uuid", f"x{UUID} {UUID}0 {UUID[1:]}"),
    ("kernel", "Linux «6.18.44-0-virt» «6.12.48+deb13-amd64» /lib/modules/«6.1.0»/kernel"),
    ("kernel", "6.18 1.2.3 x6.1.0 16.1.0"),
    ("version", "«1.2» «1.2.3-4+deb13u1», «2:1.7.27~ds1-1+b2» «v1.2» glibc-«2.41». «3.13.0rc2»"),
    ("version", "12 1.5s 4.0K 12.5% python3.11 libc.so.6"),
    ("path", "«/tmp/tmp.Ab3dEf9hIj»/bin «/tmp/tmpx1y2z3_4», «/var/tmp/build-4fG7hJ»"),
    ("path", "/tmp /tmp/build /x/tmp/tmp.Ab3dEf9hIj /tmp/tmp.abc"),
    ("veth", "«12»: eth0@if«13»: «veth1a2b3c»@if«12» «veth1a2b3c4»"),
    ("veth", "1: lo: eth0 veth0 vethxyzxyz 12: eth0: xveth1a2b3c"),
    ("timestamp", "«2026-11-24T08:03:11.123456Z» «2026-11-24 08:03:11 +0000 UTC» «2026-11-24»"),
    ("timestamp", "«Nov 24 08:03» «Nov  4  2025» «Tue Nov 24 10:13:18 UTC 2026» «08:03:11»"),
    ("timestamp", "«Tue, 24 Nov 2026 08:03:11 +0000» «2026-11-24T08:03:11+09:00»."),
    ("timestamp", "08:03 November 1:2:3:4 12026-11-24 02:42:ac:11:00:02 11:22:33:44:55:66"),
    ("duration", "«1.5s» «12ms» real «0m0.003s» «3 minutes ago» Up «2 seconds»"),
    ("duration", "«About a minute ago» «Less than a second» «1 day, 2 hours and 3 minutes»"),
    ("duration", "a second line, 12 5x 3 minutemen x5s 4.0K"),
    ("size", "«4.1kB» «3 MB» «12MiB» «4.0K» «2.1G» «512B» «1,024 bytes» «5 MB»/s"),
    ("size", "12 5 x3MB 3 Mbit 3m 5 M"),
    ("percentage", "«12.5%» «3 %»"),
    ("percentage", "12 x5% 1.2.3"),
    ("n", "«0» «-5» «12.5», «1,024» 0x «0»-«3»"),
    ("n", "eth0 12% 1.2.3 lab-3 3-way 5MB"),
    ("columns", "NAME«   »STATUS« »x"),
    ("columns", "NAME\tSTATUS"),
]


@pytest.mark.parametrize(("kind", "marked"), MATCHES)
def test_a_kind_matches_whole_values_only(kind: str, marked: str) -> None:
    found = tokens(marked.replace("«", "").replace("»", ""), [KINDS[kind]])
    written = "".join(f"«{token.text}»" if token.kind else token.text for token in found)
    assert written == marked


def test_each_kind_is_tested() -> None:
    assert {kind for kind, text in MATCHES if "«" in text} == set(KINDS)
    assert {kind for kind, text in MATCHES if "«" not in text} == set(KINDS)


@pytest.mark.parametrize(
    ("kinds", "text", "expected"),
    [
        ("n pid", "812", "pid"),
        ("pid port", "*:8080", "port"),
        ("pid port", "80/tcp", "port"),
        ("port pid", "8080", "pid"),
        ("version kernel", "6.18.44-amd64", "kernel"),
        ("version ipv4", "10.0.0.1", "ipv4"),
        ("n version", "1.2", "version"),
        ("container-id sha256", HASH, "sha256"),
        ("n timestamp", "2026-11-24", "timestamp"),
    ],
)
def test_the_more_specific_kind_has_the_value(kinds: str, text: str, expected: str) -> None:
    found = tokens(text, [KINDS[kind] for kind in kinds.split()])
    values = [token for token in found if token.kind]
    assert values[0].kind == KINDS[expected]


def test_own_kinds_come_first_and_may_name_their_context() -> None:
    rules = parse_volatile(["pid", "n", {"name": "build-id", "pattern": r"build (\d+) of"}])
    found = tokens("812 build 77 of 5 builds", rules.kinds)
    written = [(token.kind.name, token.text) if token.kind else token.text for token in found]
    assert written == [
        ("pid", "812"),
        " build ",
        ("build-id", "77"),
        " of ",
        ("pid", "5"),
        " builds",
    ]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("size", "4.1kB", 4100),
        ("size", "3 MB", 3e6),
        ("size", "12MiB", 12 * 2**20),
        ("size", "4.0K", 4096),
        ("size", "2G", 2**31),
        ("size", "512B", 512),
        ("size", "1,024 bytes", 1024),
        ("duration", "1.5s", 1.5),
        ("duration", "12ms", 0.012),
        ("duration", "250µs", 0.00025),
        ("duration", "0m0.003s", 0.003),
        ("duration", "1h2m3s", 3723),
        ("duration", "3 minutes ago", 180),
        ("duration", "About an hour ago", 3600),
        ("duration", "Less than a second", 0),
        ("duration", "1 day, 2 hours and 3 minutes", 86400 + 7200 + 180),
        ("percentage", "12.5%", 12.5),
        ("n", "-1,024.5", -1024.5),
        ("timestamp", "2026-11-24", None),
        ("size", "3 apples", None),
        ("duration", "soon", None),
    ],
)
def test_what_a_value_measures(kind: str, text: str, expected: float | None) -> None:
    assert KINDS[kind].parse(text) == (expected if expected is None else pytest.approx(expected))


@pytest.mark.parametrize(
    ("item", "value", "holds"),
    [
        ("size < 3MB", "2.9 MB", True),
        ("size<3MB", "3MB", False),
        ("duration <= 2s", "2000ms", True),
        ("n >= 2", "1", False),
        ("n > 2", "2", False),
        ("percentage == 50", "50%", True),
        ("rss < 3000", "2999", True),
        ("rss < 3000", "3000", False),
    ],
)
def test_bounds(item: str, value: str, holds: bool) -> None:
    rss = {"name": "rss", "pattern": r"VmRSS:\s+(\d+) kB", "identifies": False}
    rules = parse_volatile([item, rss])
    (bound,) = rules.bounds
    kind = next(kind for kind in rules.kinds if kind.name == bound.kind)
    number = kind.parse(value)
    assert number is not None
    assert bound.holds(number) is holds
    assert not kind.identifies


def test_the_names_of_unordered_steps_are_kept() -> None:
    assert parse_volatile([], ["listing"]).unordered == {"listing"}


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ("contaner-id", "unknown kind `contaner-id`; did you mean `container-id`?"),
        ("zzz", "unknown kind `zzz`; known: timestamp, uuid"),
        ("", "'' is no kind and no bound"),
        ("size <", "is no kind and no bound"),
        ("size = 3MB", "is no kind and no bound"),
        (5, "5 is no kind and no bound"),
        ("pid < 5", "the kind `pid` has no measure"),
        ("timestamp > 2026-11-24", "the kind `timestamp` has no measure"),
        ("size < 3 apples", "'3 apples' is no size"),
        ({"name": "x", "patern": "x"}, "unknown key `patern`; did you mean `pattern`?"),
        ({"pattern": "x"}, "needs a name"),
        ({"name": "Bad name", "pattern": "x"}, "needs a name"),
        ({"name": "pid", "pattern": "x"}, "`pid` is a built-in kind"),
        ({"name": "x"}, "the kind `x` needs a pattern"),
        ({"name": "x", "pattern": ""}, "the kind `x` needs a pattern"),
        ({"name": "x", "pattern": "("}, "is no regular expression"),
        ({"name": "x", "pattern": "a*"}, "matches the empty string"),
        ({"name": "x", "pattern": r"\b"}, "matches the empty string"),
        ({"name": "x", "pattern": "a", "identifies": "no"}, "must be true or false"),
    ],
)
def test_mistakes_are_named(item: object, message: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        parse_volatile([item])  # type: ignore[list-item]
    assert message in str(caught.value)
