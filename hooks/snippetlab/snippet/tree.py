"""The files below snippets/: which are snippets, which belong to one, and which to none."""

import os
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from snippetlab.checkout import read
from snippetlab.errors import Cure, SourceError, display
from snippetlab.limits import RECORDED
from snippetlab.registry import VERSION
from snippetlab.snippet.experiment import EXPERIMENT
from snippetlab.snippet.language import LANGUAGES
from snippetlab.snippet.snippet import OF, RECORDING

KEPT = ("verification.json",)
"""Files of the engine's own, directly below snippets/."""
_SUFFIXES = ", ".join(LANGUAGES)


@dataclass(frozen=True)
class Tree:
    """The files, in the order of their paths; those of editors and file managers left out."""

    sources: tuple[Path, ...]
    recordings: tuple[Path, ...]
    others: tuple[Path, ...]
    """What a snippet may list in its tag `files`."""
    experiments: tuple[Path, ...] = ()

    def faults(self) -> Iterator[SourceError]:
        """Recordings that belong to no snippet, and those beyond what all may have together."""
        stems = {path.with_suffix("") for path in (*self.sources, *self.experiments)}
        for path in self.recordings:
            if path.with_suffix("") not in stems and _without_version(path) not in stems:
                text = f"Rename it with its snippet, or remove it: git rm {display(path)}"
                message = "the recording belongs to no snippet"
                yield SourceError(path, 1, message, Cure("orphan", text))
        total = 0
        for path in self.recordings:
            total += path.lstat().st_size
            if total > RECORDED:
                message = f"with this one, recordings have {total:,} bytes, of at most {RECORDED:,}"
                cure = Cure("recordings-size", "Let snippets print less, such as by: | head")
                yield SourceError(path, 1, message, cure)

    def unversioned(self, recorded: Collection[Path]) -> Iterator[SourceError]:
        """Recordings of a version of a snippet that are not among those `recorded`."""
        for path in self.recordings:
            if path.with_suffix("") != _without_version(path) and path not in recorded:
                name, _, version = path.stem.partition(OF)
                text = f"Name it in the tag `versions` of {name}, or remove the file:"
                cure = Cure("orphan-version", f"{text} git rm {display(path)}")
                yield SourceError(path, 1, f"{name} is not recorded in version {version}", cure)

    def unused(self, used: Iterable[Path]) -> Iterator[SourceError]:
        """Files that are neither snippets nor among those `used` by one."""
        known = {path.resolve() for path in used}
        for path in self.others:
            if path.resolve() not in known:
                text = f"Snippets end in {_SUFFIXES}; what one of them uses is in its tag `files`."
                yield SourceError(path, 1, "no snippet uses this file", Cure("unused-file", text))

    def foreign(self) -> Iterator[SourceError]:
        """Files that begin as a snippet does, in a language that is not in the table."""
        for path in self.others:
            if _has_header(path):
                message = f"no snippet can be written in the language of {path.suffix!r} here"
                text = f"Snippets end in {_SUFFIXES}. A .sh snippet that names this file in its"
                text += f' tag `files` may run it, if its lab can: # files = ["{path.name}"]'
                yield SourceError(path, 1, message, Cure("unknown-language", text))


def read_tree(snippets: Path) -> Tree:
    """All files below the directory. Raises OSError."""
    # Texts, since paths would take as long as all else that is done with a snippet.
    found: dict[str, list[str]] = {suffix: [] for suffix in (*LANGUAGES, RECORDING, "")}
    for directory, below, names in os.walk(snippets):
        below[:] = [name for name in below if not _is_an_editors(name)]
        for name in names:
            if not _is_an_editors(name) and not (name in KEPT and directory == str(snippets)):
                _, dot, suffix = name.rpartition(".")
                found.get(dot + suffix, found[""]).append(f"{directory}/{name}")
    recordings, rest = found.pop(RECORDING), found.pop("")
    sources = [path for paths in found.values() for path in paths]
    experiments = [path for path in rest if _is_experiment(path.rpartition("/")[2])]
    others = [path for path in rest if path not in experiments]
    return Tree(*(_in_order(paths) for paths in (sources, recordings, others, experiments)))


def _without_version(recording: Path) -> Path:
    """The path, without suffix, of the snippet that it is a recording of."""
    stem = recording.with_suffix("")
    name, _, version = stem.name.partition(OF)
    return stem.with_name(name) if re.fullmatch(VERSION, version) else stem


def _is_experiment(name: str) -> bool:
    return OF in name and name.endswith(EXPERIMENT)


def _has_header(path: Path) -> bool:
    """Whether it begins as a snippet does, in whatever language."""
    try:
        return bool(re.match(rb"(?:#!.*\n)?\S+ /// snippet\s*\n", read(path)[:1000]))
    except (OSError, SourceError):
        return False


def _is_an_editors(name: str) -> bool:
    """Lock files of Emacs (`.#x`), swap files of vim, backups, `.DS_Store`."""
    return name.startswith((".", "#")) or name.endswith("~")


def _in_order(paths: Iterable[str]) -> tuple[Path, ...]:
    return tuple(Path(path) for path in sorted(paths, key=lambda path: path.split("/")))
