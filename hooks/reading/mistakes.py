"""Where a mistake in a YAML file is."""

from pathlib import Path

import yaml

from snippetlab.errors import Cure, SourceError


def yaml_mistake(error: yaml.MarkedYAMLError) -> tuple[int, str]:
    """Line and problem, in words.

    What was begun and has no end is found out further below, perhaps at the end of the file.
    """
    begun = error.context_mark if (error.context or "").startswith("while scanning") else None
    mark = begun or error.problem_mark or error.context_mark
    return (mark.line + 1 if mark else 1), str(error.problem or error.context)


def in_configuration(configuration: Path, error: BaseException) -> SourceError | None:
    """What MkDocs could not read, if it is YAML that it could not read."""
    cause = error.__cause__ or error.__context__
    if not (isinstance(cause, yaml.MarkedYAMLError) and cause.problem_mark):
        return None
    # A language's configuration inherits from another, which the mark names.
    named = cause.problem_mark.name
    file = Path(named).resolve() if named.endswith(".yml") else configuration
    line, problem = yaml_mistake(cause)
    text = f"Mend the YAML there; `git diff {file.name}` shows what changed."
    cure = Cure("configuration-yaml", text)
    return SourceError(file, line, f"this is no YAML: {problem}", cure)
