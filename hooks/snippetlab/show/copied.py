"""What the button below a transcript copies: commands as one would type them."""

from snippetlab.show.block import Block
from snippetlab.show.part import cut
from snippetlab.snippet.command import Command
from snippetlab.snippet.program import is_source, source_of
from snippetlab.transcript import INTERPRETER


def copied(block: Block) -> str:
    """Not of two terminals: what belongs into two is not to be pasted into one."""
    snippet = block.snippet
    commands = cut(block.commands, block.part) if block.part else block.commands
    text = source_of(snippet) if is_source(snippet) else _typed(commands)
    # The first lines of a Dockerfile may be directives, which comments would switch off.
    if snippet.runs and snippet.path.suffix != ".Dockerfile":
        own = block.frame.words["transcript"]["own-copied"].removeprefix("#")
        return f"{snippet.language.sign}{own}\n{text}"
    return text


def _typed(commands: tuple[Command, ...]) -> str:
    """The commands as one would type them at a prompt: here-documents whole."""
    return "\n".join(_whole(command) for command in commands)


def _whole(command: Command) -> str:
    if not command.shell:
        # What is indented ends with a blank line where it is typed.
        is_block = command.prompt == INTERPRETER and "\n " in command.text
        return f"{command.text}\n" if is_block else command.text
    inner = _typed(command.shell.commands)
    return f"{command.shell.opening}\n{inner}\n{command.shell.delimiter}"
