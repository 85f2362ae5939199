"""The cap on what a request may bring, before anything of it is read or kept.

Said by Content-Length, the request is refused at once; not said (chunked), it is taken to disk and
refused when it grows too long. The pages are then asked for the refusal, with an empty body and
`TOO_LARGE` in the scope, which no client can write; what still comes is thrown away for a while,
so that a browser reads the answer instead of a broken connection.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from typing import IO, Any

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

_MB = 1024 * 1024
#: A form or a JSON document without files: Django's own DATA_UPLOAD_MAX_MEMORY_SIZE.
PLAIN_MOST = 5 * _MB
#: One paper of 20 MB with what surrounds it.
PAPER_MOST = 25 * _MB
#: Several papers at once, as the desk's forms allow.
PAPERS_MOST = 100 * _MB
#: Kept in memory of a body whose length is not told; the rest lies on disk until it is read.
_IN_MEMORY = _MB
#: Thrown away after a refusal: at most so much, for at most so long.
_WASTE_MOST, _WASTE_SECONDS = 512 * _MB, 30.0
#: Key of the scope under which the pages find how many bytes were allowed.
TOO_LARGE = "yike.too_large"
_OF_BODY = frozenset({b"content-length", b"content-type", b"transfer-encoding", b"expect"})


def most_of(scope: Message) -> int:
    """This will return how many bytes a request may bring, by its path and its kind of content."""
    kind = _header(scope, b"content-type").strip().lower()
    if not kind.startswith(b"multipart/form-data"):
        return PLAIN_MOST
    return PAPERS_MOST if scope["path"].startswith("/desk/") else PAPER_MOST


class Capped:
    """An ASGI application behind the cap."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """This will pass on what is short enough and have the rest refused with 413."""
        most, told = most_of(scope), _header(scope, b"content-length")
        if told:
            fits = told.isdigit() and int(told) <= most
            await (self.app(scope, receive, send) if fits else self._no(most, scope, receive, send))
        elif scope["method"] in ("GET", "HEAD"):
            await self.app(scope, receive, send)
        else:
            await self._untold(most, scope, receive, send)

    async def _untold(self, most: int, scope: Message, receive: Receive, send: Send) -> None:
        """A body of unknown length: WSGI wants it known, so it is taken in first."""
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as kept:
            size, more = 0, True
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    return
                piece = message.get("body", b"")
                size, more = size + len(piece), message.get("more_body", False)
                if size > most:
                    await self._no(most, scope, receive, send)
                    return
                kept.write(piece)
            kept.seek(0)
            headers = _without(scope, {b"transfer-encoding"})
            length = (b"content-length", str(size).encode())
            await self.app(scope | {"headers": [*headers, length]}, _read_from(kept), send)

    async def _no(self, most: int, scope: Message, receive: Receive, send: Send) -> None:
        refused = scope | {TOO_LARGE: most, "headers": _without(scope, _OF_BODY)}
        await self.app(refused, _nothing, send)
        await _throw_away(receive)


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


def _read_from(kept: IO[bytes]) -> Receive:
    async def receive() -> Message:
        piece = kept.read(_MB)
        return {"type": "http.request", "body": piece, "more_body": len(piece) == _MB}

    return receive


async def _throw_away(receive: Receive) -> None:
    wasted = 0
    try:
        async with asyncio.timeout(_WASTE_SECONDS):
            while wasted < _WASTE_MOST:
                message = await receive()
                wasted += len(message.get("body", b""))
                if message["type"] != "http.request" or not message.get("more_body", False):
                    return
    except TimeoutError:
        return


def _header(scope: Message, name: bytes) -> bytes:
    found: bytes = next((value for key, value in scope["headers"] if key.lower() == name), b"")
    return found


def _without(scope: Message, names: frozenset[bytes] | set[bytes]) -> list[tuple[bytes, bytes]]:
    return [(key, value) for key, value in scope["headers"] if key.lower() not in names]
