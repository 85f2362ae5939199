"""Work of people that nobody waits for."""

from __future__ import annotations

from procrastinate.contrib.django import app

from yike.rooms.core import actor as actors
from yike.rooms.core.later import AGAIN
from yike.rooms.guard.acting import acting
from yike.rooms.people import actions


@app.periodic(cron="23 3 * * *")
@app.task(name="people.sweep", retry=AGAIN, queue="slow", pass_context=False)
def sweep(timestamp: int) -> None:
    """This will forget failed sign-ins of yesterday and sessions ended long ago, once a night."""
    house = actors.system("people.sweep")
    with acting(house):
        actions.forget_attempts(actor=house)
        actions.forget_sessions(actor=house)
