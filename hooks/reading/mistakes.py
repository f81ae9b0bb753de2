"""Where a mistake in a YAML file is."""

import yaml


def yaml_mistake(error: yaml.MarkedYAMLError) -> tuple[int, str]:
    """Line and problem, in words.

    What was begun and has no end is found out further below, perhaps at the end of the file.
    """
    begun = error.context_mark if (error.context or "").startswith("while scanning") else None
    mark = begun or error.problem_mark or error.context_mark
    return (mark.line + 1 if mark else 1), str(error.problem or error.context)
