"""A kind of volatile value that no built-in one is, made from what differs between lines."""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from snippetlab.compare.kinds import KINDS, Kind, Volatile, parse_volatile
from snippetlab.compare.lines import tokens

_WORD = re.compile(r"\w+(?:[.:+/-]\w+)*|\s+|.")
_CLASSES = ((r"\d", r"\d"), ("[0-9a-f]", "[0-9a-f]"), ("[0-9A-F]", "[0-9A-F]"), (r"\w", r"\w"))
"""Of characters: the narrowest that has all of a value is the one to write."""
_CONTEXT = 12
"""Characters before a value that are taken for what tells it from others."""


def own_kinds(lines: Sequence[str], known: Sequence[Kind]) -> Iterator[Kind]:
    """Kinds that make a value of what differs first between lines that are otherwise alike."""
    words = [_WORD.findall(_without(line, known)) for line in lines]
    if len({len(line) for line in words}) != 1:
        return
    for index, texts in enumerate(zip(*words, strict=True)):
        if len(set(texts)) == 1:
            continue
        if pattern := _pattern(texts):
            before = "".join(words[0][:index])
            yield from _kinds(before, pattern)
        return


def written(kind: Kind) -> str:
    """As it stands in the tag `volatile`."""
    if not kind.own:
        return json.dumps(kind.name)
    pattern = f"'{kind.pattern}'" if "'" not in kind.pattern else json.dumps(kind.pattern)
    measures = "" if kind.identifies else ", identifies = false"
    return f'{{ name = "{kind.name}", pattern = {pattern}{measures} }}'


def _without(line: str, known: Sequence[Kind]) -> str:
    """The line without the values of kinds that the rules have already."""
    return "".join("\0" if token.kind else token.text for token in tokens(line, known))


def _pattern(texts: Sequence[str]) -> str:
    """What all of them have in common; empty for words, which are what a snippet shows."""
    if not any(re.search(r"\d", text) for text in texts):
        return ""
    start = "".join(first for first, *_ in takewhile(_same, zip(*texts, strict=False)))
    # `id-1` and `id-12`: digits that are the same by chance are no context.
    start = re.sub(r"[0-9a-f]+$", "", start) if not start.endswith("0x") else start
    rest = [text[len(start) :] for text in texts]
    lengths = {len(text) for text in rest}
    for class_, said in _CLASSES:
        if all(re.fullmatch(f"{class_}+", text) for text in rest):
            count = f"{{{lengths.pop()}}}" if len(lengths) == 1 else "+"
            return re.escape(start) + said + count
    return ""


def _same(characters: Sequence[str]) -> bool:
    return len(set(characters)) == 1


def _kinds(before: str, pattern: str) -> Iterator[Kind]:
    """First one whose equal values mean the same, then one that only measures."""
    context = before.rpartition("\0")[2][-_CONTEXT:]
    if len(context) < len(before) and " " in context.rstrip():
        context = context.partition(" ")[2]  # not from the middle of a word on
    name = "-".join(re.findall("[a-z]+", context.lower())[-1:]) or "value"
    name = f"{name}-value" if name in KINDS else name
    at_start = "" if before else "(?m:^)"
    whole = f"{at_start}{re.escape(context)}({pattern})" + r"(?!\w)"
    whole = re.sub(r"\\([ -])", r"\1", whole)  # which need no escape here
    for identifies in (True, False):
        rules: Volatile = parse_volatile(
            [{"name": name, "pattern": whole, "identifies": identifies}]
        )
        yield from rules.kinds
