"""Loading the play: the stage and the last days first, so that the house can open; then the year.

Each part is one transaction and leaves its key behind, so that a killed load is simply repeated.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from yike.demo import (
    assigning,
    attending,
    bookings,
    cast,
    circle,
    duties,
    furnish,
    nearby,
    observing,
    play,
    watching,
)
from yike.demo.play import HOUSE
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions as matters_actions
from yike.rooms.people import actions as people_actions
from yike.rooms.people import queries as people_queries
from yike.rooms.people import roles
from yike.rooms.people.actions.api_keys import SCOPES
from yike.rooms.people.faces import ApiKeyRow
from yike.rooms.regions import codes

COUNT = 3_000
#: what is loaded before the house opens, and what people are still told of
RECENT = timedelta(days=7, hours=12)


def foreground() -> None:
    """This will set the stage and play the last days."""
    with acting(HOUSE):
        furnish.everything(actor=HOUSE)
        duties.set_up(actor=HOUSE)
        bookings.set_up(actor=HOUSE)
        nearby.everything(actor=HOUSE)
        observing.everything(actor=HOUSE)
        _peer()
    _play(recent=True)
    _quality()


def background() -> None:
    """This will reckon the circle, make the roster, play who came, then the year, newest first.

    The house is open meanwhile. At the end what was answered long ago without a word since is
    settled, as every night.
    """
    circle.measure()
    duties.make_roster()
    circle.plan()
    with acting(HOUSE):
        bookings.lay(actor=HOUSE)
    attending.everything()
    _play(recent=False)
    with acting(HOUSE):
        while matters_actions.settle_answered(now=clock.now(), actor=HOUSE):
            pass


def _quality() -> None:
    """Complaints, rewards, today's lists and what the rules find: once, on a set stage."""
    with acting(HOUSE):
        offices = furnish.place_offices(actor=HOUSE)
        players = play.company(offices, _peer())
        watching.everything(players.by_name, offices, _curtain())
    assigning.everything(players.by_name["paidan"])


def logins() -> list[tuple[str, str, str]]:
    """This will return one login per role: role, user name, password."""
    return [(roles.name_of(each.role), each.username, cast.PASSWORD) for each in cast.LEADS]


def _play(*, recent: bool) -> None:
    with acting(HOUSE):
        offices = furnish.place_offices(actor=HOUSE)
        players = play.company(offices, _peer())
        villages, until = furnish.villages(), _curtain()
    for part in reversed(play.parts(until, villages, COUNT)):
        if (part.at >= until - RECENT) == recent:
            play.play(part, players, until, quiet=not recent)


def _curtain() -> datetime:
    """The moment at which the play ends: when the stage was set, however often it is loaded."""
    return next(key.active_from for key in _keys())


def _peer() -> Actor:
    """The other platform of the play; whoever wants to try the wire is given a key of their own."""
    known = _keys()
    key = known[0].id if known else _made()
    since, until = codes.span(cast.COUNTY)
    return Actor(
        kind="peer",
        ref=str(key),
        label=cast.PEER,
        region_from=since,
        region_until=until,
        level=1,
        roles=frozenset(known[0].scopes if known else SCOPES),
        door="wire",
    )


def _keys() -> list[ApiKeyRow]:
    return [key for key in people_queries.api_keys(actor=HOUSE) if key.name == cast.PEER]


def _made() -> UUID:
    made = people_actions.make_api_key(
        name=cast.PEER, region_code=cast.COUNTY, demo=True, actor=HOUSE
    )
    return made.id
