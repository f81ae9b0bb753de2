"""The term base, `docs/glossary.yml`: names in all languages, meanings, and their pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from reading.languages import ENGLISH, spoken
from reading.mistakes import yaml_mistake
from snippetlab.errors import Cure, SourceError
from snippetlab.files import read_source
from snippetlab.plain_yaml import Loader


@dataclass(frozen=True)
class Term:
    names: Mapping[str, str]
    """Language → the name that pages use."""
    aliases: tuple[str, ...]
    """Other names that a reader may search for, in any language."""
    meanings: Mapping[str, str]
    """Language → one sentence, or nothing for a term that is only searched for."""
    page: str | None
    """The page that explains it, below a language's directory."""

    def name(self, language: str) -> str:
        """In that language, or in English."""
        return self.names.get(language) or self.names[ENGLISH]

    def meaning(self, language: str) -> str:
        """Likewise; nothing if there is none."""
        return self.meanings.get(language) or self.meanings.get(ENGLISH, "")

    @property
    def all_names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys([*self.names.values(), *self.aliases]))


_FORMS = {"aliases": list, "says": dict, "page": str}
"""What a term may have besides its names, and of what type each part is."""


def read_glossary(path: Path, docs: Path | None = None) -> tuple[Term, ...]:
    """All terms; none if there is no file. With `docs`, a term's page must be in every language.

    The languages are those in which the first term has a name.

    Raises SourceError.
    """
    if not path.exists():
        return ()
    terms: list[Term] = []
    languages: tuple[str, ...] = ()
    seen: dict[str, int] = {}
    for entry, line in _entries(path):
        if not terms and isinstance(entry, dict):
            languages = spoken(entry)
        term = _term(entry, path, line, languages)
        for name in term.all_names:
            if (first := seen.setdefault(name.lower(), line)) != line:
                cure = Cure("term-twice", f"Take it out here, or on line {first}.")
                raise SourceError(path, line, f"{name!r} stands on line {first} too", cure)
        for language in languages if docs and term.page else ():
            page = f"{language}/{term.page}"
            if docs and not (docs / page).is_file():
                begin = f"make page ID={str(term.page).removesuffix('.md')}"
                cure = Cure("term-page", f"Begin it: {begin} (or take the line `page:` out)")
                raise SourceError(path, line, f"there is no page {page}", cure)
        terms.append(term)
    return tuple(terms)


def _entries(path: Path) -> Iterator[tuple[Any, int]]:
    """Each entry of the list, and the line on which it begins."""
    text = read_source(path)
    try:
        loader = Loader(text)
        node = loader.get_single_node()
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            cure = Cure("glossary-list", "Begin each term with `- ko: `.")
            raise SourceError(path, node.start_mark.line + 1, "this is no list of terms", cure)
        for item in node.value:
            yield loader.construct_object(item, deep=True), item.start_mark.line + 1
    except yaml.MarkedYAMLError as error:
        line, problem = yaml_mistake(error)
        cure = Cure(
            "glossary-yaml", "Write it as `name: text`, the text in quotes where it has a colon."
        )
        raise SourceError(path, line, f"this is no YAML: {problem}", cure) from None


def _term(entry: Any, path: Path, line: int, languages: Sequence[str]) -> Term:
    forms = {**dict.fromkeys(languages, str), **_FORMS}

    def wrong(message: str, cure: Cure) -> SourceError:
        return SourceError(path, line, message, cure)

    if not isinstance(entry, dict):
        cure = Cure("term-mapping", f"Give it, each on a line: {', '.join(forms)}.")
        raise wrong("this is no term", cure)
    for name in entry:
        if name not in forms:
            near = get_close_matches(str(name), forms, n=1)
            meant = f"Did you mean `{near[0]}`?" if near else f"There are: {', '.join(forms)}."
            raise wrong(f"a term has no `{name}`", Cure("term-part", meant))
    for name in languages:
        if name not in entry:
            raise wrong(
                f"the term has no `{name}`", Cure("term-name", f"Add a line `{name}: NAME`.")
            )
    for name, form in forms.items():
        if name in entry and not isinstance(entry[name], form):
            raise wrong(f"`{name}` cannot be {entry[name]!r}", Cure("term-form", _EXAMPLES[form]))
    says = entry.get("says", {})
    if says and set(says) != set(languages):
        written = " and ".join(f"`{language}: …`" for language in languages)
        cure = Cure("term-says", f"Say it in each, below `says:`, as {written}.")
        raise wrong(f"`says` needs {' and '.join(languages)}, and nothing else", cure)
    return Term(
        names={language: entry[language] for language in languages},
        aliases=tuple(map(str, entry.get("aliases", ()))),
        meanings=says,
        page=entry.get("page"),
    )


_EXAMPLES = {
    str: 'Put it in quotes, if it is meant as text: "…"',
    list: "Write a list: [one, another]",
    dict: "Write it on two lines below, as `ko: …` and `en: …`.",
}


def explained(terms: tuple[Term, ...], language: str) -> Iterator[tuple[str, str]]:
    """Name and meaning of the terms that have one."""
    for term in terms:
        if meaning := term.meaning(language):
            yield term.name(language), meaning
