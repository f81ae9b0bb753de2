"""One build of one language, in a process of its own: `python -m preview.build mkdocs.yml`.

A process, so that it uses the code as it is now, and can be ended at any time. It imports all that
it needs and then waits for its job, so that one that was started ahead can begin at once. What it
has to say goes into a file: the error, if there is one, warnings, and the recordings it made.
"""

import importlib
import json
import logging
import os
import sys
import traceback
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, BuildError, MkDocsException

from preview.job import Job
from preview.selection import Selection
from reading.mistakes import in_configuration
from snippetlab.errors import Cure, EngineError
from snippetlab.logs import make_logs_printable

ROOT = Path(__file__).resolve().parents[2]
_AHEAD = (
    "main",
    "generate",
    "pages",
    "snippetlab.show.superfences",
    "material.plugins.search.plugin",
    "mkdocs_redirects.plugin",
    *(f"markdown.extensions.{name}" for name in ("abbr", "attr_list", "def_list", "footnotes")),
    *(f"markdown.extensions.{name}" for name in ("admonition", "md_in_html", "tables", "toc")),
    *(f"pymdownx.{name}" for name in ("details", "highlight", "inlinehilite", "superfences")),
)


@dataclass(frozen=True)
class Report:
    """What came of a build."""

    error: str = ""
    warnings: tuple[str, ...] = ()
    """What a strict build, such as that of CI, would not let pass."""
    recorded: dict[str, str] = field(default_factory=dict)
    """The path of each recording that it made → the SHA-256 of what that holds."""


def main() -> None:
    configuration = sys.argv[1]
    _import_ahead()
    line = sys.stdin.readline()
    if not line:  # the server is gone, or wants it no more
        return
    job = Job.read(line)
    with suppress(OSError):  # what `ps` calls it
        Path("/proc/self/comm").write_text("build")
    if job.patient:
        os.nice(5)
    form = f"%(levelname)-7s -  {configuration}: %(message)s"
    logging.basicConfig(level=logging.INFO, format=form)
    said = _Said()
    logging.getLogger("mkdocs").addHandler(said)
    make_logs_printable("", "mkdocs")
    logging.getLogger("mkdocs.commands.build").addFilter(_is_no_advice)
    recordings: list[Path] = []
    error = _attempt(ROOT / configuration, job, said.errors, recordings)
    if error and error not in said.errors:
        logging.getLogger("mkdocs.preview").error(error)
    recorded = {str(path): sha256(path.read_bytes()).hexdigest() for path in recordings}
    partial = Path(f"{job.report}.partial")
    partial.write_text(
        json.dumps(asdict(Report(error, tuple(said.warnings), recorded))), encoding="utf-8"
    )
    partial.replace(job.report)


def _import_ahead() -> None:
    """What every build imports; what is wrong with it is said by the build itself."""
    with suppress(Exception):
        for name in _AHEAD:
            importlib.import_module(name)


def _attempt(configuration: Path, job: Job, said: list[str], recordings: list[Path]) -> str:
    """Build; what went wrong, with its place and cure, or nothing."""
    config = None
    try:
        config = load_config(str(configuration))
        config.site_dir, config.site_url = job.site, job.address
        # Only these are read; of what is made from others, nothing is.
        config.extra["saved"] = [Path(page) for page in job.pages]
        selection = Selection(job)
        config.plugins["preview"] = selection
        config.plugins.on_startup(command="serve", dirty=job.is_dirty)
        selection.prepare()
        build(config, dirty=job.is_dirty)
        selection.complete()
    except Abort as error:
        if isinstance(error.__context__, BuildError):
            return str(error.__context__)
        return f"{configuration.name}: {'; '.join(said) or error}"
    except EngineError as error:
        return str(error)
    except MkDocsException as error:
        return str(in_configuration(configuration, error) or f"{configuration.name}: {error}")
    except Exception as error:
        traceback.print_exc()
        return _broken_code(error)
    finally:
        site = config.extra.get("snippetlab") if config else None
        recordings += site.recorded if site else ()
    return ""


def _broken_code(error: Exception) -> str:
    """Of the lines that the error went through, the last one of the checkout."""
    frames = [(Path(f.filename), f.lineno or 1) for f in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError) and error.filename:
        frames.append((Path(error.filename), error.lineno or 1))
    ours = [frame for frame in frames if frame[0].is_relative_to(ROOT / "hooks")]
    path, line = [f for f in ours if f[0] != Path(__file__)][-1] if len(ours) > 1 else frames[-1]
    place = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    cure = Cure("preview-code", "Mend the code there; the terminal has the whole traceback.")
    return f"{place}:{line}: {type(error).__name__}: {error}\n    {cure}"


def _is_no_advice(record: logging.LogRecord) -> bool:
    """Dirty builds are followed by whole ones here."""
    return not record.getMessage().startswith(("A 'dirty' build", "The directory contains stale"))


class _Said(logging.Handler):
    """What the log calls an error, or a warning."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.errors: list[str] = []
        self.warnings: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        texts = self.errors if record.levelno >= logging.ERROR else self.warnings
        texts.append(record.getMessage())


if __name__ == "__main__":
    main()
