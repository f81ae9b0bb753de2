"""What several tests write in the same way."""

HEADER = '# /// snippet\n# lab = "namespace"\n# proves = "A test."\n{extra}# ///\n'


def snippet(code: str, **tags: object) -> str:
    """The text of a snippet for the namespace lab."""
    extra = "".join(f"# {name} = {_toml(value)}\n" for name, value in tags.items())
    return HEADER.format(extra=extra) + code


def _toml(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)
