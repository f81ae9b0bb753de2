"""What a lab is given for a session: the interpreter, and its statements."""

import json
from pathlib import Path

from snippetlab.labs.places import STAGE
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


def command_of_session(number: int) -> str:
    """What runs it."""
    return f"exec python3 {STAGE}/{number}/{_INTERPRETER.name} {STAGE}/{number}/{_STATEMENTS}"
