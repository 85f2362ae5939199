"""One port, one ASGI app: pages through Django's WSGI, the fastest measured way.

Realtime parts (chat, live wall) will stand beside the pages here, native to ASGI.
"""

from __future__ import annotations

import gc
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yike.house.settings")

from django.core.wsgi import get_wsgi_application

from yike.house.bodies import Capped
from yike.house.bridge import Bridge, Message, Receive, Send

pages = get_wsgi_application()
# What start-up made stays for ever: the collector need not walk over it at every tenth request.
gc.collect()
gc.freeze()
_pages = Capped(Bridge(pages, threads=16))


async def app(scope: Message, receive: Receive, send: Send) -> None:
    """This will answer one connection: start-up and end of the process, or a page."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
        return
    await _pages(scope, receive, send)


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
