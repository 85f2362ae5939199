"""The peer as an application served exactly like Yike: granian, the same bridge and threads."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.peers.helpdesk.settings")

from django.core.wsgi import get_wsgi_application

from yike.house.bridge import Bridge

pages = Bridge(get_wsgi_application(), threads=16)


async def app(scope, receive, send):
    """This will hand a request to Django."""
    if scope["type"] == "http":
        await pages(scope, receive, send)
