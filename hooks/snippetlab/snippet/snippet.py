"""A snippet and its tags: one runnable file with a TOML header in comments.

The header has the form of PEP 723 (https://peps.python.org/pep-0723/), block type `snippet`.
"""

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from snippetlab.compare.kinds import Volatile
from snippetlab.errors import Cure, SourceError, display
from snippetlab.files import read_source, refuse_controls
from snippetlab.limits import DEFAULTS, SOURCE, Limits, parse_limits
from snippetlab.registry import BROWSER, DEFAULT, LABS
from snippetlab.snippet.conflict import find_conflict
from snippetlab.snippet.depends import parse_depends
from snippetlab.snippet.differs import Differs, parse_differs
from snippetlab.snippet.language import LANGUAGES, Language, sign_of
from snippetlab.snippet.leaks import parse_leaves
from snippetlab.snippet.requires import NOTHING, Requires, parse_requires
from snippetlab.snippet.tags import Tags
from snippetlab.snippet.versions import parse_versions

NOT_RUN = "none"
"""What the tag `lab` says where no lab can run the snippet."""
RECORDING = ".out"
"""The suffix of a recording, which lies beside its snippet."""
OF = "@"
"""Stands in an id between that of a snippet and the name of its version or experiment."""


class HeaderlessError(SourceError):
    """A file that is no snippet, unless its header was forgotten."""


