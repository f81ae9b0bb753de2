"""What stands below a transcript: where it ran, its file, and what copies its commands; and what
stands above it: what it shows, and the button that runs it in the tab."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from snippetlab.show.block import Block, Machine
from snippetlab.show.copied import copied
from snippetlab.show.part import Part
from snippetlab.show.words import Words
from snippetlab.snippet.command import flatten
from snippetlab.snippet.snippet import in_language
from snippetlab.stated import ANY, Stated

_WORD = re.compile(r"(?<![\w./-])[\w.-]+")
"""What may be the name of a command, not the end of a path."""
_ANY_WORD = re.compile(r"\w[\w.-]*")
"""Also the end of a path, and an option without its hyphens."""


@dataclass(frozen=True)
class Head:
    """What stands above, as the templates have it; each text may be empty."""

    claim: str
    user: str
    """As whom it ran: a prompt `$` would make readers think of themselves, who are not root."""
    run: str
    """The label of the button that runs it in the reader's tab."""
    elsewhere: str
    """Why there is no such button."""
    machine: Machine | None
    id: str
    before: str
    """Where the part of the run before this one ends."""

    @property
    def size(self) -> str:
        """What the tab gets at the first press, in megabytes."""
        return f"{sum(self.machine.loads.values()) / 1e6:.0f}" if self.machine else ""

    @property
    def parts(self) -> str:
        """The same in bytes, by part: after the first press some are there already."""
        loads = self.machine.loads if self.machine else {}
        return " ".join(f"{name}={size}" for name, size in loads.items())


def head(block: Block, name: str = "") -> Head | None:
    """What there is to be said above, if there is something; `name` tells two buttons apart.

    Of the parts of a run the first has the claim, and the button, which runs all of it.
    """
    snippet, words = block.snippet, block.frame.words
    later = block.part if block.part and block.part.start else None
    claim = "" if later else in_language(snippet.proves, words.language)
    user = words["transcript"]["root"] if snippet.runs else ""
    run, elsewhere, machine = "", "", block.frame.machine
    if snippet.browser and machine and not later:
        run = words["transcript"]["run"] + (f": {name}" if name else "")
    elif machine and not later:
        elsewhere = in_language(snippet.elsewhere, words.language)
    before = _link(block, later.before) if later else ""
    if not (claim or user or run or before):
        return None
    return Head(claim, user, run, elsewhere, machine, snippet.id, before)


def part_words(part: Part, words: Words) -> str:
    """Which steps of the run it is."""
    name = "part" if part.begin < part.end else "part-step"
    return words["transcript"][name].format(first=part.begin, last=part.end, count=part.count)


def _link(block: Block, step: str) -> str:
    return f"#{block.anchor}-{step}" if step else ""


@dataclass(frozen=True)
class Caption:
    """What stands below, as the templates have it."""

    title: str
    """Where it ran, or that it did not."""
    runs: bool
    name: str
    """Of its file."""
    href: str
    """Where that is."""
    reason: str
    """Why it does not run."""
    source: str
    """The address where that is documented."""
    host: str
    """Of the source."""
    facts: tuple[str, ...]
    """What it ran with, and when it was verified."""
    own: str
    """How readers run it themselves."""
    is_volatile: bool
    """Whether parts of its output are marked as differing from run to run."""
    report: str
    """Where readers tell what they saw; empty if the site does not know."""
    copied: str | None
    """What the button copies; None where there is no button."""
    part: str
    """Which of the run's steps these are; empty for all."""
    after: str
    """Where the next part begins."""
    versions: tuple[str, ...]
    """In which other versions of the lab it printed the same, or was not recorded yet."""


