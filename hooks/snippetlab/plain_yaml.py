"""YAML as pages and lists of authors need it: no aliases, and not nested without end.

Nine lists of nine aliases each are a billion entries to whoever prints or walks through them.
"""

from typing import Any

import yaml

DEPTH = 20


class Loader(yaml.SafeLoader):
    """Raises yaml.MarkedYAMLError for more."""

    _depth = 0

    def check_printable(self, data: str) -> None:
        """For a sign that no YAML may have, too, there is a line."""
        if found := self.NON_PRINTABLE.search(data):
            mark = yaml.Mark("", found.start(), data.count("\n", 0, found.start()), 0, None, 0)
            raise yaml.MarkedYAMLError(None, None, "a control character", mark)

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """Also of what looks like a date or a number and is none."""
        try:
            return super().construct_object(node, deep)
        except (ValueError, OverflowError) as error:
            raise yaml.MarkedYAMLError(None, None, str(error), node.start_mark) from None

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """One node. Raises yaml.MarkedYAMLError for an alias, and for what is nested too deep."""
        mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(None, None, "an alias says what nobody can see here", mark)
        if self._depth == DEPTH:
            raise yaml.MarkedYAMLError(None, None, f"it is nested more than {DEPTH} deep", mark)
        self._depth += 1
        try:
            node: yaml.Node | None = super().compose_node(parent, index)
            return node
        finally:
            self._depth -= 1


def load(text: str) -> Any:
    """What the text says. Raises yaml.YAMLError."""
    return yaml.load(text, Loader)
