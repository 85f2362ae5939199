"""Work of reach that nobody waits for: load nothing, decide nothing."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from yike.rooms.core import actor as actors
from yike.rooms.core import clock
from yike.rooms.core.later import AGAIN
from yike.rooms.guard.acting import acting
from yike.rooms.reach import actions, carrying, carrying_sites

#: What was begun so many minutes ago was lost with its process: longer than any limit.
LOST_MINUTES = 40


@app.task(name="reach.build", retry=AGAIN)
def build(network_id: str) -> None:
    """This will make a network of an uploaded file, in a process of its own."""
    carrying.build(UUID(network_id))


@app.task(name="reach.schedule", retry=AGAIN)
def schedule(timetable_id: str) -> None:
    """This will lay a timetable into the county's networks, in a process of its own."""
    carrying.schedule(UUID(timetable_id))


@app.task(name="reach.place", retry=AGAIN)
def place(people_id: str) -> None:
    """This will read and judge uploaded population cells, in a process of its own."""
    carrying.place(UUID(people_id))


@app.task(name="reach.reckon", retry=AGAIN)
def reckon(run_id: str) -> None:
    """This will reckon the minutes of a run, in a process of its own."""
    carrying.reckon(UUID(run_id))


@app.task(name="reach.repeat", retry=AGAIN)
def repeat(run_id: str) -> None:
    """This will reckon a run once more, to be held against what is stored."""
    carrying.repeat(UUID(run_id))


@app.task(name="reach.site", retry=AGAIN)
def site(plan_id: str) -> None:
    """This will answer where to build, in a process of its own."""
    carrying_sites.site(UUID(plan_id))


@app.task(name="reach.site_again", retry=AGAIN)
def site_again(plan_id: str) -> None:
    """This will answer once more, to be held against what is stored."""
    carrying_sites.site_again(UUID(plan_id))


@app.periodic(cron="*/10 * * * *")
@app.task(name="reach.watch", queueing_lock="reach.watch", retry=AGAIN)
def watch(timestamp: int) -> None:
    """This will mark what was cut off, and remove uploads that nobody waits for."""
    with acting(actors.system("reach.watch")) as house:
        actions.fail_lost(minutes=LOST_MINUTES, actor=house)
    carrying.sweep(clock.now())
    carrying.tidy(clock.now())
