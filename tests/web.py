"""A web server on this machine whose answers a test writes."""

from __future__ import annotations

import ssl
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NOTHING = (404, {}, b"")


class Site:
    """Answers by path, and what was asked for.

    An answer is its status, headers and bytes, or a function that makes it of the headers of a request.
    """

    def __init__(self, port):
        self.port, self.answers, self.asked = port, {}, []

    def at(self, path, host="localhost"):
        return f"http://{host}:{self.port}{path}"


@contextmanager
def serving(*, certificate=None):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.server.site.asked.append((self.path, self.headers["Host"], self.headers["User-Agent"]))
            answer = self.server.site.answers.get(self.path, NOTHING)
            status, headers, content = answer(self.headers) if callable(answer) else answer
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(ConnectionError):  # whoever has read enough hangs up
                self.wfile.write(content)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
