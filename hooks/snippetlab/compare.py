"""Whether two runs show the same."""

from difflib import unified_diff

from snippetlab.transcript import Transcript


def differences(recorded: Transcript, new: Transcript) -> list[str]:
    """The lines of a diff from the recording to the new run; empty where they are equal."""
    return list(
        unified_diff(
            recorded.dumps().splitlines(),
            new.dumps().splitlines(),
            "recorded",
            "now",
            lineterm="",
        )
    )
