"""An experiment: a snippet with something changed in it, and what a reader may predict of its run.

`isolation/uts@mount.toml` beside `isolation/uts.sh` says what is changed, and of which step what
it prints is asked. Its run is recorded beside it, in `isolation/uts@mount.out`, and holds only if
exactly one prediction matches.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from snippetlab import sgr
from snippetlab.compare.pattern import Pattern, javascript
from snippetlab.errors import Cure, SourceError
from snippetlab.files import read_source, refuse_controls
from snippetlab.limits import SOURCE
from snippetlab.snippet.program import Program
from snippetlab.snippet.snippet import OF, Snippet
from snippetlab.toml import TomlError, parse_toml
from snippetlab.transcript import Step, Transcript

EXPERIMENT = ".toml"
"""The suffix of its file."""
KEYS = ("change", "step", "question", "prediction")
"""What its file may say."""
_LEAST, _MOST = 2, 4
_QUOTED = 12
"""Lines of what was printed that a message quotes."""
Texts = Mapping[str, str]
"""Language → text; see `in_language`."""


@dataclass(frozen=True)
class Prediction:
    """One that a reader may choose."""

    line: int
    """Where it begins in the file, from 1."""
    prints: str
    """A pattern that is somewhere in what was printed, if it holds."""
    says: Texts
    then: Texts
    """What there is to learn for who chose it."""


@dataclass(frozen=True)
class Experiment:
    """What its file says."""

    path: Path
    changes: tuple[tuple[str, str], ...]
    """Each a text in the snippet, and what stands there instead."""
    step: str
    """The step that is asked about: its name, or its number from 1; empty for all."""
    question: Texts
    predictions: tuple[Prediction, ...]

    @property
    def rules(self) -> tuple[object, ...]:
        """What makes its run hold or not, besides the recording."""
        return (self.step, *(prediction.prints for prediction in self.predictions))

    @property
    def texts(self) -> Iterator[Texts]:
        """All that readers read of it."""
        yield self.question
        for prediction in self.predictions:
            yield from (prediction.says, prediction.then)

    def asked(self, names: list[str]) -> list[int]:
        """The steps that it asks about, from 0, of those with these names; nothing for none."""
        if not self.step:
            return list(range(len(names)))
        if self.step in names:
            return [names.index(self.step)]
        return [int(self.step) - 1] if self.step in map(str, range(1, len(names) + 1)) else []

    def holds(self, transcript: Transcript, names: list[str]) -> int:
        """The prediction that what was printed matches, from 0.

        Raises SourceError where none does, or more than one.
        """
        printed = "".join(printed_by(transcript.steps[number]) for number in self.asked(names))
        found = [
            number
            for number, prediction in enumerate(self.predictions)
            if Pattern(prediction.prints, multiline=True).search(printed)
        ]
        if len(found) == 1:
            return found[0]
        count = "no prediction matches" if not found else f"{len(found)} predictions match"
        quoted = "".join(f"\n    | {line}" for line in printed.split("\n")[:_QUOTED] if line)
        line = self.predictions[found[1]].line if found else self.predictions[0].line
        cure = Cure(
            "experiment-match",
            "Mend the patterns `prints`, so that one of them is in that, and no other.",
        )
        message = f"{count} what the changed snippet prints:{quoted}"
        raise SourceError(self.path, line, message, cure)


def printed_by(step: Step) -> str:
    """What a step printed, without colours, and its status if that is not 0: `? 1`."""
    text = sgr.without(step.printed.decode("utf-8", "replace"))
    end = "\n" if text and not text.endswith("\n") else ""
    return text + end + (f"? {step.status}\n" if step.status else "")


def snippet_of(path: Path) -> Path:
    """The path, without suffix, of the snippet whose experiment a file is."""
    return path.with_name(path.name.partition(OF)[0])


def changed(experiment: Experiment, snippet: Snippet, id_: str) -> Snippet:
    """The snippet as the experiment changes it. Raises SourceError where it cannot."""
    path, code = experiment.path, snippet.code
    if not snippet.runs:
        message = f"{snippet.id} runs in no lab, so nothing can be tried with it"
        raise SourceError(path, 1, message, Cure("experiment-runs", "Change one that runs."))
    for text, instead in experiment.changes:
        if (count := code.count(text)) != 1:
            message = f"{text!r} is {'not' if not count else f'{count} times'} in {snippet.id}"
            cure = Cure("experiment-text", "Write a text that is there once, as it is there.")
            raise SourceError(path, _line_of(path, "change"), message, cure)
        code = code.replace(text, instead)
    return replace(
        snippet,
        id=id_,
        path=path,
        changes=snippet.path,
        code=code,
        proves=experiment.question,
        values={},
        holds=(),
    )


def check_step(experiment: Experiment, program: Program, names: list[str]) -> None:
    """Raises SourceError where the changed program has no such step as is asked about."""
    if not experiment.asked(names):
        known = ", ".join(filter(None, names)) or "none has a name"
        message = f"{program.path.name} has no step {experiment.step!r} once it is changed"
        cure = Cure("experiment-step", f"Name one, or its number up to {len(names)}: {known}.")
        raise SourceError(experiment.path, _line_of(experiment.path, "step"), message, cure)


def read_experiment(path: Path) -> Experiment:
    """Raises SourceError for what is none."""
    text = read_source(path, SOURCE)
    refuse_controls(path, text)
    try:
        values = parse_toml(text, "the file")
    except TomlError as error:
        raise SourceError(path, max(error.line, 1), error.message, error.cure) from None
    form = _Form(path, text)
    for key in values.keys() - set(KEYS):
        raise form.fault(key, f"unknown key `{key}`")
    predictions = values.get("prediction")
    if not (isinstance(predictions, list) and _LEAST <= len(predictions) <= _MOST):
        raise form.fault("prediction", f"there must be {_LEAST} to {_MOST} predictions")
    return Experiment(
        path,
        form.changes(values.get("change")),
        form.step(values.get("step", "")),
        form.texts(values, "question"),
        tuple(form.prediction(number, each) for number, each in enumerate(predictions)),
    )


class _Form:
    """What such a file must look like."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        lines = enumerate(text.split("\n"), 1)
        self._begins = [n for n, line in lines if re.match(r"\s*\[\[\s*prediction\s*\]\]", line)]

    def fault(self, key: str, message: str, line: int = 0) -> SourceError:
        cure = Cure(
            "experiment-form",
            'It has change = [["a text", "what stands there instead"]], step = "name",'
            " [question], and two to four [[prediction]], each with prints = 'a pattern',"
            " [prediction.says] and [prediction.then]; a text has a line for each language:"
            ' en = "…"',
        )
        return SourceError(self._path, line or _line_of(self._path, key), message, cure)

    def changes(self, value: Any) -> tuple[tuple[str, str], ...]:
        pairs = value if isinstance(value, list) else []
        if not pairs or not all(_is_pair(pair) for pair in pairs):
            raise self.fault("change", "`change` must be a list of pairs of texts")
        return tuple((text, instead) for text, instead in pairs)

    def step(self, value: Any) -> str:
        if not isinstance(value, str):
            raise self.fault("step", "`step` must be a text")
        return value

    def texts(self, table: Any, key: str, line: int = 0) -> Texts:
        value = table.get(key)
        texts = list(value.values()) if isinstance(value, dict) else []
        if not texts or not all(isinstance(text, str) and text.strip() for text in texts):
            raise self.fault(key, f"`{key}` is missing or is no table of texts", line)
        return {language: " ".join(text.split()) for language, text in value.items()}

    def prediction(self, number: int, value: Any) -> Prediction:
        line = self._begins[number] if number < len(self._begins) else 1
        if not isinstance(value, dict) or value.keys() != {"prints", "says", "then"}:
            raise self.fault("prediction", "a prediction has `prints`, `says` and `then`", line)
        says, then = (self.texts(value, key, line) for key in ("says", "then"))
        try:
            prints = str(value["prints"])
            Pattern(prints, multiline=True)
            javascript(prints)
        except ValueError as error:
            cure = Cure("experiment-pattern", "Write one that Python and JavaScript both know.")
            message = f"the pattern of this prediction cannot be used: {error}"
            raise SourceError(self._path, line, message, cure) from None
        return Prediction(line, prints, says, then)


def _is_pair(value: Any) -> bool:
    is_list = isinstance(value, list) and [type(part) for part in value] == [str, str]
    return is_list and bool(value[0])


def _line_of(path: Path, key: str) -> int:
    lines = enumerate(read_source(path).split("\n"), 1)
    pattern = re.compile(rf"\s*\[*\s*(?:prediction\.)?{re.escape(key)}\b")
    return next((number for number, line in lines if pattern.match(line)), 1)
