"""Work of files that nobody waits for."""

from __future__ import annotations

from procrastinate.contrib.django import app

from yike.rooms.core import actor as actors
from yike.rooms.core import clock
from yike.rooms.core.later import AGAIN
from yike.rooms.files import actions
from yike.rooms.guard.acting import acting


@app.periodic(cron="17 3 * * *")
@app.task(name="files.sweep", retry=AGAIN, queue="slow", pass_context=False)
def sweep(timestamp: int) -> None:
    """This will remove what belongs to nobody, once a night."""
    house = actors.system("files.sweep")
    with acting(house):
        actions.sweep_orphans(now=clock.now(), actor=house)
