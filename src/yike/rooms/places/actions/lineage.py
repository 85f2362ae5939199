"""Stations that go on in others: mergers and divisions, with their history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput
from yike.rooms.places import access, entry, events
from yike.rooms.places.models import Lineage, Sign, Station, Terminal
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def merge_stations(
    *,
    station_ids: Sequence[UUID],
    into_id: UUID,
    reason: str,
    actor: Actor,
    on: date | None = None,
) -> None:
    """This will close stations and let them go on in one that is open.

    What hung on them (lower stations, terminals, signs) hangs on the successor afterwards.
    Refuses BadInput a station merged into itself or into one of a lower level.
    """
    if not station_ids or into_id in station_ids:
        raise BadInput("请选择要并入的站点，且不能并入它自己", field="station_ids")
    why = entry.filled(reason, "reason", "合并理由")
    *sources, into = access.stations_for(actor, (*station_ids, into_id))
    day = on or clock.today()
    for source in sources:
        if into.level > source.level:
            raise BadInput(f"{source.name}不能并入级别更低的{into.name}", field="into_id")
        Station.objects.filter(parent=source, closed_on__isnull=True).exclude(pk=into.pk).update(
            parent=into
        )
        for model in (Terminal, Sign):
            model.objects.filter(station=source).update(station=into)
        entry.end(source, why, day)
        Lineage.objects.create(before=source, after=into, kind="merge", on=day)
        trail_actions.record(
            events.StationMerged(
                station_id=source.pk,
                name=source.name,
                region_code=source.region_id,
                into_id=into.pk,
                into_name=into.name,
                reason=why,
                on=day,
            ),
            actor=actor,
        )


@transaction.atomic
def split_station(
    *,
    station_id: UUID,
    into_ids: Sequence[UUID],
    reason: str,
    actor: Actor,
    on: date | None = None,
) -> None:
    """This will close a station and let it go on in two or more that are open already.

    Refuses NotAllowed while lower stations hang on it: where each of them belongs is not ours to
    guess.
    """
    if len(set(into_ids)) < 2 or station_id in into_ids:
        raise BadInput("分设需要两个以上后继站点，且不能是它自己", field="into_ids")
    why = entry.filled(reason, "reason", "分设理由")
    source, *heirs = access.stations_for(actor, (station_id, *dict.fromkeys(into_ids)))
    entry.refuse_with_children(source)
    day = on or clock.today()
    entry.end(source, why, day)
    for heir in heirs:
        Lineage.objects.create(before=source, after=heir, kind="split", on=day)
    trail_actions.record(
        events.StationSplit(
            station_id=source.pk,
            name=source.name,
            region_code=source.region_id,
            into_names="、".join(heir.name for heir in heirs),
            reason=why,
            on=day,
        ),
        actor=actor,
    )
