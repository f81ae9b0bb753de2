"""How what a step printed is read: a form for each program whose output a picture is drawn from."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

Row = Mapping[str, str]
Table = Mapping[str, Row]
"""Rows by what each is about, in the order in which they were printed."""


class ReadingError(ValueError):
    """Output that does not have its form; `line` counts from 1 within it."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Form:
    """A program's output, line by line."""

    example: str
    read: Callable[[str], Table]


def _by_line(pattern: str, key: str, skip: str, text: str) -> Table:
    """Each line has the pattern, but for those to be skipped; `key` names the group of the key."""
    rows: dict[str, Row] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if found := re.fullmatch(pattern, line):
            row = {name: value or "" for name, value in found.groupdict().items()}
            rows[row.get(key) or str(len(rows) + 1)] = row
        elif not re.fullmatch(skip, line):
            raise ReadingError(number, line)
    return rows


def _listing(text: str) -> Table:
    """`ls` of several directories: a row for each, and for each name in it."""
    rows: dict[str, Row] = {}
    directory = ""
    for number, line in enumerate(text.splitlines(), 1):
        if found := re.fullmatch(r"(.+):", line):
            directory = found[1]
            rows[directory] = {"directory": directory, "name": ""}
        elif line and not directory:
            raise ReadingError(number, line)
        elif line:
            rows[f"{directory}/{line}"] = {"directory": directory, "name": line}
    return rows


def _build(text: str) -> Table:
    """Steps of a build in their order, and whether each was taken from the cache."""
    rows: dict[str, dict[str, str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if found := re.fullmatch(r"\[(\d+)/\d+\] (.+)", line):
            rows[found[1]] = {"number": found[1], "instruction": found[2], "cached": ""}
        elif line == "CACHED" and rows:
            rows[list(rows)[-1]]["cached"] = line
        else:
            raise ReadingError(number, line)
    return rows


def _form(example: str, pattern: str, key: str = "", skip: str = r"\s*") -> Form:
    return Form(example, partial(_by_line, pattern, key, skip))


_FILE = r"(?P<path>\S+)"
FORMS: Mapping[str, Form] = {
    "addresses": _form(
        "veth0@if2 UP 10.0.0.1/24",
        r"(?P<device>\w+)(?:@\w+)?\s+(?P<state>\w+)\s+(?P<address>[\d.]+)/\d+\s*",
        "device",
    ),
    "build": Form("[2/5] COPY go.mod /src/", _build),
    "counts": _form("oom_kill 1", r"(?P<name>\w+) (?P<value>\d+)", "name"),
    "counted": _form(
        "-A INPUT -p tcp … --dport 8080 -c 0 0 -j DROP",
        r"-A (?P<chain>\S+) .*--dport (?P<port>\d+)"
        r" -c (?P<packets>\d+) (?P<bytes>\d+) -j (?P<target>\S+)",
        "chain",
    ),
    "digests": _form("sha256:294e56bb…", r"sha256:(?P<digest>[0-9a-f]{64})"),
    "dnat": _form(
        "-A DOCKER … --dport 8080 -j DNAT --to-destination 172.17.0.2:80",
        r"-A \S+ .*?(?:-d (?P<address>[\d.]+)(?:/32)? .*)?-p (?P<protocol>\w+) .*--dport"
        r" (?P<port>\d+) -j DNAT --to-destination (?P<to>(?P<host>[\d.]+):(?P<inside>\d+))",
    ),
    "flow": _form(
        "src=192.0.2.2 dst=192.0.2.1 sport=59476 dport=8080",
        r"src=(?P<from>[\d.]+) dst=(?P<to>[\d.]+) sport=(?P<fromport>\d+) dport=(?P<toport>\d+)",
    ),
    "history": _form("21MB<tab>RUN /bin/sh -c …", r"(?P<size>\S+)\t(?P<made>.+)"),
    "idmap": _form("0 1000 1", r"\s*(?P<inside>\d+)\s+(?P<outside>\d+)\s+(?P<count>\d+)"),
    "lines": _form("any text, one line at a time", r"(?P<text>.*\S.*)"),
    "listing": Form("upper:", _listing),
    "nspid": _form(
        "/proc/5/status:NSpid: 5 2",
        r"(?:/proc/\d+/status:)?NSpid:\s+(?P<outer>\d+)(?:\s+(?P<inner>\d+))?",
        "outer",
        r"Name:.*",
    ),
    "owner": _form("1000:1000", r"(?P<user>\d+):(?P<group>\d+)"),
    "pids": _form("    1 sh", r"\s*(?P<pid>\d+)\s+(?P<command>\S.*)", "pid", r"\s*PID .*"),
    "ps": _form(
        "    5       4 sleep infinity",
        r"\s*(?P<pid>\d+)\s+(?P<ppid>\d+)\s+(?P<command>\S.*)",
        "pid",
        r"\s*PID .*",
    ),
    "sizes": _form("lower/data 4194304", rf"{_FILE} (?P<size>\d+)", "path"),
    "sums": _form("294e56bb…  layer.tar", rf"(?P<digest>[0-9a-f]{{64}})  {_FILE}", "path"),
    "types": _form(
        "upper/remove: character special file 0,0",
        rf"{_FILE}: (?P<type>[a-z ]+) (?P<device>[0-9a-f]+,[0-9a-f]+)",
        "path",
    ),
}
"""Each by the name that a picture gives."""
