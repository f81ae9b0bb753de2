"""The configurations of the site, one for each language."""

from collections.abc import Iterator
from pathlib import Path

from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import yaml_load

from reading.mistakes import in_configuration
from tools.finding import Finding, as_finding

LANGUAGES = {"ko": "mkdocs.yml", "en": "mkdocs.en.yml"}
"""Language → the configuration of its site."""


def unreadable(root: Path) -> Iterator[Finding]:
    """Mistakes in their YAML, without which nothing can be built."""
    for configuration in LANGUAGES.values():
        try:
            with (root / configuration).open(encoding="utf-8") as file:
                yaml_load(file)
        except ConfigurationError as error:
            if fault := in_configuration(root / configuration, error):
                yield as_finding(fault, root)
                return  # the other inherits from it
