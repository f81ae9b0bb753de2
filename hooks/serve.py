"""Preview both languages on one address, reloading the browser when anything changes.

`mkdocs serve` knows one configuration; the language switch needs both sites side by side.
"""

import argparse
import logging
import socket
import sys
import tempfile
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer

ROOT = Path(__file__).parent.parent
CONFIGURATIONS = ("mkdocs.yml", "mkdocs.en.yml")
WATCHED = ("docs", "snippets", "lab", *CONFIGURATIONS)

log = logging.getLogger("mkdocs")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    if not _is_free(port):
        sys.exit(f"port {port} is taken\n    End what uses it, or: make serve PORT={port + 1}")
    logging.basicConfig(level=logging.INFO, format="%(levelname)-7s -  %(message)s")
    with tempfile.TemporaryDirectory(prefix="site-") as directory:
        site = Path(directory)
        address = f"http://127.0.0.1:{port}/"
        build_all(site, address)
        server = LiveReloadServer(lambda: build_all(site, address), "127.0.0.1", port, directory)
        for path in WATCHED:
            server.watch(str(ROOT / path))
        try:
            server.serve()  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            server.shutdown()


def _is_free(port: int) -> bool:
    """Asked first: what a build of many seconds ends with should not be this."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def build_all(site: Path, address: str) -> None:
    """Build every language; what went wrong is in the log, and the last good pages stay."""
    for name in CONFIGURATIONS:
        try:
            config = load_config(str(ROOT / name))
            below = Path(config.site_dir).relative_to(ROOT / "site")
            config.site_dir = str(site / below)
            config.site_url = address + (f"{below}/" if below.parts else "")
            config.plugins.on_startup(command="serve", dirty=False)
            build(config)
        except Abort:
            log.error("%s: not built; save again when it is mended", name)


if __name__ == "__main__":
    main()
