"""Taking in roads: an upload waits, a job makes the network, the newest whole one is current."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.later import later
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput
from yike.rooms.guard import clean
from yike.rooms.reach import access, events, flow, store
from yike.rooms.reach.models import Network, Timetable
from yike.rooms.trail import actions as trail_actions

#: Endings of files that hold roads, by the kind of source.
ENDINGS = {
    "osm": (".osm", ".osm.gz", ".osm.bz2", ".osm.pbf", ".pbf"),
    "roads": (".gpkg", ".geojson", ".json"),
}


@transaction.atomic
def take_network(
    *,
    county_code: str,
    mode: str,
    kind: str,
    name: str,
    content: store.Readable,
    vintage: str = "",
    licence: str = "",
    fields: dict[str, str] | None = None,
    actor: Actor,
) -> UUID:
    """This will take a file of roads in and have it made into a network by a job.

    `fields`: names of an own layer's fields (road_class, oneway, speed). Refuses NotAllowed, and
    BadInput a file of another kind, empty, or too large.
    """
    access.require_planner(actor, county_code)
    if mode not in flow.MODES or kind not in ENDINGS:
        raise BadInput("请选择出行方式和来源类别。", field="mode")
    named = store.file_name(name, ENDINGS[kind])
    newest = Network.objects.filter(county_code=county_code, mode=mode).aggregate(n=Max("version"))
    row = Network(
        id=new_id(),
        county_code=county_code,
        mode=mode,
        version=(newest["n"] or 0) + 1,
        kind=kind,
        source=named,
        vintage=clean.text(vintage, field="vintage", most=40),
        licence=_licence(kind, licence),
        fields=fields or {},
        state=flow.BUILDING,
        taken_at=clock.now(),
        taken_by=actor.label,
    )
    store.keep_upload(row.id, named, content)
    row.save(force_insert=True)
    later("reach.build", lock="reach", network_id=str(row.id))
    _record(events.NetworkTaken, row, actor)
    return row.id


@transaction.atomic
def settle_network(*, network_id: UUID, made: dict[str, Any], actor: Actor) -> None:
    """This will make a network that was built the current one of its mode; the job's deed."""
    row = access.network_for(actor, network_id, lock=True)
    if row.state != flow.BUILDING:
        return
    same = Network.objects.filter(county_code=row.county_code, mode=row.mode, state=flow.CURRENT)
    same.update(state=flow.FORMER)
    row.state, row.digest = flow.CURRENT, made["digest"]
    row.facts = {key: value for key, value in made.items() if key != "digest"}
    row.save(update_fields=["state", "digest", "facts"])
    _record(events.NetworkReady, row, actor, nodes=made["nodes"])
    _lay_timetable(row.county_code)


@transaction.atomic
def fail_network(*, network_id: UUID, reason: str, actor: Actor) -> None:
    """This will write down why a file made no network; the job's deed."""
    row = access.network_for(actor, network_id, lock=True)
    if row.state != flow.BUILDING:
        return
    row.state, row.fault = flow.REFUSED, reason[:400]
    row.save(update_fields=["state", "fault"])
    _record(events.NetworkRefused, row, actor)


def _lay_timetable(county_code: str) -> None:
    """The timetable in use is laid into a network that has just come."""
    row = Timetable.objects.filter(county_code=county_code, state=flow.CURRENT).first()
    if row is not None:
        later("reach.schedule", lock="reach", timetable_id=str(row.id))


def _licence(kind: str, licence: str) -> str:
    told = clean.text(licence, field="licence", most=200)
    if kind == "osm":
        return flow.LICENCE
    if not told:
        raise BadInput(
            "请写明这份路网的来源和许可，例如“县自然资源局提供，仅限内部使用”。", field="licence"
        )
    return told


def _record(kind: Any, row: Network, actor: Actor, **more: Any) -> None:
    told = kind(
        network_id=row.id,
        region_code=row.county_code,
        source=row.source,
        mode_name=flow.MODES[row.mode],
        **more,
    )
    trail_actions.record(told, actor=actor)
