"""What the plugin reads in a site's configuration, beside its own options."""

import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from snippetlab.errors import Cure, SourceError
from snippetlab.show.page import KINDS


def language_of(theme: Any) -> str:
    """As the theme has it: Material calls it so, MkDocs' own have a locale."""
    for name in ("language", "locale"):
        if theme.get(name):
            return str(theme[name]).replace("_", "-")
    return "en"


def refuse_namesakes(config: MkDocsConfig) -> None:
    """Of two fences with one name, one would be shown as the other."""
    own = config.mdx_configs.get("pymdownx.superfences", {}).get("custom_fences", ())
    for name in (str(fence.get("name")) for fence in own):
        if name in KINDS:
            path = Path(config.config_file_path)
            lines = path.read_text(encoding="utf-8").split("\n")
            named = (
                n for n, line in enumerate(lines, 1) if re.search(rf"\bname:\W*{name}\b", line)
            )
            cure = Cure("fence-namesake", "Give it another name, here and in the pages.")
            message = f"a custom fence has the name `{name}`, which the plugin uses"
            raise SourceError(path, next(named, 1), message, cure)
