"""Whether an institution has somebody who can take orders; asked for every demand, so kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from yike.rooms.core import clock, prepared
from yike.rooms.guard import editions


def staffed_orgs(ids: Iterable[UUID]) -> set[UUID]:
    """This will return those institutions that have somebody active who can take orders.

    Anybody who acts may ask, citizens too: routing needs it; it tells no names.
    """
    now = clock.now()
    return {
        org
        for org, since, until in _staffed(frozenset(ids))
        if since <= now and (until is None or until > now)
    }


@editions.kept("staff")
def _staffed(orgs: frozenset[UUID]) -> tuple[tuple[UUID, datetime, datetime | None], ...]:
    """Institution, from when, until when: a line for each grant by which somebody takes orders."""
    found = prepared.run("select * from people_staffed(%s::uuid[])", [sorted(orgs)])
    return tuple((org, since, until) for org, since, until in found)
