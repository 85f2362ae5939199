"""Work of the plans that nobody waits for: once a day, before offices open."""

from __future__ import annotations

from procrastinate.contrib.django import app

from yike.rooms.core import actor as actors
from yike.rooms.core.later import AGAIN
from yike.rooms.guard.acting import acting
from yike.rooms.plans import actions


@app.periodic(cron="20 7 * * *")
@app.task(
    name="plans.watch",
    queue="slow",
    pass_context=False,
    queueing_lock="plans.watch",
    retry=AGAIN,
)
def watch(timestamp: int) -> None:
    """This will tell offices of milestones that are near or overdue."""
    with acting(actors.system("plans.watch")) as house:
        actions.warn_of_milestones(actor=house)
