"""Transcripts for property tests: as models of pieces, and named in different ways."""

import itertools
from collections.abc import Iterable, Mapping

from hypothesis import strategies as st

from snippetlab.compare.compare import Comparison, compare
from snippetlab.compare.kinds import Volatile, parse_volatile
from snippetlab.transcript import Step, Transcript

OWN = {"name": "token", "pattern": r"tok=([a-z]+)"}
RULES = parse_volatile(["pid", "container-id", "ipv4", "size < 9MB", "duration", OWN], ["loose"])
LETTERS = "xyzqwv한é().,:;#/"  # of these no kind makes a value, and no value a longer one


def _address(number: int) -> str:
    return ".".join(str(1 + number // 99**place % 99) for place in range(4))


IDENTIFYING = {
    "pid": st.integers(2, 4194304).map(str),
    # Of one number each: drawing many takes longer than what is tested.
    "container-id": st.integers(0, 16**12 - 1).map("{:012x}".format),
    "ipv4": st.integers(0, 99**4 - 1).map(_address),
    "token": st.text("abcdef", min_size=1, max_size=9),
}
sizes = st.sampled_from(["1B", "5kB", "3 MB", "8.9MB", "4.0K"])
words = st.text(LETTERS, min_size=1, max_size=4)
# A piece is literal text, an identifying value as its kind and number, or a measuring value.
Value = tuple[str, int]
Piece = str | Value | None
Names = Mapping[Value, str]
identities = st.tuples(st.sampled_from(sorted(IDENTIFYING)), st.integers(0, 3))
pieces: st.SearchStrategy[Piece] = words | identities | st.none()
lines = st.lists(pieces, max_size=5)
models = st.lists(st.lists(lines, max_size=5), min_size=1, max_size=3)
Model = list[list[list[Piece]]]


@st.composite
def namings(draw: st.DrawFn) -> Names:
    """A text for every value, different ones for different values of a kind."""
    found: dict[Value, str] = {}
    for kind, texts in IDENTIFYING.items():
        unique = draw(st.lists(texts, min_size=6, max_size=6, unique=True))
        found |= {(kind, index): text for index, text in enumerate(unique)}
    return found


def written(piece: Piece, names: Names, measured: str) -> str:
    if piece is None:
        return measured
    if isinstance(piece, str):
        return piece
    return f"tok={names[piece]}" if piece[0] == "token" else names[piece]


def render(model: Model, names: Names, measures: Iterable[str] = ("5kB",)) -> Transcript:
    texts = itertools.cycle(measures)
    steps = []
    for index, step in enumerate(model):
        text = "".join(" ".join(written(p, names, next(texts)) for p in x) + "\n" for x in step)
        steps.append(Step(f"command {index}", text.encode()))
    return Transcript(tuple(steps))


def compared(
    old: Transcript, new: Transcript, rules: Volatile = RULES, names: Iterable[str] = ()
) -> Comparison:
    return compare([old], [new], [rules], [list(names)])


def output(text: str, command: str = "c") -> Transcript:
    return Transcript((Step(command, text.encode()),))


def places(model: Model) -> list[tuple[int, int, int, Piece]]:
    return [
        (i, j, k, piece)
        for i, step in enumerate(model)
        for j, line in enumerate(step)
        for k, piece in enumerate(line)
    ]


def with_line(model: Model, line: list[Piece]) -> Model:
    return [[*model[0], line], *model[1:]]


def with_piece(model: Model, place: tuple[int, int, int], piece: Piece) -> Model:
    copy = [[list(line) for line in step] for step in model]
    copy[place[0]][place[1]][place[2]] = piece
    return copy
