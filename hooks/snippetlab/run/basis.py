"""What a finding about a snippet rests on: the one place for what can change it."""

import hashlib

from snippetlab.compare.kinds import Volatile
from snippetlab.labs.planner import plan_of
from snippetlab.snippet.command import flatten
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.program import Program
from snippetlab.snippet.snippet import Snippet

_NONCE = "nonce"
"""In the place of the random word by which a run's reports are known."""


def basis(entry: Entry) -> tuple[object, ...]:
    """Of each of the chain: what runs, what it may use, and what it is compared with, and how."""
    return tuple(
        (
            one.snippet.id,
            one.inputs,
            _run(one.program),
            one.recording and one.recording.digest,
            (*_rules(one.snippet), *(one.experiment.rules if one.experiment else ())),
            one.step_names,
            *_across(one),
        )
        for one in entry.chain
    )


def name_of(*facts: object) -> str:
    """A name that changes with any of the facts."""
    return hashlib.sha256(repr(facts).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _run(program: Program) -> tuple[object, ...]:
    """The script as labs run it, so that what the parser makes of the snippet counts."""
    expected = [
        (
            *(command.prompt, command.text, command.expects, command.settle, command.timeout),
            *command.typed,
        )
        for command in flatten(program.commands)
    ]
    files = {name: hashlib.sha256(text).hexdigest() for name, text in program.files.items()}
    allowed = (program.timeout, program.longest, program.limits, sorted(program.leaves))
    script = str(plan_of(program, 0, _NONCE))
    return (program.path.name, script, expected, sorted(files.items()), allowed, program.session)


def _across(entry: Entry) -> tuple[object, ...]:
    """What is recorded in other versions of the lab, if relations speak of it."""
    if not any(relation.is_across for relation in entry.relations):
        return ()
    return tuple((v, o.recording and o.recording.digest) for v, o in entry.others.items())


def _rules(snippet: Snippet) -> tuple[object, ...]:
    return (_described(snippet.volatile), sorted(snippet.values.items()), snippet.holds)


def _described(rules: Volatile) -> tuple[object, ...]:
    kinds = [(kind.name, kind.pattern, kind.identifies) for kind in rules.kinds]
    bounds = [(bound.kind, bound.text) for bound in rules.bounds]
    return kinds, bounds, sorted(rules.unordered), [one.pattern for one in rules.elided]
