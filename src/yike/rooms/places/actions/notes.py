"""A station's own words for a year."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.places import access_upkeep as access
from yike.rooms.places import entry, visits_events
from yike.rooms.places.models import Station, StationNote
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def tell_note(
    *, station_id: UUID, year: int, demand: str, source: str, seen: int, access_words: str = "",
    actor: Actor,
) -> int:  # fmt: skip
    """This will keep a station's words on what people need and how one gets in, as a version.

    `seen`: the version that was read, 0 for none; refuses Clash when somebody wrote meanwhile, and
    BadInput a year to come or words without a source.
    """
    row = access.tended_for(actor, "station", station_id)
    assert isinstance(row, Station)
    if row.closed_on is not None:
        raise NotAllowed(f"{row.name}已经停用", way_on="请打开承接它的站点。")
    if not 2000 <= year <= clock.today().year:
        raise BadInput("年份应为 2000 年到今年。", field="year", way_on="请改正年份。")
    said = " ".join(demand.split())
    if not 2 <= len(said) <= 600:
        raise BadInput("请写 2 到 600 个字。", field="demand", way_on="请改正后再保存。")
    Station.objects.select_for_update().filter(pk=row.pk).first()
    last = StationNote.objects.filter(station=row).first()
    if (last.version if last else 0) != seen:
        raise Clash("刚刚有人写了新的一版", way_on="请看过以后再写。")
    note = StationNote.objects.create(
        id=new_id(), station=row, version=seen + 1, year=year, demand=said, told_at=clock.now(),
        access=entry.line(access_words, "access_words"),
        source=entry.filled(source, "source", "来源"),
        label=actor.label[:80] if actor.kind == "staff" else "",
    )  # fmt: skip
    told = visits_events.NoteTold(
        station_id=row.pk, name=row.name, region_code=row.region_id, version=note.version, year=year
    )
    trail_actions.record(told, actor=actor)
    return note.version
