"""A real HTTP gateway of short messages on loopback for tests: answers as it is told."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

DESCRIPTION = """
name = "县短信平台"
url = "http://127.0.0.1:{port}/send?v=2"
sign = "【象山司法】"
same_id_once = {same}
[headers]
Authorization = "Bearer {{secret}}"
[body]
mobile = "{{phone}}"
content = "{{text}}"
template = "{{template}}"
outId = "{{id}}"
[answer]
ok = {{at = "/code", values = ["0"]}}
again = {{at = "/code", values = ["busy"]}}
mark = "/data/msgid"
says = "/message"
[templates]
"citizen.closed" = "SMS_42"
[receipt]
token = "a-token-of-twenty-signs"
reports = "/reports"
mark = "/msgid"
state = "/status"
said = "/status"
"""


class Gateway:
    """Keeps what it took; `says` is (status, body), or "hang up" after it has taken it."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.says: tuple[int, Any] | str = (
            200,
            {"code": 0, "data": {"msgid": "m-1"}, "message": "OK"},
        )
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def described(self, folder: Path, *, same: bool = False) -> str:
        """This will write its description and return the path."""
        path = folder / f"sms-{same}.toml"
        text = DESCRIPTION.format(port=self.port, same=str(same).lower())
        path.write_text(text, encoding="utf-8")
        return str(path)

    def stop(self) -> None:
        """This will close the server."""
        self.server.shutdown()
        self.server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                gateway.taken.append(
                    {"path": self.path, "body": json.loads(body), "headers": dict(self.headers)}
                )
                if isinstance(gateway.says, str):
                    self.connection.close()
                    return
                status, answer = gateway.says
                told = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)

            def log_message(self, *_: Any) -> None:
                """Says nothing."""

        return Handler
