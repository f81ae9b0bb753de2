"""One build of one language, in a process of its own: `python -m preview.build …`.

A process, so that it uses the code as it is now, and can be ended at any time. What it has to
say goes into a file: the error, if there is one, warnings, and the recordings that it made.
"""

import json
import logging
import sys
import traceback
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, BuildError, MkDocsException

from reading.mistakes import in_configuration
from snippetlab.errors import Cure, EngineError
from snippetlab.logs import make_logs_printable

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Report:
    """What came of a build."""

    error: str = ""
    warnings: tuple[str, ...] = ()
    """What a strict build, such as that of CI, would not let pass."""
    recorded: dict[str, str] = field(default_factory=dict)
    """The path of each recording that it made → the SHA-256 of what that holds."""


def main() -> None:
    configuration, site, address, report = sys.argv[1:]
    form = f"%(levelname)-7s -  {configuration}: %(message)s"
    logging.basicConfig(level=logging.INFO, format=form)
    said = _Said()
    logging.getLogger("mkdocs").addHandler(said)
    make_logs_printable("", "mkdocs")
    recordings: list[Path] = []
    error = _attempt(ROOT / configuration, (site, address), said.errors, recordings)
    if error and error not in said.errors:
        logging.getLogger("mkdocs.preview").error(error)
    recorded = {str(path): sha256(path.read_bytes()).hexdigest() for path in recordings}
    partial = Path(f"{report}.partial")
    partial.write_text(
        json.dumps(asdict(Report(error, tuple(said.warnings), recorded))), encoding="utf-8"
    )
    partial.replace(report)


def _attempt(
    configuration: Path, target: tuple[str, str], said: list[str], recordings: list[Path]
) -> str:
    """Build; what went wrong, with its place and cure, or nothing."""
    config = None
    try:
        config = load_config(str(configuration))
        config.site_dir, config.site_url = target
        config.plugins.on_startup(command="serve", dirty=False)
        build(config)
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
        recordings += config.extra.get("recorded", ()) if config else ()
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
