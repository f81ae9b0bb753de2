"""A snippet with what belongs to it, as found on disk: its program, its recording, its chain."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from snippetlab.compare.elision import compared
from snippetlab.errors import Cure, SourceError, display
from snippetlab.snippet.command import flatten
from snippetlab.snippet.experiment import Experiment
from snippetlab.snippet.extract import UNKNOWN, extract
from snippetlab.snippet.program import Program
from snippetlab.snippet.recording import Inputs, Recording, State, inputs_of, state_of, sum_of
from snippetlab.snippet.relation import Relation, broken, parse_relation
from snippetlab.snippet.snippet import OF, Snippet
from snippetlab.transcript import Transcript

if TYPE_CHECKING:
    from snippetlab.show.placeholder import Placeholder


@dataclass(frozen=True)
class Entry:
    """A snippet with what belongs to it, as found on disk."""

    snippet: Snippet
    program: Program
    recording: Recording | None
    before: "Entry | None" = None
    """The one right after which it runs (tag `after`)."""
    unreadable: SourceError | None = None
    """Why the recording that is there cannot be read."""
    placeholder: "Placeholder | None" = None
    """In a preview: why there is a placeholder instead of the recording."""
    experiment: Experiment | None = None
    """What it changes, and what may be predicted of it, if it is no snippet of its own."""
    others: Mapping[str, "Entry"] = field(default_factory=dict)
    """Version → the same snippet in that other version of its lab."""

    @property
    def chain(self) -> "tuple[Entry, ...]":
        """All that run in one instance of the lab, in order; this one is the last."""
        return (*(self.before.chain if self.before else ()), self)

    @property
    def programs(self) -> tuple[Program, ...]:
        """Of the chain."""
        return tuple(entry.program for entry in self.chain)

    @cached_property
    def inputs(self) -> Inputs:
        """See recording.inputs_of."""
        before = sum_of(self.before.program, self.before.inputs) if self.before else ""
        return inputs_of(self.snippet, self.program, before)

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """What must hold in every run. Raises SourceError for one that speaks of no value."""
        names = [name for entry in self.chain for name in entry.snippet.values]
        names += [f"{name}{OF}{version}" for name in names for version in self.snippet.versions]
        try:
            return tuple(parse_relation(text, names) for text in self.snippet.holds)
        except ValueError as error:
            example = 'Write it like: # holds = ["slim < full"]'
            cure = Cure("relation", example, "with names from the tag `values`.")
            raise self._error_at("holds", str(error), cure) from None

    def check(self, transcripts: Sequence[Transcript]) -> Mapping[str, str]:
        """The values in transcripts of the chain, if they are there and all relations hold.

        Of an experiment, exactly one prediction must.

        Raises SourceError where not.
        """
        values: dict[str, str] = {}
        for entry, transcript in zip(self.chain, transcripts, strict=True):
            try:
                left = compared(transcript, entry.snippet.volatile.elided)
            except ValueError as error:
                cure = Cure(
                    "elide-pattern",
                    "Mend the pattern: it is for those lines only that vary in number."
                    " Where all that a step prints varies, let the step print less.",
                )
                raise entry._error_at("elide", str(error), cure) from None
            try:
                values |= extract(entry.snippet.values, left)
            except ValueError as error:
                cure = Cure("value-pattern", "Mend the pattern, or print what it looks for.")
                raise entry._error_at("values", str(error), cure) from None
        for fault in self._broken(values):
            cure = Cure("relation-broken", "Mend the snippet; or it proves something else.")
            raise self._error_at("holds", fault, cure)
        if self.experiment:
            self.experiment.holds(transcripts[-1], self.step_names)
        return values

    def _broken(self, values: Mapping[str, str]) -> Iterator[str]:
        """The relations that do not hold, in words; those across versions, if these are known."""
        here = [relation for relation in self.relations if not relation.is_across]
        yield from broken(here, values)
        across = self._across(values)
        known = (relation for relation in self.relations if relation.names <= across.keys())
        yield from broken((relation for relation in known if relation.is_across), across)

    def _across(self, own: Mapping[str, str]) -> Mapping[str, str]:
        """The values of all versions, of which plain names are the first one's.

        Of another version they are those that are recorded, if that is still what would run.
        """
        fresh = {version: other.values for version, other in self.others.items() if not other.fault}
        of = {**fresh, self.snippet.version: own}
        named = {f"{name}{OF}{v}": value for v in of for name, value in of[v].items()}
        first = of.get(next(iter(self.snippet.versions), ""), {})
        return {**first, **named}

    @cached_property
    def values(self) -> Mapping[str, str]:
        """The recordings' values, those of the chain too. Raises SourceError; see `check`."""
        if self.placeholder:
            return dict.fromkeys(self.snippet.values, UNKNOWN)
        recordings = [entry.recording for entry in self.chain if entry.recording]
        if len(recordings) < len(self.chain):
            return {}
        return self.check([recording.transcript for recording in recordings])

    @cached_property
    def state(self) -> State:
        if self.unreadable and self.snippet.runs:
            return State.UNREADABLE
        return state_of(self.snippet, self.program, self.inputs, self.recording)

    @cached_property
    def fault(self) -> SourceError | None:
        """Why the recording cannot be shown, with the cure; None where it can."""
        snippet = self.snippet
        cure = Cure("record", f"Record it: snippetlab record {snippet.id}")
        match self.state:
            case State.NOT_RUN:
                return None
            case State.FRESH:
                return self._unfit()
            case State.MISSING:
                return SourceError(snippet.path, 1, "the snippet has no recording", cure)
            case State.STALE:
                message = "the snippet has changed since it was recorded"
                return SourceError(snippet.path, 1, message, cure)
            case State.EDITED:
                assert self.recording
                message = "the recording was edited by hand: this step is not as it was recorded"
                text = f"Restore it: git checkout {display(snippet.recording)}"
                line, cure = self.recording.edited, Cure("restore", text, f"Or: {cure}")
                return SourceError(snippet.recording, line, message, cure)
            case State.UNREADABLE:
                return self.unreadable

    @property
    def step_names(self) -> list[str]:
        """Of its steps, in their order; empty for one without a name."""
        return [command.name for command in flatten(self.program.commands)]

    def _unfit(self) -> SourceError | None:
        try:
            _ = self.values
        except SourceError as error:
            return error
        return None

    def _error_at(self, tag: str, message: str, cure: Cure) -> SourceError:
        return SourceError(self.snippet.path, self.snippet.line_of(tag), message, cure)


def said_of(entries: Iterable[Entry]) -> str:
    """How many they are, for a message: an experiment is no snippet of its own."""
    entries = list(entries)
    changed = sum(entry.experiment is not None for entry in entries)
    counts = {"snippet": len(entries) - changed, "experiment": changed}
    parts = [f"{count} {name}{'s' * (count != 1)}" for name, count in counts.items() if count]
    return " and ".join(parts) or "0 snippets"
