"""The languages that are previewed, each with a configuration of MkDocs of its own."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    name: str
    """As in `docs/NAME/` and `<html lang="NAME">`."""
    configuration: str
    below: str
    """Where it is served: empty for the root, or a directory with its slash."""


LANGUAGES = (Language("ko", "mkdocs.yml", ""), Language("en", "mkdocs.en.yml", "en/"))


def language_of(path: str) -> Language:
    """That of the page with this address (an absolute path)."""
    matching = [language for language in LANGUAGES if path.startswith(f"/{language.below}")]
    return max(matching, key=lambda language: len(language.below))
