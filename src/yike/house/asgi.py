"""One port, one ASGI app: pages through a2wsgi (Django's WSGI), the fastest measured way."""

from __future__ import annotations

import os
from typing import Any, cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yike.house.settings")

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

pages = get_wsgi_application()
app = WSGIMiddleware(cast(Any, pages), workers=16)
