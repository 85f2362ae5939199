"""A real HTTP server of another system on loopback: takes deliveries, fails, hangs, drips."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Platform:
    """Keeps what it took. `says`: (status, body, headers), "hang", "hang up" or "drip"."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.says: tuple[int, bytes, dict[str, str]] | str = (204, b"", {})
        self.over = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook?from=yike"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        """This will say what is answered from now on."""
        self.says = (status, body, {name.replace("_", "-"): one for name, one in headers.items()})

    def stop(self) -> None:
        """This will close the server and let go of who hangs."""
        self.over.set()
        self.server.shutdown()
        self.server.server_close()

    def told(self) -> list[dict[str, Any]]:
        """The bodies it took, each number once, as a receiver that keeps the standard would."""
        found = {one["headers"]["webhook-id"]: json.loads(one["body"]) for one in self.taken}
        return list(found.values())

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        platform = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                platform.taken.append({"path": self.path, "body": body, "headers": headers})
                if isinstance(platform.says, str):
                    self._misbehave(platform.says)
                    return
                status, told, more = platform.says
                self.send_response(status)
                for name, value in {"Content-Length": str(len(told)), **more}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(told)

            def _misbehave(self, how: str) -> None:
                if how == "drip":
                    self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Never-Ending: ")
                    try:
                        while not platform.over.wait(0.2):
                            self.wfile.write(b".")
                    except OSError:
                        return
                if how == "hang":
                    platform.over.wait(30)
                self.connection.close()

            def log_message(self, *_: Any) -> None:
                """Says nothing."""

        return Handler


def proves(taken: dict[str, Any], secret: str) -> bool:
    """This will check one request as Standard Webhooks says, independently of the sender's code."""
    headers = taken["headers"]
    told = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + taken["body"]
    key = base64.b64decode(secret.split("_", 1)[1])
    mac = base64.b64encode(hmac.new(key, told, hashlib.sha256).digest()).decode()
    return f"v1,{mac}" in headers["webhook-signature"].split(" ")
