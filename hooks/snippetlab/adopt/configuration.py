"""A site's mkdocs.yml: read as text that its author laid out, and added to with care."""

import yaml

from snippetlab.files import read_source
from snippetlab.project import Project


def language_of(project: Project) -> str:
    """That of the theme; English where it says nothing."""
    theme = entry(compose(read_source(project.root / "mkdocs.yml")), "theme")
    language = entry(theme, "language") or entry(theme, "locale")
    return language.value if isinstance(language, yaml.ScalarNode) else "en"


def compose(text: str) -> yaml.Node | None:
    """Its nodes, with their places; what tags such as `!ENV` mean is of no account."""
    return yaml.compose(text, yaml.SafeLoader)


def entry(node: yaml.Node | None, name: str) -> yaml.Node | None:
    """The value of a mapping's key; None if there is none."""
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for key, value in node.value if key.value == name), None)
