"""What pages say of what a lab runs on: read from the recipe of its image, shown in captions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

ANY = "*"
"""Among the commands that bring something up: whatever a snippet runs."""


@dataclass(frozen=True)
class Stated:
    """Of one lab. None of it is in the image."""

    packages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Package whose version is stated → the commands that bring it up; `*` is any."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Package → what it is called, where that is not its own name."""
    facts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What no package says: one of the words' table `facts` → words that a snippet uses, all of
    them → of what it is said then; `*` is where it uses none of them."""

    def over(self, below: "Stated") -> "Stated":
        """With that of the layer below; what this one has comes first."""
        packages = {**self.packages, **below.packages, **self.packages}
        return Stated(packages, {**below.names, **self.names}, {**below.facts, **self.facts})

    def called(self, package: str) -> str:
        """The name that pages give it."""
        return self.names.get(package, package.removesuffix("-static"))

    def of(self, fact: str, used: Collection[str]) -> str:
        """Of what a fact is said of a snippet with these words; empty for nothing."""
        choices = self.facts[fact]
        chosen = [of for words, of in choices.items() if set(words.split()) <= set(used)]
        return ", ".join(dict.fromkeys(chosen)) or choices.get(ANY, "")


def read_stated(values: Mapping[str, Any]) -> Stated:
    """That of a recipe's tables. Raises TypeError or AttributeError for what is none."""
    packages = {package: tuple(names) for package, names in values.get("stated", {}).items()}
    facts = {
        name: {ANY: of} if isinstance(of, str) else of
        for name, of in values.get("facts", {}).items()
    }
    names = values.get("names", {})
    for text in (*names.values(), *(of for choices in facts.values() for of in choices.values())):
        if not isinstance(text, str):
            raise TypeError(f"{text!r} is no text")
    return Stated(packages, dict(names), facts)
