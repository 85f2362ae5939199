"""Work of the register that nobody waits for: targets of codes are tried, base maps made."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from yike.rooms.core.later import AGAIN
from yike.rooms.places import basemap_making, link_checking


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


@app.task(name="places.make_base_map", retry=AGAIN)
def make_base_map(map_id: str) -> None:
    """This will make the base map that was brought, in a process of its own."""
    basemap_making.carry(UUID(map_id))