def caption(block: Block, *, alone: bool = True) -> Caption:
    """Where it ran or why it did not, its file, and what a button copies.

    One that is not `alone` has no switch, and says in which versions it differs.
    """
    snippet, frame, words, part = block.snippet, block.frame, block.frame.words, block.part
    ran = snippet.runs and not frame.placeholder
    begins = not (part and part.start)  # what holds for the run is said once
    if not snippet.runs:
        title = words["transcript"]["not-run"]
    elif frame.placeholder:
        title = words["placeholder"]["title"]
    else:
        title = words["transcript"]["ran"].format(words["labs"].get(snippet.lab, snippet.lab))
    return Caption(
        title,
        snippet.runs,
        snippet.path.name,
        frame.href,
        in_language(snippet.reason, words.language),
        snippet.source,
        re.sub(r"^https?://([^/]+).*", r"\1", snippet.source),
        facts(block) if ran and begins else (),
        words["transcript"]["own"] if snippet.runs and begins else "",
        ran and any(kind.name != "columns" for kind in snippet.volatile.kinds),
        _report(block) if snippet.runs and frame.repository and begins else "",
        None if block.pair else copied(block),
        part_words(part, words) if part else "",
        _link(block, part.after) if part else "",
        tuple(_versions(block, alone=alone)) if ran else (),
    )


def facts(block: Block) -> tuple[str, ...]:
    """The versions of what it ran with, and when it was verified."""
    verified = block.frame.words["transcript"]["verified"].format(block.frame.verified)
    return (*_facts(block), *([verified] if block.frame.verified else []))


def _versions(block: Block, *, alone: bool) -> Iterator[str]:
    """What is to be said of other versions of the lab than that which is shown."""
    said = block.frame.words["transcript"]
    for other in block.others:
        name = in_version(block, _exact(other.block))
        if other.block.frame.placeholder:
            yield said["unrecorded"].format(name)
        elif not block.shown(other):
            yield said["same"].format(name)
        elif not alone:
            yield said["otherwise"].format(name)


def in_version(block: Block, version: str) -> str:
    """The lab's name with a version: `Docker 28`."""
    words, lab = block.frame.words, block.snippet.lab
    name = words["labs"].get(lab, lab)
    return words["transcript"]["version"].format(name=name, version=version)


def _exact(block: Block) -> str:
    """The version as its package has it (26.1.5), if one does whose version pages state."""
    version, name = block.snippet.version, block.snippet.lab
    lab, packages = block.frame.lock.labs.get(name), block.frame.stated.get(name, Stated()).packages
    stated = [lab.packages[name] for name in packages if name in lab.packages] if lab else []
    found = (own for own in map(_version, stated) if f"{own}.".startswith(f"{version}."))
    return next(found, version)


def _report(block: Block) -> str:
    id_ = block.snippet.id
    form = {
        "template": "output.yml",
        "title": block.frame.words["transcript"]["report-title"].format(id_),
        "snippet": id_,
        "recorded": ", ".join(_facts(block)),
    }
    return f"{block.frame.repository}/issues/new?{urlencode(form, quote_via=quote)}"


def _facts(block: Block) -> Iterator[str]:
    """The versions of what it ran with."""
    frame = block.frame
    if not (lab := frame.lock.labs.get(block.snippet.lab)):
        return
    if debian := lab.packages.get("base-files"):
        yield f"Debian {_version(debian)}"
    yield f"Linux {_version(lab.kernel)}"
    used = {word for command in flatten(block.commands) for word in _WORD.findall(command.text)}
    used |= block.snippet.language.programs
    stated, said = frame.stated.get(block.snippet.lab, Stated()), frame.words["facts"]
    always, some = list[str](), list[str]()
    for package, commands in stated.packages.items():
        if version := lab.packages.get(package):
            name = f"{stated.called(package)} {_version(version)}"
            if ANY in commands:
                always.append(name)
            elif not used.isdisjoint(commands):
                some.append(name)
    named = {
        word for command in flatten(block.commands) for word in _ANY_WORD.findall(command.text)
    }
    facts = {fact: stated.of(fact, named) for fact in stated.facts}
    always += [said.get(fact, "{}").format(of) for fact, of in facts.items() if of]
    yield from dict.fromkeys([*always, *some])


def _version(version: str) -> str:
    """The upstream part of a Debian version or kernel release: `1:2.41.5-0+deb13u1` → 2.41.5."""
    upstream = re.sub(r"^\d+:", "", version).split("-")[0].split("+")[0]
    return re.sub(r"~d(fsg|s)\d*$", "", upstream)
