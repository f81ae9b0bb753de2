"""Regular expressions of Python as those of JavaScript, for comparison in the reader's tab.

A pattern is parsed by Python itself and written anew, with the flag `v` in mind (ECMAScript
2024). Classes such as `\\w` mean in Python whatever Unicode calls a letter, and are spelt out.
"""

import re
from collections.abc import Iterable, Sequence
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_CATEGORIES = {
    op.CATEGORY_DIGIT: r"\p{Nd}",
    op.CATEGORY_SPACE: r"\s\x1c-\x1f\x85",
    op.CATEGORY_WORD: r"\p{L}\p{N}_",
}
_NEGATIONS = {
    op.CATEGORY_NOT_DIGIT: op.CATEGORY_DIGIT,
    op.CATEGORY_NOT_SPACE: op.CATEGORY_SPACE,
    op.CATEGORY_NOT_WORD: op.CATEGORY_WORD,
}
_WORD = f"[{_CATEGORIES[op.CATEGORY_WORD]}]"
_BOUNDARY = f"(?:(?<={_WORD})(?!{_WORD})|(?<!{_WORD})(?={_WORD}))"
_INSIDE = f"(?:(?<={_WORD})(?={_WORD})|(?<!{_WORD})(?!{_WORD}))"
_REPEATS = {op.MAX_REPEAT: "", op.MIN_REPEAT: "?"}


def translate(pattern: str) -> str:
    """The source of an equal JavaScript expression.

    Raises ValueError for what JavaScript has no way to say.
    """
    tree = parser.parse(pattern)
    return _Writer().sequence(tree, tree.state.flags)


class _Writer:
    def sequence(self, items: Iterable[tuple[Any, Any]], flags: int) -> str:
        return "".join(self._item(code, argument, flags) for code, argument in items)

    def _item(self, code: Any, argument: Any, flags: int) -> str:
        match code:
            case op.LITERAL:
                return self._literal(argument, flags)
            case op.NOT_LITERAL:
                return f"[^{_in_class(argument, flags)}]"
            case op.ANY:
                return r"[\s\S]" if flags & re.DOTALL else r"[^\n]"
            case op.IN:
                return self._class(argument, flags)
            case op.BRANCH:
                branches = (self.sequence(branch, flags) for branch in argument[1])
                return f"(?:{'|'.join(branches)})"
            case op.MAX_REPEAT | op.MIN_REPEAT:
                return self._repeat(argument, flags, _REPEATS[code])
            case op.SUBPATTERN:
                return self._group(argument, flags)
            case op.ASSERT | op.ASSERT_NOT:
                direction, inner = argument
                sign = "=" if code is op.ASSERT else "!"
                arrow = "<" if direction < 0 else ""
                return f"(?{arrow}{sign}{self.sequence(inner, flags)})"
            case op.AT:
                return _anchor(argument, flags)
            case op.GROUPREF:
                return rf"(?:\{argument})"
            case _:
                raise ValueError(f"JavaScript has no {str(code).lower()} in regular expressions")

    def _literal(self, character: int, flags: int) -> str:
        inner = _in_class(character, flags)
        return inner if len(inner) == len(_escaped(character)) else f"[{inner}]"

    def _class(self, items: Sequence[tuple[Any, Any]], flags: int) -> str:
        negated = items[0][0] is op.NEGATE
        parts = []
        for code, argument in items[1:] if negated else items:
            if code is op.LITERAL:
                parts.append(_in_class(argument, flags))
            elif code is op.RANGE:
                first, last = argument
                parts.append(f"{_escaped(first)}-{_escaped(last)}")
                if flags & re.IGNORECASE:
                    parts += _other_cases(first, last)
            elif code is op.CATEGORY and argument in _CATEGORIES:
                parts.append(_CATEGORIES[argument])
            elif code is op.CATEGORY:
                parts.append(f"[^{_CATEGORIES[_NEGATIONS[argument]]}]")
            else:
                raise ValueError(f"JavaScript has no {str(code).lower()} in a class")
        return f"[{'^' if negated else ''}{''.join(parts)}]"

    def _repeat(self, argument: Any, flags: int, lazy: str) -> str:
        least, most, inner = argument
        upper = "" if most is op.MAXREPEAT else str(most)
        bounds = f"{{{least}}}" if str(least) == upper else f"{{{least},{upper}}}"
        return f"(?:{self.sequence(inner, flags)}){bounds}{lazy}"

    def _group(self, argument: Any, flags: int) -> str:
        number, added, removed, inner = argument
        body = self.sequence(inner, (flags | added) & ~removed)
        return f"(?:{body})" if number is None else f"({body})"


def _anchor(where: Any, flags: int) -> str:
    match where:
        case op.AT_BEGINNING:
            return r"(?<![^\n])" if flags & re.MULTILINE else r"(?<![\s\S])"
        case op.AT_BEGINNING_STRING:
            return r"(?<![\s\S])"
        case op.AT_END:
            return r"(?![^\n])" if flags & re.MULTILINE else r"(?=\n?(?![\s\S]))"
        case op.AT_END_STRING:
            return r"(?![\s\S])"
        case op.AT_BOUNDARY:
            return _BOUNDARY
        case op.AT_NON_BOUNDARY:
            return _INSIDE
    raise ValueError(f"JavaScript has no {str(where).lower()}")


def _in_class(character: int, flags: int) -> str:
    letter = chr(character)
    if not flags & re.IGNORECASE or letter.lower() == letter.upper():
        return _escaped(character)
    return "".join(_escaped(ord(case)) for case in sorted({letter.lower(), letter.upper()}))


def _other_cases(first: int, last: int) -> Iterable[str]:
    letters = {
        case for code in range(first, last + 1) for case in (chr(code).lower(), chr(code).upper())
    }
    return (_escaped(ord(letter)) for letter in sorted(letters) if len(letter) == 1)


def _escaped(character: int) -> str:
    letter = chr(character)
    return letter if letter.isascii() and letter.isalnum() else f"\\u{{{character:x}}}"
