"""What a clerk reads to a caller: the nearest help, which way, whether it is open, who is there."""

from __future__ import annotations

from dataclasses import dataclass

from yike.doors.desk import choices
from yike.rooms.catalogue.queries import ItemGuide
from yike.rooms.matters import guide
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.faces.nearest import NextHelp
from yike.rooms.matters.guide import Asked, Spot

#: so many points are told to a caller
_MOST = 5
_NONE = "本县还没有登记提供这种服务的站点、机构或值班"


@dataclass(frozen=True)
class Told:
    """One point with its way in words, and whether the service is given there itself."""

    spot: Spot
    far: str
    how: str


@dataclass(frozen=True)
class Answer:
    """The whole answer; `aloud` is the sentence for the telephone, "" when nobody was found."""

    help: NextHelp
    rows: tuple[Told, ...]
    start: str
    said: tuple[str, ...]
    #: why nobody is told, "" where somebody is
    none: str
    bring: ItemGuide | None
    aloud: str


def answer(*, region_code: str, service: str, item: str = "") -> Answer:
    """This will answer for a village, a service and an item. Refuses as the room does."""
    found = matters_queries.next_help(region_code, service)
    need = next((code for code, given in guide.SERVICE_OF.items() if given == service), "")
    asked = Asked(need=need, service=service, item=item, place=region_code)
    near = guide.around(choices.county(), asked)
    rows = tuple(Told(one, guide.far(one), _how(one, service)) for one in near.spots[:_MOST])
    bring = near.bring.materials if near.bring else ()
    name = f"办“{near.bring.item.name}”" if near.bring else near.need_name
    aloud = guide.read_aloud(rows[0].spot, need_name=name, bring=bring) if rows else ""
    none = "" if rows or found.next else _NONE
    return Answer(found, rows, near.start.said, near.said, none, near.bring, aloud)


def _how(spot: Spot, service: str) -> str:
    return spot.gives.get(service, "专门机构" if spot.sort == "house" else "")
