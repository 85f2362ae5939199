"""Where the people of each village live, for villages that the register gives no place."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.reach import assembling
from yike.rooms.reach.models import PopulationSet
from yike.rooms.regions.coordinates import Point


def people_centres(actor: Actor, people_id: UUID) -> dict[str, Point]:
    """This will return the mean place (WGS84) of each village's people. Refuses NotFound."""
    if not PopulationSet.objects.filter(pk=people_id).exists():
        raise NotFound("没有这份人口数据")
    return _centres(people_id)


@lru_cache(maxsize=8)
def _centres(people_id: UUID) -> dict[str, Point]:
    """Cells never change once they are read: the next page need not read them again."""
    cells = assembling.cells_of(PopulationSet.objects.get(pk=people_id))
    sums: dict[str, tuple[float, float, float]] = {}
    rows = zip(cells["village"], cells["lon"], cells["lat"], cells["people"], strict=True)
    for code, lon, lat, people in rows:
        weight = max(people or 0, 1)
        one = sums.get(code, (0.0, 0.0, 0.0))
        sums[code] = one[0] + weight * lon, one[1] + weight * lat, one[2] + weight
    return {
        code: (round(lon / all_, 6), round(lat / all_, 6))
        for code, (lon, lat, all_) in sums.items()
    }
