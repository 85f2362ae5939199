"""One port, one ASGI app: pages through a2wsgi (Django's WSGI), the fastest measured way.

Realtime parts (chat, live wall) will stand beside the pages here, native to ASGI.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Awaitable, Callable
from typing import Any, cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yike.house.settings")

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

pages = get_wsgi_application()
# What start-up made stays for ever: the collector need not walk over it at every tenth request.
gc.collect()
gc.freeze()
_pages = WSGIMiddleware(cast(Any, pages), workers=16)


async def app(scope: Message, receive: Receive, send: Send) -> None:
    """This will answer one connection: start-up and end of the process, or a page."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
        return

    async def listen() -> Message:
        # granian's receive returns a future, a2wsgi asks for a coroutine: without this wrapper
        # every request with a body fails.
        return await receive()

    await cast(Any, _pages)(scope, listen, send)


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
