"""The languages that are previewed, each with a configuration of MkDocs of its own."""

from pathlib import Path

from reading.languages import Language, languages

LANGUAGES = languages(Path(__file__).resolve().parents[2])


def language_of(path: str) -> Language:
    """That of the page with this address (an absolute path)."""
    matching = [language for language in LANGUAGES if path.startswith(f"/{language.below}")]
    return max(matching, key=lambda language: len(language.below))
