"""Work of the register that nobody waits for: once a day, before offices open."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from procrastinate.contrib.django import app

from yike.rooms.core import actor as actors
from yike.rooms.core.later import AGAIN
from yike.rooms.guard.acting import acting
from yike.rooms.providers import actions


@app.periodic(cron="10 7 * * *")
@app.task(
    name="providers.watch",
    queue="slow",
    pass_context=False,
    queueing_lock="providers.watch",
    retry=AGAIN,
)
def watch(timestamp: int) -> None:
    """This will tell of what ends soon, and open and hurry the departments' updates."""
    with acting(actors.system("providers.watch")) as house:
        actions.warn_of_endings(actor=house)
        actions.open_updates(actor=house)


@app.periodic(cron="40 3 * * *")
@app.task(name="providers.seal", queue="slow", pass_context=False, retry=AGAIN)
def seal(timestamp: int) -> None:
    """This will seal contacts that an earlier version kept in clear."""
    with acting(actors.system("providers.seal")) as house:
        while actions.seal_contacts(actor=house):
            pass


@app.task(name="providers.fill_places", retry=AGAIN)
def fill_places(event: dict[str, Any]) -> None:
    """This will give the place that came free to the next volunteer who waits."""
    with acting(actors.system("providers.fill_places")) as house:
        actions.fill_places(task_id=UUID(event["task_id"]), actor=house)
