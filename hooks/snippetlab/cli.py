"""The command `snippetlab`: what a person types → engine calls."""

import argparse
import os
import re
import select
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from snippetlab import __version__, beginning, commands, trials, verifying
from snippetlab.errors import Cure, EngineError
from snippetlab.labs.browser.recipe import KERNELS
from snippetlab.labs.registry import BROWSER, DEFAULT, LABS, makers
from snippetlab.project import Project
from snippetlab.recording import State
from snippetlab.say import say
from snippetlab.snippet import NOT_RUN

_MOST = 1000
"""How often anything can be asked for."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 only if all that was asked for was done and held."""
    options = _parser().parse_args(arguments)
    before = signal.signal(signal.SIGTERM, _terminate)
    try:
        project = Project.find(Path.cwd())
        status: int = options.command(project, options)
        sys.stdout.flush()  # here, where a reader that is gone is an error like others
    except EngineError as error:
        say(error, error=True)
        return 1
    except KeyboardInterrupt as interrupt:
        say("\nstopped; no file is half written", error=True)
        return 128 + (signal.SIGTERM if isinstance(interrupt, _Terminated) else signal.SIGINT)
    except OSError as error:
        if isinstance(error, BrokenPipeError) and _reader_is_gone():
            return 1
        say(f"{error.filename or 'snippetlab'}: {error.strerror or error}", error=True)
        return 1
    finally:
        signal.signal(signal.SIGTERM, before)
    return status


class _Terminated(KeyboardInterrupt):
    """SIGTERM ends a command as Ctrl-C does: what runs is ended, what was begun is removed."""


