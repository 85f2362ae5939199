"""Makes the peer's tables, one queue and one signed-in member of staff; prints both as JSON."""

import json
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.peers.helpdesk.settings")

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from helpdesk.models import Queue

call_command("migrate", verbosity=0)
clerk = User.objects.filter(username="clerk").first() or User.objects.create_superuser("clerk")
queue, _ = Queue.objects.get_or_create(
    slug="law", defaults={"title": "Law", "allow_public_submission": True}
)
session = SessionStore()
session[SESSION_KEY] = str(clerk.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = clerk.get_session_auth_hash()
session.create()
print(json.dumps({"queue": queue.pk, "session": session.session_key}))
