"""Where the play's stations stand, and who of the cast is in the house already."""

from __future__ import annotations

from functools import cache
from uuid import UUID

from yike.demo import cast
from yike.rooms.core import actor as actors
from yike.rooms.core.actor import Actor
from yike.rooms.people import queries as people_queries
from yike.rooms.regions import queries as regions_queries

#: whoever sets the stage
HOUSE = actors.system("demo")


def code(key: str) -> str:
    """This will return the register's code of a demonstration entry."""
    return f"DEMO-{key}"


@cache
def places() -> tuple[cast.Place, ...]:
    """This will return the stations, higher levels first. Coordinates only where a centre is known.

    A town's station is drawn at the town's known centre, a village's point at the village's: which
    house it is in is not told, as this is a play.
    """
    centre = cast.Place(
        key="st-centre", name="象山县公共法律服务中心", level=2, office="centre",
        region=cast.COUNTY, address="县城（演示）",
    )  # fmt: skip
    harbour = cast.Place(
        key="pt-yuzheng", name="石浦渔政站公共法律服务点", level=5, office="fishery",
        region=cast.SHIPU, parent="st-shipu", address="石浦渔港（演示）",
    )  # fmt: skip
    return (centre, *_town_stations(), *_village_points(), harbour)


def _town_stations() -> tuple[cast.Place, ...]:
    towns = {town.code: town for town in regions_queries.towns_of(cast.COUNTY)}
    names = {code: f"{towns[code].name}公共法律服务工作站" for code, _, _ in cast.TOWNS}
    return tuple(
        cast.Place(
            key=f"st-{key}",
            name=names[region],
            level=3,
            office=key,
            region=region,
            parent="st-centre",
            at=towns[region].point,
            address=f"{towns[region].name}（演示）",
        )
        for region, _, key in cast.TOWNS
    )


def _village_points() -> tuple[cast.Place, ...]:
    offices = {region: key for region, _, key in cast.TOWNS}
    featured = {region: name for name, region, _ in cast.FEATURED}
    return tuple(
        cast.Place(
            key=f"pt-{village.code}",
            name=featured.get(village.code, f"{village.short_name}公共法律服务点"),
            level=4,
            office=offices[village.parent_code],
            region=village.code,
            parent=f"st-{offices[village.parent_code]}",
            at=village.point,
            address=f"{village.name}（演示）",
        )
        for village in regions_queries.villages_of(cast.COUNTY)
        if village.point or village.code in featured
    )


def accounts(actor: Actor) -> dict[str, UUID]:
    """This will return the cast's accounts by user name, as far as they are opened."""
    names = {player.username for player in cast.PLAYERS}
    found: dict[str, UUID] = {}
    after = ""
    while True:
        page = people_queries.accounts(actor=actor, after=after)
        found |= {row.username: row.id for row in page.rows if row.demo and row.username in names}
        after = page.after
        if not after:
            return found
