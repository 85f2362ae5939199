"""The worker works with a connector of its own; the house's app goes on deferring on Django's."""

from __future__ import annotations

from typing import Any

import pytest
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from yike.house import worker


def test_jobs_and_heartbeat_defer_on_their_own_transaction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With the house's connector replaced, a job deferred by a job waited for ever."""
    seen: list[tuple[bool, bool]] = []

    def look(working: App, **told: Any) -> None:
        del told
        own = isinstance(app.connector, DjangoConnector)
        seen.append((own, isinstance(working.connector, DjangoConnector)))

    monkeypatch.setattr(App, "run_worker", look)
    worker._work()
    assert seen == [(True, False)]
