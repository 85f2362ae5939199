"""The peer as an application served exactly like Yike: granian, a2wsgi, sixteen threads."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.peers.helpdesk.settings")

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

pages = WSGIMiddleware(get_wsgi_application(), workers=16)


async def app(scope, receive, send):
    """This will hand a request to Django."""
    if scope["type"] != "http":
        return

    async def listen():
        return await receive()

    await pages(scope, listen, send)
