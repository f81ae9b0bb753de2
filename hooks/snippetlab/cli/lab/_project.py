"""Whose recipes a command means."""

from pathlib import Path

from snippetlab.errors import EngineError
from snippetlab.project import Project


def project_here() -> Project:
    """The site around the working directory; outside of any, one with what all sites have."""
    try:
        return Project.find(Path.cwd())
    except EngineError:
        return Project(Path.cwd())
