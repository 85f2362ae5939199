"""How far help may be: the county's own yardstick, or the one that ships; and each cell's class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yike.rooms.core import clock
from yike.rooms.reach import flow
from yike.rooms.reach.models import Yardstick
from yike.rooms.regions.queries import RegionRow

#: What a town is taken for where nobody said it: streets are urban, all else rural.
_STREET, URBAN, RURAL = "街道", "urban", "rural"


@dataclass(frozen=True, kw_only=True)
class Ruler:
    """A yardstick as pages and runs take it; `version` 0 is the one that ships.

    `zones`: zone, names, minutes, mode, metres, text of each class. `places`: code → zone, as set.
    `published`: only stations count that a citizen finds on the map.
    """

    version: int
    minutes: int
    zones: tuple[dict[str, Any], ...]
    places: dict[str, str]
    source: str
    article: str
    checked_on: date
    published: bool = True

    @property
    def lines(self) -> tuple[tuple[str, str, str, int], ...]:
        """Class, mode and metres of each zone, in words."""
        return tuple(
            (one["zone"], one["names"][0], flow.mode_name(one["mode"]), one["metres"])
            for one in self.zones
        )

    def plain(self) -> dict[str, Any]:
        """This will return the yardstick as plain JSON."""
        return {
            "version": self.version,
            "minutes": self.minutes,
            "zones": [dict(one) for one in self.zones],
            "places": self.places,
            "source": self.source,
            "article": self.article,
            "checked_on": self.checked_on.isoformat(),
            "published": self.published,
        }


def current(county_code: str) -> Ruler:
    """This will return the county's newest yardstick, or the one that ships."""
    own = Yardstick.objects.filter(county_code=county_code).order_by("-version").first()
    return _own(own) if own else shipped()


def shipped() -> Ruler:
    """This will return the radius standard of the coverage engine in force today.

    The engine is loaded here only: with it comes numpy, which other pages do without.
    """
    from yike.engines.coverage import yardsticks as engine

    told = engine.in_force(engine.preset(), clock.today())
    zones: tuple[dict[str, Any], ...] = tuple(
        {
            "zone": one.zone, "names": list(one.names), "minutes": one.minutes, "mode": one.mode,
            "metres": one.metres, "text": one.text,
        }
        for one in told.zones
    )  # fmt: skip
    return Ruler(
        version=0,
        minutes=zones[0]["minutes"],
        zones=zones,
        places={},
        source=told.source,
        article=told.article,
        checked_on=told.checked_on,
    )


def zone_of_town(ruler: Ruler, town: RegionRow) -> str:
    """This will return the class of a town: as set, else by its name."""
    return ruler.places.get(town.code) or (URBAN if town.name.endswith(_STREET) else RURAL)


def zone_of(
    told: dict[str, Any], given: str, village: str, town: str, names: dict[str, str]
) -> str | None:
    """This will return the class of one cell; None for a word the yardstick does not know.

    `told`: a yardstick as plain JSON. First what the cell itself says, then its village's class,
    then its town's, then the town's name.
    """
    if given:
        return next((z["zone"] for z in told["zones"] if given in (z["zone"], *z["names"])), None)
    places: dict[str, str] = told["places"]
    by_name = URBAN if names.get(town, "").endswith(_STREET) else RURAL
    return places.get(village) or places.get(town) or by_name


def next_version(county_code: str) -> int:
    """This will return the number of the yardstick to be set next."""
    newest = Yardstick.objects.filter(county_code=county_code).order_by("-version").first()
    return newest.version + 1 if newest else 1


def modes_of(told: dict[str, Any], zones: Sequence[str], ruler: str) -> list[str]:
    """This will return by which mode each cell is measured, from its class or one for all."""
    by_zone = {one["zone"]: one["mode"] for one in told["zones"]}
    return [by_zone[zone] if ruler == "zones" else ruler for zone in zones]


def _own(row: Yardstick) -> Ruler:
    return Ruler(
        version=row.version,
        minutes=row.minutes,
        zones=tuple(row.zones),
        places=dict(row.places),
        source=row.source,
        article=row.article,
        checked_on=row.checked_on,
        published=row.published,
    )
