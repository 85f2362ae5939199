"""A real SMTP server on loopback for tests: takes letters, or answers as it is told."""

from __future__ import annotations

import email
import socket
from email import policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


class PostOffice:
    """Keeps what it took. `says_rcpt` and `says_data` are its answers; "hang up" drops the line."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.asked = 0
        self.says_rcpt = "250 OK"
        self.says_data = "250 OK queued as 4711"

    async def handle_RCPT(  # noqa: N802 - named by the library
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        """Answers who may get mail."""
        self.asked += 1
        if self.says_rcpt == "hang up":
            server.transport.close()
            return "421 gone"
        if self.says_rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.says_rcpt

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Takes the letter, then answers or hangs up."""
        if self.says_data.startswith("250") or self.says_data == "hang up":
            letter = email.message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(letter, EmailMessage)
            self.letters.append(letter)
        if self.says_data == "hang up":
            server.transport.close()
        return self.says_data


def opened(office: PostOffice) -> Controller:
    """This will start the server on a free port of loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    return controller
