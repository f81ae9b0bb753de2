"""The command `snippetlab`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from snippetlab import report
from snippetlab.build import describe
from snippetlab.errors import EngineError
from snippetlab.labs.bootstrap import build_image
from snippetlab.labs.image import read_recipe
from snippetlab.library import Entry, Library, load_library
from snippetlab.lock import write_lock
from snippetlab.project import Project
from snippetlab.recording import write_recording
from snippetlab.runner import Result, Verdict, open_laboratory, recording_fault, run_all


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 only if all that was asked for was done and held."""
    options = _parser().parse_args(arguments)
    try:
        project = Project.find(Path.cwd())
        status: int = options.command(project, options)
    except EngineError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstopped; what was not recorded is as it was", file=sys.stderr)
        return 130
    except OSError as error:
        print(f"{error.filename or 'snippetlab'}: {error.strerror or error}", file=sys.stderr)
        return 1
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("snippetlab", description=sys.modules[__package__].__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")

    verify = commands.add_parser("verify", help="run snippets and compare with the recordings")
    verify.add_argument("ids", nargs="*", metavar="ID", help="all, if none is given")
    verify.add_argument("--write", action="store_true", help="then note the lab in lab/lock.toml")
    verify.set_defaults(command=_verify)

    record = commands.add_parser("record", help="run snippets and keep what they print")
    record.add_argument("ids", nargs="*", metavar="ID", help="all that need it, if none is given")
    record.set_defaults(command=_record)

    run = commands.add_parser("run", help="run one snippet and print its transcript")
    run.add_argument("id", metavar="ID")
    run.set_defaults(command=_run)

    listing = commands.add_parser("list", help="all snippets with lab and state")
    listing.add_argument("--json", action="store_true", help="an array of {id, lab, state, path}")
    listing.set_defaults(command=_list)

    lab = commands.add_parser("lab", help="what snippets run on").add_subparsers(required=True)
    build = lab.add_parser("build", help="make an image, if it is missing")
    build.add_argument("image", choices=["base"])
    build.set_defaults(command=_build)
    return parser


def _selected(library: Library, ids: Sequence[str]) -> list[Entry]:
    return [library.find(id_) for id_ in ids] if ids else list(library.entries.values())


def _verify(project: Project, options: argparse.Namespace) -> int:
    if options.write and options.ids:
        raise EngineError("--write speaks of all recordings\n    Leave out the ids.")
    entries = _selected(load_library(project), options.ids)
    faults = [fault for entry in entries if (fault := recording_fault(entry))]
    for fault in faults:
        print(fault, file=sys.stderr)
    results = []
    with open_laboratory(project) as laboratory:
        for result in run_all(laboratory, [e for e in entries if not recording_fault(e)]):
            results.append(result)
            if result.verdict in (Verdict.CHANGED, Verdict.FAILED):
                print(describe(result), file=sys.stderr)
    print(report.summary(results) + (f", {len(faults)} not fresh" if faults else ""))
    held = all(r.verdict in (Verdict.HELD, Verdict.NOT_RUN) for r in results) and not faults
    if held and options.write:
        write_lock(project.lab / "lock.toml", laboratory.lock())
    return 0 if held else 1


def _record(project: Project, options: argparse.Namespace) -> int:
    entries = [e for e in _selected(load_library(project), options.ids) if e.snippet.runs]
    if not options.ids:
        entries = [entry for entry in entries if recording_fault(entry)]
    if not entries:
        print("every recording is fresh")
        return 0
    with open_laboratory(project) as laboratory:
        kept = [_keep(result) for result in run_all(laboratory, entries)]
    return 0 if all(kept) else 1


def _keep(result: Result) -> bool:
    snippet = result.entry.snippet
    if result.transcript is None:
        print(result.error, file=sys.stderr)
        return False
    if result.verdict is Verdict.HELD and not recording_fault(result.entry):
        print(f"{snippet.id}: unchanged")
        return True
    write_recording(snippet, result.entry.key, result.transcript)
    print("\n".join([f"{snippet.id}: recorded", *result.diff]))
    return True


def _run(project: Project, options: argparse.Namespace) -> int:
    entry = load_library(project).find(options.id)
    if not entry.snippet.runs:
        raise EngineError(f"{options.id} runs in no lab: {' '.join(entry.snippet.reason.values())}")
    with open_laboratory(project) as laboratory:
        sys.stdout.write(laboratory.lab.run(entry.programs)[-1].dumps())
    return 0


def _list(project: Project, options: argparse.Namespace) -> int:
    entries = list(load_library(project).entries.values())
    if options.json:
        print(report.listing(entries, project.root))
        return 0
    for entry in entries:
        print(f"{entry.snippet.id:40} {entry.snippet.lab:10} {entry.state}")
    return 0


def _build(project: Project, _: argparse.Namespace) -> int:
    build_image(read_recipe(project), lambda line: print(line, flush=True))
    return 0