def _terminate(*_: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # who asks twice does not want to wait
    raise _Terminated


def _reader_is_gone() -> bool:
    """Whether nobody reads the output any more, as after `| head`; if so, it goes nowhere."""
    out = 1
    poll = select.poll()
    poll.register(out, 0)
    gone = any(events & select.POLLERR for _, events in poll.poll(0))
    if gone:
        # Python flushes once more as it exits: its documentation, "Note on SIGPIPE".
        os.dup2(os.open(os.devnull, os.O_WRONLY), out)
    return gone


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("snippetlab", description=sys.modules[__package__].__doc__)
    version = f"snippetlab {__version__}"
    parser.add_argument("--version", action="version", version=version)
    subparsers = parser.add_subparsers(required=True, metavar="command")
    _add_verify(subparsers.add_parser("verify", help="run snippets, compare with recordings"))

    record = subparsers.add_parser("record", help="run snippets and keep what they print")
    record.add_argument("ids", nargs="*", metavar="ID", help="all that need it, if none is given")
    record.add_argument("--yes", action="store_true", help="do not ask, even on a terminal")
    record.set_defaults(command=commands.record)

    run = subparsers.add_parser("run", help="run one snippet and print its transcript")
    run.add_argument("id", metavar="ID")
    run.set_defaults(command=trials.run)

    listing = subparsers.add_parser("list", help="all snippets with lab and state")
    listing.add_argument("--json", action="store_true", help="an array of {id, lab, state, path}")
    listing.add_argument("--lab", choices=(*LABS, NOT_RUN))
    listing.add_argument("--state", choices=[state.value for state in State])
    listing.set_defaults(command=commands.listing)

    flaky = subparsers.add_parser("flaky", help="run one snippet many times; say what differs")
    flaky.add_argument("id", metavar="ID")
    flaky.add_argument("--times", type=_number(2), default=10, metavar="N", help="how often (10)")
    flaky.set_defaults(command=trials.flaky)

    new = subparsers.add_parser("new", help="begin a snippet: the file with its header")
    new.add_argument("id", metavar="ID", help="chapter/name")
    new.set_defaults(command=beginning.new)

    migrate = subparsers.add_parser("migrate", help="convert recordings of an earlier version")
    migrate.add_argument("ids", nargs="*", metavar="ID", help="all, if none is given")
    migrate.set_defaults(command=commands.migrate)

    _add_lab(subparsers.add_parser("lab", help="what snippets run on"))
    return parser


def _number(least: int) -> Callable[[str], int]:
    """A reader of how often something is to be done."""

    def number(text: str) -> int:
        if re.fullmatch(r"\d{1,9}", text, re.ASCII) and least <= int(text) <= _MOST:
            return int(text)
        cure = Cure("number-in-range", f"write a number from {least} to {_MOST}")
        raise argparse.ArgumentTypeError(f"it cannot be {text!r}: {cure}")

    return number


def _add_verify(verify: argparse.ArgumentParser) -> None:
    verify.add_argument("ids", nargs="*", metavar="ID", help="all, if none is given")
    verify.add_argument("--changed", metavar="REV", help="only what differs from a git revision")
    verify.add_argument("--shard", metavar="K/N", help="only part K of N")
    verify.add_argument("--lab", choices=LABS, help="only this lab's")
    verify.add_argument(
        "--repeat", type=_number(1), default=1, metavar="N", help="run everything N times"
    )
    verify.add_argument(
        "--allow-missing-lab", action="store_true", help="a lab that cannot run here is no failure"
    )
    verify.add_argument(
        "--untrusted", action="store_true", help="refuse where a lab cannot limit everything"
    )
    verify.add_argument("--junit", metavar="FILE", type=Path, help="write JUnit XML there")
    verify.add_argument("--json", metavar="FILE", type=Path, help="write all results there")
    verify.add_argument(
        "--annotations",
        action="store_true",
        help="print GitHub workflow commands (default there)",
        default=bool(os.environ.get("GITHUB_ACTIONS")),
    )
    verify.add_argument("--write", action="store_true", help="note what held, when, where")
    verify.set_defaults(command=verifying.verify)


def _add_lab(lab: argparse.ArgumentParser) -> None:
    subparsers = lab.add_subparsers(required=True, metavar="command")
    build = subparsers.add_parser("build", help="make an image, if it is missing")
    build.add_argument("image", choices=makers())
    build.add_argument("--fresh", action="store_true", help="make it anew, with today's packages")
    build.add_argument("--kernel", choices=KERNELS, help="of the browser image")
    build.set_defaults(command=_lab("build"))
    sources = subparsers.add_parser("sources", help="collect the source packages of an image")
    sources.add_argument("image", choices=[BROWSER])
    sources.add_argument("directory", metavar="DIRECTORY", type=Path, help="where to put them")
    sources.set_defaults(command=_lab("sources"))
    status = subparsers.add_parser("status", help="what is there, what is missing, and why")
    status.set_defaults(command=_lab("status"))
    key = subparsers.add_parser("key", help="a name for an image; changes with its recipe")
    key.add_argument("image", choices=makers())
    key.set_defaults(command=_lab("key"))
    drift = subparsers.add_parser("drift", help="what differs between two images")
    drift.add_argument("before", metavar="DIGEST", help="of an image here; a prefix will do")
    drift.add_argument("after", nargs="?", metavar="DIGEST", help="that in use, if none is given")
    drift.set_defaults(command=_lab("drift"))
    prune = subparsers.add_parser("prune", help="list images and states that are no longer in use")
    prune.add_argument("--force", action="store_true", help="remove them")
    prune.set_defaults(command=_lab("prune"))
    shell = subparsers.add_parser("shell", help="look around where snippets run")
    shell.add_argument("lab", nargs="?", default=DEFAULT, choices=LABS)
    shell.set_defaults(command=_lab("shell"))


def _lab(name: str) -> Callable[[Project, argparse.Namespace], int]:
    """A command of `snippetlab lab`; no other command needs what makes images."""

    def command(project: Project, options: argparse.Namespace) -> int:
        from snippetlab import lab_commands

        status: int = getattr(lab_commands, name)(project, options)
        return status

    return command
