"""Work of matters that nobody waits for: load nothing, decide nothing, call one action."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from procrastinate.contrib.django import app

from yike.rooms.core import actor as actors
from yike.rooms.core import clock
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions


@app.task(name="matters.mark_late")
def mark_late(event: dict[str, Any]) -> None:
    """This will mark a matter whose promise a clock says was broken."""
    if event["subject_kind"] != "matter":
        return
    with acting(actors.system("matters.mark_late")) as house:
        actions.mark_late(
            matter_id=UUID(event["subject_id"]), clock_id=UUID(event["clock_id"]), actor=house
        )


@app.periodic(cron="41 4 * * *")
@app.task(name="matters.settle", queue="slow", pass_context=False)
def settle(timestamp: int) -> None:
    """This will close what was answered long ago without a word since, and forget old drafts."""
    with acting(actors.system("matters.settle")) as house:
        actions.settle_answered(now=clock.now(), actor=house)
        actions.sweep_drafts(actor=house)
