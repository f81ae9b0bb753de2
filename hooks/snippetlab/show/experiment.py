"""An experiment → accessible HTML: what is changed, the predictions, and how it came out.

Without a script a reader chooses in his head, and opens what was recorded.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from markupsafe import Markup

from snippetlab.compare.pattern import javascript
from snippetlab.show.block import Block
from snippetlab.show.render import show, unmarked
from snippetlab.snippet.command import Command, flatten
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.experiment import Prediction
from snippetlab.snippet.program import is_source, source_of
from snippetlab.snippet.snippet import in_language


@dataclass(frozen=True)
class Choice:
    """A prediction as the template has it."""

    says: str
    then: str
    pattern: str
    """For JavaScript."""
    holds: bool


@dataclass(frozen=True)
class Changed:
    """Lines that are changed, each with its prompt, as a difference shows them."""

    old: Sequence[str]
    new: Sequence[str]


def render_experiment(block: Block, entry: Entry, of: Entry) -> Markup:
    """The whole of it; `of` is the snippet that it changes."""
    experiment, words = entry.experiment, block.frame.words
    assert experiment
    names = entry.step_names
    held = experiment.holds(block.transcript, names) if block.transcript else -1
    pairs = list(zip(flatten(block.commands), block.steps, strict=True))
    mark, machine = unmarked(block), block.frame.machine
    changes = list(_changes(of, entry))
    asked = _asked(block, experiment.asked(names)) if experiment.step else []
    new = {line for change in changes for line in change.new}
    return block.frame.templates.render(
        "experiment.html",
        id=entry.snippet.id,
        anchor=block.anchor,
        question=in_language(experiment.question, words.language),
        changes=changes,
        asked=[line for line in asked if line not in new],
        choices=[
            _choice(prediction, words.language, holds=number == held)
            for number, prediction in enumerate(experiment.predictions)
        ],
        recorded=[
            show(number, *pair, block, mark)
            for number, pair in enumerate(pairs, 1)
            if not pair[0].hidden
        ]
        if block.transcript
        else (),
        about=" ".join(map(str, experiment.asked(names))),
        machine=machine.address if machine and entry.snippet.browser else "",
    )


def _choice(prediction: Prediction, language: str, *, holds: bool) -> Choice:
    says, then = (in_language(texts, language) for texts in (prediction.says, prediction.then))
    return Choice(says, then, javascript(prediction.prints), holds)


def _asked(block: Block, numbers: Sequence[int]) -> list[str]:
    commands = flatten(block.commands)
    return [line for number in numbers for line in _lines([commands[number]])]


def _changes(of: Entry, entry: Entry) -> Iterator[Changed]:
    """What differs: commands, or lines of a file that they work on."""
    if is_source(entry.snippet):
        old, new = (source_of(one.snippet).split("\n") for one in (of, entry))
    else:
        old, new = (_lines(flatten(one.program.commands)) for one in (of, entry))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind != "equal":
            yield Changed(old[start:end], new[new_start:new_end])


def _lines(commands: Sequence[Command]) -> list[str]:
    """As they are typed, but for hidden ones."""
    return [
        f"{'>' if number else command.prompt} {line}"
        for command in commands
        if not command.hidden
        for number, line in enumerate(command.text.split("\n"))
    ]
