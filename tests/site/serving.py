"""The built site on loopback, as it lies there or as hosts send it."""

import gzip
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

PACKED = (".gz", ".png", ".woff2", ".zst")
"""Files that no server compresses once more."""


class Plain(SimpleHTTPRequestHandler):
    """Sends files as they are, and says nothing."""

    def log_message(self, *_: object) -> None:
        pass


class Compressing(Plain):
    """Sends files compressed, over connections that are kept open."""

    protocol_version = "HTTP/1.1"
    sent: ClassVar[dict[str, int]] = {}
    """Bytes by path, since it was last cleared."""

    def do_GET(self) -> None:
        path = file_at(Path(self.directory), self.path)
        if not path.is_file():
            self.send_error(404)
            return
        content = compressed(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        if path.suffix not in PACKED:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        self.sent[self.path] = len(content)


@cache
def compressed(path: Path) -> bytes:
    """What goes over the wire."""
    content = path.read_bytes()
    return content if path.suffix in PACKED else gzip.compress(content)


def file_at(site: Path, address: str) -> Path:
    """What lies at a path on the server."""
    path = site / re.split(r"[?#]", address)[0].lstrip("/")
    return path / "index.html" if path.is_dir() else path


@contextmanager
def served(site: Path, handler: type[SimpleHTTPRequestHandler] = Plain) -> Iterator[str]:
    """Its address, as long as it is needed."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
