"""Preview both languages on one address, reloading the browser when anything changes.

`mkdocs serve` knows one configuration; the language switch needs both sites side by side.
"""

import argparse
import contextlib
import errno
import ipaddress
import logging
import signal
import socket
import sys
import tempfile
import threading
from pathlib import Path

from preview.server import PreviewServer
from snippetlab.errors import Cure
from snippetlab.logs import make_logs_printable

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    host, port = options.host, options.port
    _refuse_unless_free(host, port)
    logging.basicConfig(level=logging.INFO, format="%(levelname)-7s -  %(message)s")
    make_logs_printable("")
    # Not an exception: a signal may come in the midst of anything, such as the start of a build.
    ending = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: ending.set())
    with tempfile.TemporaryDirectory(prefix="site-") as directory:
        server = PreviewServer(ROOT, Path(directory).resolve(), host, port, ending)
        server.url = " and ".join(_addresses(host, port))
        try:
            server.serve()  # type: ignore[no-untyped-call]
        finally:
            server.shutdown()


def _refuse_unless_free(host: str, port: int) -> None:
    """Asked first: what begins with a build should not end with this."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            cure = Cure("port-taken", f"End what uses it, or: make serve PORT={_free(host, port)}")
            sys.exit(f"port {port} is taken\n    {cure}")
        cure = Cure("address", "Here alone: make serve. From everywhere: make serve HOST=0.0.0.0")
        sys.exit(f"cannot be at {host}, port {port}: {error.strerror}\n    {cure}")


def _free(host: str, port: int) -> int:
    """The next port that is free."""
    for free in range(port + 1, 65536):
        with contextlib.suppress(OSError), socket.create_server((host, free)):
            return free
    return port


def _addresses(host: str, port: int) -> list[str]:
    """Those that a browser can open, here and elsewhere."""
    try:
        everywhere = ipaddress.ip_address(host).is_unspecified
    except ValueError:
        everywhere = False
    names = ["127.0.0.1", *_own_address()] if everywhere else [f"[{host}]" if ":" in host else host]
    return [f"http://{name}:{port}/" for name in names]


def _own_address() -> list[str]:
    """This machine's in its network, if it has one; nothing is sent."""
    with socket.socket(type=socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
        probe.connect(("192.0.2.1", 9))  # kept for documents (RFC 5737)
        return [str(probe.getsockname()[0])]
    return []


if __name__ == "__main__":
    main()
