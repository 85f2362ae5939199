"""行政服务中心 and 便民服务中心 of the list of public places as halls where things are done."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.places import access_upkeep, upkeep
from yike.rooms.places.models import PublicSite
from yike.rooms.regions import codes
from yike.rooms.regions import queries as region_queries

KINDS = ("admin", "near")


@dataclass(frozen=True, kw_only=True)
class HallRow:
    """One hall. `town_code` "" for the county's own."""

    id: UUID
    name: str
    kind_name: str
    region_code: str
    town_code: str
    region_name: str
    address: str
    owner: str
    demo: bool


def halls_in(region_code: str) -> tuple[HallRow, ...]:
    """This will return the halls of a region, the county's own first."""
    since, until = codes.span(region_code)
    rows = PublicSite.objects.filter(
        kind__in=KINDS, ended_on=None, region__code__gte=since, region__code__lt=until
    )
    return _rows(list(rows.order_by("kind", "region_id", "name")))


def hall(ref: UUID) -> HallRow:
    """This will return one hall. Refuses NotFound, also what is no hall."""
    found = list(PublicSite.objects.filter(pk=ref, kind__in=KINDS, ended_on=None))
    if not found:
        raise NotFound("没有这个办事大厅")
    return _rows(found)[0]


def tended_hall(actor: Actor, ref: UUID) -> HallRow:
    """This will return a hall whose items the actor may tell: registrar or officer of the place."""
    found = hall(ref)
    if not access_upkeep.is_tender(actor, found.region_code):
        access_upkeep.require_registrar(actor, found.region_code)
    return found


def _rows(found: list[PublicSite]) -> tuple[HallRow, ...]:
    paths = region_queries.paths_of({row.region_id for row in found})
    return tuple(
        HallRow(
            id=row.id, name=row.name, kind_name=upkeep.SITE_KINDS[row.kind],
            region_code=row.region_id, town_code=codes.at_level(row.region_id, "town"),
            region_name=paths[row.region_id].text, address=row.address, owner=row.owner,
            demo=row.demo,
        )
        for row in found
    )  # fmt: skip
