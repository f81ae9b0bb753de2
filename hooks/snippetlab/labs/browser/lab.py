"""The browser lab: a small Linux in v86, in the reader's tab and, to verify it, in node."""

import hashlib
import json
import os
import socket
import subprocess
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from snippetlab.errors import Cure, LabUnavailableError
from snippetlab.images.browser.image import BrowserImage, require_browser_image
from snippetlab.images.image import Image
from snippetlab.images.tools import tool_version
from snippetlab.labs import Opened
from snippetlab.labs.browser.between import OWN
from snippetlab.labs.conversation import Conversation
from snippetlab.labs.failing import RunError
from snippetlab.labs.job import job_of
from snippetlab.labs.steps import Steps
from snippetlab.labs.weakness import Weakness
from snippetlab.project import Project
from snippetlab.registry import LABS
from snippetlab.snippet.command import Command
from snippetlab.snippet.program import Program
from snippetlab.transcript import Transcript

_RUN = Path(__file__).with_name("run.mjs")
_START = 120.0
"""Seconds for node to restore the machine."""

_ALONE = Weakness(
    "node: nothing stands around it, and it has the rights of whoever calls it",
    Cure("node-alone", "Read what is to run, then leave out --untrusted."),
)


class BrowserLab:
    """Runs each chain in a machine restored in a node of its own. Safe to use from threads."""

    name = "browser"
    workers = os.cpu_count() or 1

    def __init__(self, image: BrowserImage, machine: Path) -> None:
        """`machine` is the module that the page uses as well (machine.mjs)."""
        self._image = image
        self._machine = machine
        self._processes: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()

    @property
    def weaknesses(self) -> Sequence[Weakness]:
        """A reader's tab has the browser's sandbox around it."""
        return (_ALONE,)

    def check(self) -> None:
        """Run one command. Raises LabUnavailableError if that does not work."""
        try:
            self.run([Program(Path("probe"), (Command("true", 1),), {}, timeout=30)])
        except (LabUnavailableError, RunError, OSError) as error:
            cure = Cure("browser-anew", "Make its image anew: snippetlab lab build browser --fresh")
            raise LabUnavailableError(f"the browser lab does not work: {error}", cure) from None

    def run(self, chain: Sequence[Program], *, alone: bool = False) -> tuple[Transcript, ...]:
        """Run programs one after another in a machine that nobody used before.

        Raises RunError for a step that fails, hangs or floods, LabUnavailableError where
        node does not bring the machine up.
        """
        del alone  # its runs give way to nobody anyway
        runs = [Steps(program, LABS[self.name].patience) for program in chain]
        with ExitStack() as stack:
            control, far_control = map(stack.enter_context, socket.socketpair())
            read_end, write_end = os.pipe()
            output = stack.enter_context(os.fdopen(read_end, "rb", buffering=0))
            with far_control, os.fdopen(write_end, "wb", buffering=0) as far_output:
                process = self._start(runs, far_output.fileno(), far_control.fileno())
            stack.callback(self._end, process)
            control.settimeout(_START)
            if _line(control) != "ready":
                raise LabUnavailableError(f"node did not start the machine: {_said(process)}")
            Conversation(runs, control, output.fileno()).hold()
            status = process.wait()
        return tuple(steps.transcript(status) for steps in runs)

    def stop(self) -> None:
        """End every run at once; each raises in its own thread."""
        with self._lock:
            for process in self._processes:
                process.kill()

    def close(self) -> None:
        """End what still runs."""
        self.stop()

    def interact(self) -> int:
        """A shell on the terminal, with all packs; its exit status. Ctrl-] leaves it."""
        program = _RUN.with_name("interact.mjs")
        manifest = self._image.manifest
        machine = {"memory": self._image.memory, "window": manifest["window"]}
        job = json.dumps({**machine, "packs": list(manifest["packs"])})
        command = ["node", str(program), str(self._image.root), str(self._machine), job]
        return subprocess.run(command).returncode

    def _start(self, runs: Sequence[Steps], output: int, control: int) -> "subprocess.Popen[bytes]":
        packs = self._image.packs_for([steps.program for steps in runs])
        machine = {"memory": self._image.memory, "window": self._image.manifest["window"]}
        job = json.dumps({**machine, "packs": packs, **job_of(runs, OWN).encoded}).encode()
        command = ["node", str(_RUN), str(self._image.root), str(self._machine)]
        try:
            process = subprocess.Popen(
                [*command, str(output), str(control)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                pass_fds=(output, control),
            )
        except OSError as error:
            raise LabUnavailableError(f"node does not start: {error}") from None
        with self._lock:
            self._processes.add(process)
        assert process.stdin
        process.stdin.write(job)
        process.stdin.close()
        return process

    def _end(self, process: "subprocess.Popen[bytes]") -> None:
        with self._lock:
            self._processes.discard(process)
        process.kill()
        process.wait()
        if process.stderr:
            process.stderr.close()


def _line(control: socket.socket) -> str:
    """The first line, byte by byte, so that nothing of the next one is taken."""
    line = b""
    while (byte := control.recv(1)) not in (b"", b"\n"):
        line += byte
    return line.decode("utf-8", "replace")


def _said(process: "subprocess.Popen[bytes]") -> str:
    process.kill()
    assert process.stderr
    lines = process.stderr.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"


def open_lab(project: Project, name: str, niceness: int, image: Image | None) -> Opened:
    """See registry.open_lab."""
    del name, niceness, image  # builds never run this lab, and it has one image
    built = require_browser_image(project)
    lab = BrowserLab(built, project.machine)

    def rests_on() -> tuple[str, ...]:
        return (tool_version("node"), hashlib.sha256(project.machine.read_bytes()).hexdigest())

    return Opened(lab, built.image, built.release, rests_on, "i686")
