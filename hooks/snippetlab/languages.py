"""The languages that a site is written in, as its configurations for MkDocs name them."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from snippetlab.files import read_source

ENGLISH = "en"
"""Of a site that names none."""
_CONFIGURATIONS = ("mkdocs*.yml", "mkdocs*.yaml", "properdocs*.yml", "properdocs*.yaml")


class _Loader(yaml.SafeLoader):
    """MkDocs knows more tags, such as `!ENV`: what they stand for is no language."""


_Loader.add_multi_constructor("!", lambda *_: None)
_Loader.add_multi_constructor("tag:", lambda *_: None)


def site_languages(root: Path) -> tuple[str, ...]:
    """That of mkdocs.yml first, then those of mkdocs.de.yml and the like.

    What is wrong with one of these is for MkDocs to say.
    """
    paths = [path for pattern in _CONFIGURATIONS for path in root.glob(pattern)]
    found: list[str] = []
    for path in sorted(paths, key=lambda path: (path.name.count("."), path.name)):
        with suppress(yaml.YAMLError, ValueError):
            values = yaml.load(read_source(path), _Loader)
            found += _named(values if isinstance(values, dict) else {})
    return tuple(dict.fromkeys(found)) or (ENGLISH,)


def _named(values: Mapping[str, Any]) -> Iterator[str]:
    """Themes call it `language` or `locale`; the plugin i18n has a list of them."""
    tables = [values.get("theme")]
    plugins = values.get("plugins")
    for plugin in plugins if isinstance(plugins, list) else [plugins]:
        if isinstance(plugin, dict) and isinstance(i18n := plugin.get("i18n"), dict):
            named = i18n.get("languages")
            tables += named if isinstance(named, list) else []
    for table in tables:
        if isinstance(table, dict):
            name = table.get("language") or table.get("locale")
            if isinstance(name, str):
                yield name
