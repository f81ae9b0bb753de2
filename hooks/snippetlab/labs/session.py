"""What a lab is given for a session: the interpreter, its statements, and the plan."""

import json
from pathlib import Path

from snippetlab.labs.places import STAGE
from snippetlab.labs.plan import FED, REPORTING, Plan, Portion
from snippetlab.labs.rows import exports
from snippetlab.snippet.program import Program

_INTERPRETER = Path(__file__).with_name("interpreter.py")
_STATEMENTS = "statements.json"


def files_of_session(number: int, program: Program, nonce: str) -> dict[str, bytes]:
    """Path in the lab → content, of the program that is this one (from 0) of its chain."""
    if not program.session:
        return {}
    statements = [command.text for command in program.commands]
    given = {"nonce": nonce, "statements": statements}
    return {
        f"{STAGE}/{number}/{_INTERPRETER.name}": _INTERPRETER.read_bytes(),
        f"{STAGE}/{number}/{_STATEMENTS}": json.dumps(given).encode(),
    }


def plan_of_session(program: Program, directory: str, nonce: str) -> Plan:
    """bash becomes the interpreter, which reports after each statement."""
    begin = (
        f"{exports(program)}exec python3 {directory}/{_INTERPRETER.name}"
        f" {directory}/{_STATEMENTS} 9>{directory}/1r 8<{directory}/1a\n"
    )
    first = Portion(0, begin, 1, "done 0", closes=0)
    others = [Portion(1, "", 1, f"done {n}") for n in range(1, len(program.commands))]
    end = Portion(1, "", 0, "")
    shells = [FED, REPORTING]
    return Plan(directory, program.path.name, nonce, shells, [first, *others, end], program.apart)
