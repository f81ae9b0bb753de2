# /// snippet
# lab = "namespace"
# proves = { ko = "HTTP는 유닉스 소켓 위에서도 된다. 그 소켓은 소유자와 모드가 있는 파일이다.", en = "HTTP works over a Unix socket, which is a file with an owner and a mode." }
# browser = { ko = "그 머신의 Python에는 `http`가 없다", en = "its Python has no module `http`" }
# ///
import http.client
import http.server
import os
import socket
import socketserver
import threading


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"OK")

    def log_message(self, *_):
        pass


class Client(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect("daemon.sock")


daemon = socketserver.UnixStreamServer("daemon.sock", Handler)
threading.Thread(target=daemon.serve_forever, daemon=True).start()
client = Client("localhost")
client.request("GET", "/_ping")
answer = client.getresponse()
print(answer.status, answer.read().decode())
print(oct(os.stat("daemon.sock").st_mode))
