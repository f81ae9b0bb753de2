"""MkDocs' server with live reload, which builds each language apart and serves both."""

import hashlib
import logging
import re
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer, _timestamp
from watchdog.events import FileSystemEvent, FileSystemEventHandler

from preview import notice
from preview.changes import DIRECTORIES, RECORDING, concerned, is_code, is_own, matters, pages
from preview.edition import Edition
from preview.language import LANGUAGES, language_of
from reading.languages import Language
from snippetlab import limits
from snippetlab.checkout import read
from snippetlab.errors import SourceError

log = logging.getLogger("mkdocs.preview")

_HOST = re.compile(r"[\w.:\[\]-]+")
_WAITING = re.compile(r"/livereload/(\d+)/\d+")
_POLLING = 0.2
"""Seconds between two looks at all files, which take 5 ms; events would not cross every mount."""
_REWRITTEN = ("text/", "application/xml")
"""Types of files that name the site's own address."""


class PreviewServer(LiveReloadServer):
    """Serves `site`, where the editions are, until `ending`; `root` is the checkout."""

    def __init__(
        self, root: Path, site: Path, host: str, port: int, ending: threading.Event
    ) -> None:
        place = str(site / LANGUAGES[0].name)
        super().__init__(lambda: None, host, port, place, polling_interval=_POLLING)
        self.address = f"http://127.0.0.1:{port}/"
        self.editions = {lang: Edition(lang, site, self.address) for lang in LANGUAGES}
        self._epochs = dict.fromkeys(LANGUAGES, self._visible_epoch)
        """When there was last something new in each."""
        self.error_handler = self._not_found
        self._checkout = root
        self._ending = ending
        self._pages = pages(root)
        self._changed: set[Path] = set()
        self._recordings: set[Path] = set()
        """Those that changed while something was built."""
        for directory in DIRECTORIES:
            if (root / directory).is_dir():
                self.observer.schedule(_Noted(self._note), str(root / directory), recursive=True)
        # A file that an editor replaces is not there for a moment, its directory is.
        self.observer.schedule(_Noted(self._note), str(root), recursive=False)
        self._watched_paths = {str(root): 1}

    def shutdown(self, wait: bool = False) -> None:
        for edition in self.editions.values():
            edition.stop()
        super().shutdown(wait)

    def _note(self, path: Path) -> None:
        if matters(path, self._checkout):
            with self._rebuild_cond:
                self._changed.add(path)
                self._rebuild_cond.notify_all()

    def _build_loop(self) -> None:
        """Unlike MkDocs': nobody waits for a build, one may be ended, and none can end this."""
        for edition in self.editions.values():
            edition.start()
        while not self._ending.is_set():
            building = any(edition.is_building for edition in self.editions.values())
            with self._rebuild_cond:
                self._rebuild_cond.wait_for(
                    lambda: self._changed, timeout=0.05 if building else self.shutdown_delay
                )
                while self._changed and self._rebuild_cond.wait(timeout=self.build_delay):
                    pass  # until what is being saved has been saved
                changed, self._changed = self._changed, set()
            self._take_up(changed, building)
            if news := [lang for lang, edition in self.editions.items() if edition.look()]:
                self._reload(news)
            if not any(edition.is_building for edition in self.editions.values()):
                for edition in self.editions.values():
                    edition.go_on()

    def _take_up(self, changed: set[Path], building: bool) -> None:
        """Begin the builds that these changes call for."""
        changed, self._recordings = changed | self._recordings, set()
        if building:
            # Perhaps the build's own; that is known when it has ended.
            self._recordings = {path for path in changed if path.suffix == RECORDING}
            changed = changed - self._recordings
        changed = {path for path in changed if not self._is_own_recording(path)}
        for path in changed:
            if is_own(path, self._checkout):
                log.warning("%s is the server's own: end it, and make serve again", path.name)
        if not changed:
            return
        log.info("changed: %s", ", ".join(sorted({path.name for path in changed})))
        before, self._pages = self._pages, pages(self._checkout)
        if any(is_code(path, self._checkout) for path in changed):
            for edition in self.editions.values():
                edition.renew()
        wanted = concerned(changed, self._checkout)
        if self._pages != before:
            wanted = dict.fromkeys(LANGUAGES)
        for language, saved in wanted.items():
            self.editions[language].start(saved)

    def _is_own_recording(self, path: Path) -> bool:
        """Whether it holds what a build wrote into it."""
        if path.suffix != RECORDING:
            return False
        try:
            found = hashlib.sha256(read(path, limits.RECORDING)).hexdigest()
        except (OSError, SourceError):
            found = ""
        known = {edition.recorded.get(str(path)) for edition in self.editions.values()}
        if found and found in known:
            return True
        for edition in self.editions.values():
            edition.recorded.pop(str(path), None)
        return False

    def _reload(self, news: list[Language]) -> None:
        """The pages of these languages; all at once: what is being built keeps nobody waiting."""
        with self._epoch_cond:
            now = max(_timestamp(), self._visible_epoch + 1)
            self._wanted_epoch = self._visible_epoch = now
            self._epochs |= dict.fromkeys(news, now)
            self._epoch_cond.notify_all()
        log.info("reloading %s: %s", " and ".join(lang.name for lang in news), self.url)

    def _await_news(self, known: int, page: str) -> int:
        """What MkDocs' script in a page waits for, which reloads it if the answer is higher.

        Of the page's own language; of any, if the browser does not say who asks.
        """
        languages = [language_of(page)] if page else LANGUAGES

        def newest() -> int:
            return max(self._epochs[language] for language in languages)

        with self._epoch_cond:
            self._epoch_cond.wait_for(lambda: newest() > known, self.poll_response_timeout)
            return newest()

    def serve_request(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Add to a page what is wrong with a newer one; call the site as the reader called it."""
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if asked := _WAITING.fullmatch(path):
            start_response("200 OK", [("Content-Type", "text/plain")])
            page = urlsplit(environ.get("HTTP_REFERER", "")).path
            return [b"%d" % self._await_news(int(asked[1]), page)]
        edition = self.editions[language_of(path)]
        language = edition.language.name
        if not edition.is_there:
            page = notice.page(edition.error, language)
            start_response("503 Service Unavailable", [("Content-Type", "text/html")])
            return [self._inject_js_into_html(page, self._visible_epoch)]
        head: list[Any] = []
        body = super().serve_request(environ, lambda *said: head.extend(said))
        status, headers = head[0], dict(head[1])
        if headers.get("Content-Type", "").startswith(_REWRITTEN):
            content = b"".join(body)
            if hasattr(body, "close"):
                body.close()
            wrong = edition.error, edition.warnings
            if headers["Content-Type"] == "text/html" and any(wrong):
                content = notice.with_notice(content, *wrong, language)
            host = environ.get("HTTP_HOST", "")
            if _HOST.fullmatch(host):
                content = content.replace(self.address.encode(), f"http://{host}/".encode())
            headers["Content-Length"] = str(len(content))
            body = [content]
        # Or a browser may show what it has kept of a style sheet that was changed.
        headers["Cache-Control"] = "no-cache"
        start_response(status, list(headers.items()))
        return body

    def _not_found(self, code: int) -> bytes | None:
        try:
            content = Path(self.root, f"{code}.html").read_bytes()
        except OSError:
            return None
        return bytes(self._inject_js_into_html(content, self._visible_epoch))

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        """But into a document with a policy of its own, which would refuse the script."""
        if b'http-equiv="Content-Security-Policy"' in content:
            return content
        return bytes(super()._inject_js_into_html(content, epoch))  # type: ignore[no-untyped-call]


class _Noted(FileSystemEventHandler):
    def __init__(self, note: Callable[[Path], None]) -> None:
        self._note = note

    def on_any_event(self, event: FileSystemEvent) -> None:
        if not event.is_directory:
            for path in filter(None, (event.src_path, event.dest_path)):
                self._note(Path(str(path)))
