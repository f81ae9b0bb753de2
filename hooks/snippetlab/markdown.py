"""The `snippet` fence as a SuperFences formatter; the only module that knows Markdown."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pymdownx.superfences import SuperFencesException

from snippetlab.errors import EngineError
from snippetlab.fence import FenceError, parse_fence
from snippetlab.library import Library
from snippetlab.lock import Lock
from snippetlab.render import Frame, render
from snippetlab.snippet import Snippet


class SnippetFence:
    """Formats fences by looking their recordings up in a library.

    SuperFences swallows every exception but its own, and would show the raw text instead.
    """

    def __init__(
        self,
        library: Library,
        lock: Lock | None,
        stated: Mapping[str, Sequence[str]],
        *,
        language: str,
        locate: Callable[[Snippet], str],
    ) -> None:
        self._library = library
        self._lock = lock
        self._stated = stated
        self._language = language
        self._locate = locate

    def fence(self) -> dict[str, Any]:
        """An entry for the option `custom_fences` of pymdownx.superfences."""
        return {"name": "snippet", "class": "snippet", "format": self.format}

    def format(self, source: str, *_: Any, **__: Any) -> str:
        """The HTML of one fence, as SuperFences asks for it."""
        try:
            fence = parse_fence(source)
            entry = self._library.find(fence.id)
        except (FenceError, EngineError) as error:
            raise SuperFencesException(str(error)) from error
        transcript = entry.recording.transcript if entry.recording else None
        if entry.snippet.runs and transcript is None:
            raise SuperFencesException(f"{fence.id} has no recording")
        href = self._locate(entry.snippet)
        frame = Frame(self._language, href, self._lock, self._stated, fence.fold)
        return render(entry.snippet, entry.program.commands, transcript, frame)
