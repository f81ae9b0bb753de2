"""While an image is made: how long it has taken so far, and how long it usually takes."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from snippetlab.files import write_atomically
from snippetlab.project import cache_directory

SECONDS = 15.0
"""So often a line says that it goes on."""
USUAL: dict[str, float] = {"base": 60, "docker": 245}
"""Image → seconds on two processors without KVM; later its last time on the same machine."""
_KEPT = "paces.json"


@contextmanager
def paced(
    name: str, say: Callable[[str], None], *, seconds: float = SECONDS
) -> Iterator[Callable[[str], None]]:
    """Something to say with what is done. While that takes long, lines say how far it is."""
    began, done = time.monotonic(), threading.Event()
    usual = _usual().get(name)
    in_all = "" if usual is None else f" of usually {span(usual)}"

    def remind() -> None:
        while not done.wait(seconds):
            say(f"    {name}: {span(time.monotonic() - began)}{in_all} …")

    thread = threading.Thread(target=remind, daemon=True)
    thread.start()
    try:
        yield say
    finally:
        done.set()
        thread.join()
    if (took := time.monotonic() - began) >= seconds:  # else it was there
        say(f"{name}: made in {span(took)}")
        with suppress(OSError):
            kept = json.dumps(_usual() | {name: round(took)}, indent=2)
            write_atomically(cache_directory() / _KEPT, kept.encode())


def span(seconds: float) -> str:
    """In words."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _usual() -> dict[str, float]:
    try:
        kept = json.loads((cache_directory() / _KEPT).read_text())
        return USUAL | {str(name): float(seconds) for name, seconds in kept.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return dict(USUAL)
