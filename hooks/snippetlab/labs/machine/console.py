"""What a machine writes to its console, of which only the last part is kept."""

import os
import threading

from snippetlab.say import printable

KEPT = 1 << 18
"""Bytes. Root in the machine writes there as long as it likes; a file would fill the disk."""


class Console:
    """A pipe to be written to by a process, read by a thread until nobody has it open."""

    def __init__(self) -> None:
        self._read_end, self.write_end = os.pipe()
        self._kept = bytearray()
        self._reader = threading.Thread(target=self._read, daemon=True)

    def begin(self) -> None:
        """When the process has its end."""
        os.close(self.write_end)
        self._reader.start()

    def text(self, *, wait: bool = False) -> str:
        """What was written, made safe for a terminal; with `wait`, to its end."""
        if wait:
            self._reader.join(5)
        return printable(bytes(self._kept).decode("utf-8", "replace").replace("\r", ""))

    def _read(self) -> None:
        with os.fdopen(self._read_end, "rb", buffering=0) as stream:
            while data := stream.read(1 << 16):
                self._kept += data
                del self._kept[:-KEPT]
