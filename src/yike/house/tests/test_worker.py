"""The worker works with a connector of its own; the house's app goes on deferring on Django's."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from yike.house import worker


def test_jobs_and_heartbeat_defer_on_their_own_transaction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With the house's connector replaced, a job deferred by a job waited for ever."""
    seen: list[tuple[bool, bool]] = []

    async def look(hand: worker.Hand) -> None:
        own = isinstance(app.connector, DjangoConnector)
        seen.append((own, isinstance(hand.app.connector, DjangoConnector)))

    async def opened(line: worker.Line, pool: Any = None) -> None:
        del line, pool

    monkeypatch.setattr(worker.Hand, "run", look)
    monkeypatch.setattr(worker.Line, "open_async", opened)
    with ThreadPoolExecutor(1) as thread:  # a browser's loop may run in this one
        thread.submit(lambda: asyncio.run(worker._work())).result()
    assert seen == [(True, False)]


def test_every_job_of_the_house_is_tried_again() -> None:
    """A database that restarts must not cost a citizen the notice."""
    by_the_minute = {"notices.outbox", "notices.deliveries"}
    jobs = {name: job for name, job in app.tasks.items() if "builtin" not in name}
    assert {"matters.tell", "matters.warn", "notices.send"} <= set(jobs)
    assert {name for name, job in jobs.items() if job.retry_strategy is None} == by_the_minute
