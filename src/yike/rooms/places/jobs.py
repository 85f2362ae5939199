"""Work of the register that nobody waits for: once a night the targets of codes are tried."""

from __future__ import annotations

from procrastinate.contrib.django import app

from yike.rooms.core.later import AGAIN
from yike.rooms.places import link_checking


@app.periodic(cron="40 4 * * *")
@app.task(
    name="places.check_links",
    queue="slow",
    pass_context=False,
    queueing_lock="places.check_links",
    retry=AGAIN,
)
def check_links(timestamp: int) -> None:
    """This will try every target, where the office allows requests to the outside."""
    link_checking.check_all()
