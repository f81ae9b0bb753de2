"""A registry that answers as Docker Hub does for a repository that is private, or is not there."""

import json
from http.server import BaseHTTPRequestHandler, HTTPServer

CHALLENGE = (
    'Bearer realm="http://127.0.0.1:5002/token",service="registry",scope="repository:{}:pull"'
)


class Registry(BaseHTTPRequestHandler):
    def handle_one_request(self):
        if self.rfile.peek(1)[:1] == b"\x16":  # TLS: answered in HTTP, so that HTTP is tried next
            self.wfile.write(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
            self.close_connection = True
        else:
            super().handle_one_request()

    def do_GET(self):
        if self.path.startswith("/token"):
            self.answer(200, {"token": "anonymous"})
            return
        name = self.path.removeprefix("/v2/").partition("/manifests")[0]
        challenge = CHALLENGE.format(name)
        if self.headers["Authorization"]:
            challenge += ',error="insufficient_scope"'
        message = {"code": "UNAUTHORIZED", "message": "authentication required"}
        self.answer(401, {"errors": [message]}, challenge)

    do_HEAD = do_GET  # noqa: N815

    def answer(self, status, body, challenge=""):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        if challenge:
            self.send_header("WWW-Authenticate", challenge)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(text)

    def log_message(self, *_):
        pass


HTTPServer(("127.0.0.1", 5002), Registry).serve_forever()