@dataclass(frozen=True)
class Snippet:
    """One runnable file under snippets/."""

    id: str
    """Its path below snippets/ without the suffix: `isolation/uts`."""
    path: Path
    lab: str
    """Where it runs; `none` for what can run in no lab here."""
    proves: Mapping[str, str]
    """The claim that its transcript shows to be true, by language; see `in_language`."""
    after: str
    """The id of the snippet right after which it runs, in the same instance of the lab."""
    timeout: float
    """Seconds the whole run may take."""
    files: Mapping[str, Path]
    """Name in the working directory → the file that is copied there."""
    volatile: Volatile
    """What differs from run to run (see kinds.py), and how it is compared (see compare/)."""
    values: Mapping[str, str]
    """Name → pattern of a figure that prose quotes (see values.py)."""
    holds: tuple[str, ...]
    """Relations between values, its own and those of its chain (see relation.py)."""
    reason: Mapping[str, str]
    """Lab `none`: why it does not run, by language; see `in_language`."""
    source: str
    """Lab `none`: where the commands are documented."""
    code: str
    """The file without its header; blank lines stand in for it, so line numbers hold."""
    limits: Limits = DEFAULTS
    """How much it may use (see limits.py)."""
    leaves: frozenset[str] = frozenset()
    """What it may leave behind when it ends (see leaks.py)."""
    browser: bool = False
    """Whether it holds in the browser lab as well, so that readers can run it in their tab."""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Why it does not, by language; see `in_language`. Empty where nobody has said it."""
    apart: bool = False
    """Whether its standard error is told apart from its standard output."""
    requires: Requires = NOTHING
    """What the machine must have, or it is skipped there."""
    depends: frozenset[str] = frozenset()
    """What else than its programs it depends on: where that differs, so may what it prints."""
    terminal: bool = False
    """Whether its shell's input and output are a terminal."""
    session: bool = False
    """Whether an interpreter is given its statements one after another."""
    heading: str = ""
    """The lines of its header, which blank ones stand for in `code`."""
    versions: tuple[str, ...] = ()
    """Versions of its lab in which it is recorded, its own first; empty if there is but one."""
    differs: Differs | None = None
    """Why it prints something else in some of them."""
    variant: str = ""
    """The version in which this one runs, if it is another than that of the file's tag `lab`."""
    changes: Path | None = None
    """The file whose code this is with something changed, if it is an experiment's."""

    @property
    def text(self) -> str:
        """The whole file, as readers download it."""
        return self.heading + self.code[self.heading.count("\n") :]

    @property
    def file(self) -> Path:
        """What runs, by its name: of an experiment the file that it changes."""
        return self.changes or self.path

    @property
    def language(self) -> Language:
        return LANGUAGES[self.file.suffix]

    @property
    def recording(self) -> Path:
        if self.variant:
            return self.path.with_name(f"{self.path.stem}{OF}{self.variant}{RECORDING}")
        return self.path.with_suffix(RECORDING)

    @property
    def version(self) -> str:
        """The one of its lab in which it runs; empty if there is but one."""
        return self.variant or next(iter(self.versions), "")

    @property
    def runs(self) -> bool:
        return self.lab != NOT_RUN

    def line_of(self, tag: str) -> int:
        """Where the tag stands in the file, from 1; 1 if it does not."""
        if self.changes:
            return 1
        lines = read_source(self.path).split("\n")
        sign = re.escape(sign_of(self.path))
        found = (n for n, line in enumerate(lines, 1) if re.match(rf"{sign}\s*{tag}\s*=", line))
        return next(found, 1)


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in that language, or that for all, which is under ``""``, or the English one.

    Where there is none of these, any.
    """
    return texts.get(language) or texts.get("") or texts.get("en") or next(iter(texts.values()), "")


def id_of(path: Path, snippets: Path) -> str:
    """Of a file below the directory `snippets`: its path there, without the suffix."""
    return path.relative_to(snippets).with_suffix("").as_posix()


def read_snippet(path: Path, snippets: Path) -> Snippet:
    """Read one file below the directory `snippets`.

    Raises HeaderlessError for one without a header, and SourceError for one that cannot be read
    and for any unknown or wrong tag.
    """
    text = read_source(path, SOURCE)
    _refuse_other_systems(path, text)
    refuse_controls(path, text)
    if conflict := find_conflict(text):
        cure = Cure("snippet-conflict", "Keep what is right of the two, and remove the marks.")
        raise SourceError(path, conflict, "the file holds a merge conflict", cure)
    header, first, last = _header(path, text)
    tags = Tags(path, first, header)
    lines = text.split("\n")
    code = "\n".join([""] * last + lines[last:])
    lab = tags.choice("lab", (*LABS, NOT_RUN))
    allowed = LABS.get(lab, LABS[DEFAULT])
    browser, elsewhere = tags.browser(default=lab == BROWSER, allowed=lab != NOT_RUN)
    return Snippet(
        id=id_of(path, snippets),
        path=path,
        lab=lab,
        proves=tags.texts("proves"),
        after=tags.text("after") if "after" in tags else "",
        timeout=tags.seconds("timeout", allowed.timeout, allowed.longest),
        limits=tags.parsed("limits", parse_limits, {}, '# limits = { memory = "64MB" }'),
        leaves=tags.parsed("leaves", parse_leaves, [], '# leaves = ["process", "mount"]'),
        files=tags.files("files", snippets),
        volatile=tags.volatile(),
        values=tags.patterns("values") if "values" in tags else {},
        holds=tags.relations("holds"),
        reason=tags.texts("reason") if lab == NOT_RUN else {},
        source=tags.text("source") if lab == NOT_RUN else "",
        browser=browser,
        elsewhere=elsewhere,
        apart=tags.apart("stderr", allowed=not browser),
        requires=tags.parsed("requires", parse_requires, {}, '# requires = { kernel = "5.13" }'),
        depends=tags.parsed("depends", parse_depends, [], '# depends = ["kernel"]'),
        terminal=tags.terminal(allowed=lab != NOT_RUN),
        session=tags.session(),
        differs=tags.parsed("differs", parse_differs, {}, '# differs = { kind = "…", en = "…" }'),
        versions=tags.parsed("versions", parse_versions, [], '# versions = ["28", "26"]'),
        code=code,
        heading="".join(f"{line}\n" for line in lines[:last]),
    )


def _refuse_other_systems(path: Path, text: str) -> None:
    """What editors on Windows put into a file, and no shell there would notice."""
    if text.startswith("\ufeff"):
        remove = f"sed -i '1s/^\\xef\\xbb\\xbf//' {shlex.quote(display(path))}"
        cure = Cure("byte-order-mark", f"Remove it: {remove}")
        raise SourceError(path, 1, "the file begins with a byte order mark", cure)
    if (end := text.find("\r\n")) >= 0:
        convert = f"sed -i 's/\\r$//' {shlex.quote(display(path))}"
        cure = Cure("carriage-returns", f"Convert it: {convert}")
        message = "the file has the line ends of Windows (CR LF)"
        raise SourceError(path, text.count("\n", 0, end) + 1, message, cure)


def _header(path: Path, text: str) -> tuple[str, int, int]:
    """The TOML text, and the numbers of its opening and closing lines."""
    lines, sign = text.split("\n"), sign_of(path)
    cure = Cure(
        "header",
        f'Begin the file with "{sign} /// snippet", TOML lines after "{sign} ", and "{sign} ///".',
    )
    first = 1 if lines[0].startswith("#!") else 0
    if lines[first].rstrip() != f"{sign} /// snippet":
        raise HeaderlessError(path, first + 1, "the snippet has no header", cure)
    toml: list[str] = []
    for number, line in enumerate(lines[first + 1 :], first + 2):
        if line.rstrip() == f"{sign} ///":
            return "\n".join(toml), first + 1, number
        if not re.match(rf"{re.escape(sign)}(?: |$)", line):
            break
        toml.append(line[len(sign) + 1 :])
    raise SourceError(path, first + 1, "the header does not end", cure)
