"""A Firefox as Debian has it, driven over WebDriver BiDi (https://w3c.github.io/webdriver-bidi/).

Playwright drives only a Firefox of its own making, and Selenium wants a driver beside it; Firefox
itself speaks the protocol.
"""

import itertools
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from websockets.sync.client import ClientConnection, connect

from tests.opened import asked
from tests.support import PATIENCE

FIREFOXES = ("firefox-esr", "firefox")


class Firefox:
    """One window. Everything in it is done by the page's own JavaScript."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._numbers = itertools.count()
        self.errors: list[str] = []
        """What pages logged as an error."""
        self._ask("session.new", capabilities={})
        self._ask("session.subscribe", events=["log.entryAdded"])
        tree = self._ask("browsingContext.getTree")
        self._window = tree["contexts"][0]["context"]

    def open(self, url: str) -> None:
        """Go there, and wait until it is loaded."""
        asked(url, "{0.scheme}://{0.netloc}".format(urlsplit(url)))
        self._ask("browsingContext.navigate", context=self._window, url=url, wait="complete")

    def value(self, expression: str) -> Any:
        """Of a JavaScript expression, or of what it promises: a text, number or truth value."""
        answer = self._ask(
            "script.evaluate",
            expression=expression,
            target={"context": self._window},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return answer["result"].get("value")

    def wait(self, expression: str) -> Any:
        """The value of a JavaScript expression as soon as it is true."""
        return self.value(
            f"""new Promise((done) => {{
              const look = () => {{
                const value = {expression}
                value ? done(value) : setTimeout(look, 50)
              }}
              look()
            }})"""
        )

    def _ask(self, method: str, **parameters: Any) -> Any:
        number = next(self._numbers)
        self._connection.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._connection.recv(PATIENCE))
            if message["type"] == "event" and message["params"]["level"] == "error":
                self.errors.append(message["params"]["text"])
            elif message["type"] == "error":
                raise AssertionError(f"{method}: {message['message']}")
            elif message.get("id") == number:
                return message["result"]


@contextmanager
def started(program: str) -> Iterator[Firefox]:
    """A Firefox with a profile that is gone with it."""
    with tempfile.TemporaryDirectory(prefix="firefox-") as home:
        command = [program, "--headless", "--remote-debugging-port", "0", "--profile", home]
        process = subprocess.Popen(
            command, stderr=subprocess.PIPE, text=True, env={"HOME": home, "PATH": "/usr/bin"}
        )
        try:
            with connect(f"{_listening(process)}/session", max_size=None) as connection:
                yield Firefox(connection)
        finally:
            process.terminate()
            process.communicate()


def find_firefox() -> str | None:
    return next(filter(None, map(shutil.which, FIREFOXES)), None)


def _listening(process: "subprocess.Popen[str]") -> str:
    said = ""
    for line in process.stderr or ():
        if found := re.search(r"WebDriver BiDi listening on (ws://\S+)", line):
            return found[1]
        said += line
    raise AssertionError(f"Firefox ended: {said}")
