"""From ASGI to WSGI: small requests, and answers that are whole, cross to a thread and back once.

What comes or goes in pieces (uploads, downloads, exports) is carried piece by piece, by a2wsgi or
from the answer's own thread.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, Protocol, cast

from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi import build_environ

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Pages = Callable[..., Any]

#: A body up to this many bytes is read before a thread is asked.
SMALL = 64 * 1024


class _Answer(Protocol):
    streaming: bool

    def __iter__(self) -> Any: ...
    def close(self) -> None: ...


class Bridge:
    """Serves a Django WSGI application as ASGI, with so many threads."""

    def __init__(self, pages: Pages, *, threads: int) -> None:
        self._pages = pages
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="pages")
        self._in_pieces = WSGIMiddleware(cast(Any, pages), workers=threads)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """This will answer one HTTP request."""
        size = _body_size(scope["headers"])
        if size > SMALL:
            await self._carry(scope, receive, send)
            return
        body = await _read(receive) if size else b""
        if body is None:
            return  # who asked has gone
        environ = build_environ(cast(Any, scope), cast(Any, io.BytesIO(body)))
        loop = asyncio.get_running_loop()
        run = copy_context().run
        for message in await loop.run_in_executor(
            self._threads, run, self._answer, environ, loop, send
        ):
            await send(message)

    async def _carry(self, scope: Message, receive: Receive, send: Send) -> None:
        async def listen() -> Message:
            # granian's receive returns a future, a2wsgi asks for a coroutine: without this wrapper
            # every request with a body fails.
            return await receive()

        await cast(Any, self._in_pieces)(scope, listen, send)

    def _answer(
        self, environ: Any, loop: asyncio.AbstractEventLoop, send: Send
    ) -> tuple[Message, ...]:
        """Runs in a thread; returns what is left to send."""
        start: Message = {}

        def begin(status: str, headers: Iterable[tuple[str, str]], _: Any = None) -> None:
            start.update(_start(status, headers))

        answer: _Answer = self._pages(environ, begin)
        try:
            if not answer.streaming:
                return start, {"type": "http.response.body", "body": b"".join(answer)}

            def push(message: Message) -> None:
                asyncio.run_coroutine_threadsafe(_sent(send, message), loop).result()

            push(start)
            for piece in answer:
                push({"type": "http.response.body", "body": piece, "more_body": True})
            return ({"type": "http.response.body", "body": b""},)
        finally:
            answer.close()


async def _sent(send: Send, message: Message) -> None:
    await send(message)


async def _read(receive: Receive) -> bytes | None:
    pieces = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        pieces.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(pieces)


def _body_size(headers: Iterable[tuple[bytes, bytes]]) -> int:
    """How many bytes come; more than SMALL when nobody says how many."""
    for name, value in headers:
        if name == b"content-length":
            return int(value) if value.isdigit() else SMALL + 1
        if name == b"transfer-encoding":
            return SMALL + 1
    return 0


def _start(status: str, headers: Iterable[tuple[str, str]]) -> Message:
    told = [(name.lower().encode("latin1"), value.encode("latin1")) for name, value in headers]
    return {"type": "http.response.start", "status": int(status[:3]), "headers": told}
