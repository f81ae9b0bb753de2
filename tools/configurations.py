"""The configurations of the site, one for each language."""

from collections.abc import Iterator
from pathlib import Path

from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import yaml_load

from reading.languages import languages
from reading.mistakes import in_configuration
from tools.finding import ROOT, Finding, as_finding

_ALL = languages(ROOT)
LANGUAGES = {language.name: language.configuration for language in _ALL}
"""Language → the configuration of its site; that of the root first."""
BELOW = {language.name: language.below for language in _ALL}
"""Language → where it is served: empty for the root, or a directory with its slash."""
FIRST = next(iter(LANGUAGES))


def unreadable(root: Path) -> Iterator[Finding]:
    """Mistakes in their YAML, without which nothing can be built."""
    for configuration in LANGUAGES.values():
        try:
            with (root / configuration).open(encoding="utf-8") as file:
                yaml_load(file)
        except ConfigurationError as error:
            if fault := in_configuration(root / configuration, error):
                yield as_finding(fault, root)
                return  # the others inherit from it
