"""What goes to and fro between the engine and the agent in a machine."""

import socket

from snippetlab.labs import places
from snippetlab.labs.machine import agent, frames


def test_labs_and_agent_agree_on_the_home() -> None:
    """The agent runs in the image and cannot import the engine, so the path stands twice."""
    assert agent.HOME == places.HOME


def test_frames_survive_any_division() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        for letter in b"O" + (5).to_bytes(4, "big") + b"abcdeX" + (1).to_bytes(4, "big") + b"0":
            theirs.send(bytes([letter]))
        theirs.close()
        assert list(frames.receive(ours)) == [(b"O", b"abcde"), (b"X", b"0")]
