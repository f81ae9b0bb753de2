"""YAML that a person wrote, each part with its line, so that a fault can name it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from snippetlab.errors import Cure, SourceError
from snippetlab.files import read_source
from snippetlab.plain_yaml import Loader


@dataclass(frozen=True)
class Data:
    """One part: a text, a list or a mapping."""

    path: Path
    line: int
    what: Any
    """A text; a list of Data; a mapping of names to Data; or None."""

    def texts(self) -> tuple[str, ...]:
        """Of a list of texts, or of a single one."""
        return tuple(part.text() for part in self)

    def text(self) -> str:
        if isinstance(self.what, str):
            return self.what
        raise self.fault("here stands a single text", Cure("picture-text", "Write one: name."))

    def number(self) -> int:
        if self.text().isdigit():
            return int(self.text())
        raise self.fault("here stands a number", Cure("picture-digits", "Write one, such as 20."))

    def __iter__(self) -> Iterator["Data"]:
        if isinstance(self.what, str):
            return iter((self,))
        return iter(self.what if isinstance(self.what, list) else ())

    def parts(self, known: Sequence[str] = ()) -> dict[str, "Data"]:
        """Of a mapping, in its order. Raises SourceError for a name that is not known."""
        if not isinstance(self.what, dict):
            cure = Cure("picture-mapping", "Write it as `name: value`, each on a line.")
            raise self.fault("here stands a mapping of names", cure)
        for name, part in self.what.items():
            if known and name not in known:
                near = get_close_matches(name, known, n=1)
                meant = f"Did you mean `{near[0]}`? " if near else ""
                cure = Cure("picture-part", f"{meant}There are: {', '.join(known)}.")
                raise part.fault(f"nothing here is called `{name}`", cure)
        return dict(self.what)

    def need(self, name: str) -> "Data":
        """A part of a mapping. Raises SourceError if it lacks."""
        if found := self.get(name):
            return found
        raise self.fault(f"`{name}` is missing", Cure("picture-lacks", f"Add a line `{name}: …`."))

    def get(self, name: str) -> "Data | None":
        return self.parts().get(name)

    def names(self, name: str) -> tuple[str, ...]:
        """The texts of a part; none if it is not there."""
        found = self.get(name)
        return found.texts() if found else ()

    def fault(self, message: str, cure: Cure) -> SourceError:
        return SourceError(self.path, self.line, message, cure)


def read_data(path: Path) -> Data:
    """What a file says. Raises SourceError for one that is no YAML."""
    try:
        node = Loader(read_source(path)).get_single_node()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        text = 'Indent it as its neighbours are; put what holds ": " or " #" into quotes.'
        raise SourceError(
            path, line, f"no YAML: {error.problem}", Cure("picture-yaml", text)
        ) from None
    return _data(path, node)


def _data(path: Path, node: yaml.Node | None) -> Data:
    line = node.start_mark.line + 1 if node else 1
    if isinstance(node, yaml.MappingNode):
        pairs = {str(name.value): _data(path, value) for name, value in node.value}
        return Data(path, line, pairs)
    if isinstance(node, yaml.SequenceNode):
        return Data(path, line, [_data(path, item) for item in node.value])
    return Data(path, line, str(node.value) if node else None)
