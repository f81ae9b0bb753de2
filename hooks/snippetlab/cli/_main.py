"""The command `snippetlab`: what a person types → a command's exit status."""

import os
import select
import signal
import sys
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

import click

import snippetlab
from snippetlab.cli._commands import Commands
from snippetlab.errors import EngineError
from snippetlab.say import say

_COMPLETE = "_SNIPPETLAB_COMPLETE"
"""The variable by which a shell asks for completions, as click names it."""
_COMMANDS = Commands(
    "snippetlab.cli",
    Path(__file__).parent,
    help=snippetlab.__doc__,
    epilog=f'Completion in bash: eval "$({_COMPLETE}=bash_source snippetlab)"',
)
click.version_option(snippetlab.__version__, message="snippetlab %(version)s")(_COMMANDS)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 only if all that was asked for was done and held."""
    if os.environ.get(_COMPLETE):
        _COMMANDS.main(prog_name="snippetlab")  # which exits
    before = signal.signal(signal.SIGTERM, _terminate)
    try:
        status = _run(sys.argv[1:] if arguments is None else [*arguments])
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


def _run(arguments: list[str]) -> int:
    """Without click's own `main`, which hides pipes that break, whoever broke them."""
    try:
        with _COMMANDS.make_context("snippetlab", arguments) as context:
            status: int = _COMMANDS.invoke(context)
            return status
    except click.exceptions.Exit as done:  # help was asked for, or the version
        return done.exit_code
    except click.ClickException as misuse:
        error = StringIO()
        misuse.show(error)
        say(error.getvalue(), error=True, end="")
        return misuse.exit_code


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
