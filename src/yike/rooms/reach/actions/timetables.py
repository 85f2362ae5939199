"""Taking in timetables of ferries and buses: a job reads the feed and lays it into each network."""

from __future__ import annotations

from datetime import date
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


@transaction.atomic
def take_timetable(
    *, county_code: str, name: str, licence: str, content: store.Readable, actor: Actor
) -> UUID:
    """This will take a GTFS feed (.zip) in and have a job read it.

    Refuses NotAllowed, BadInput while the county has no network, and another kind of file.
    """
    access.require_planner(actor, county_code)
    if not Network.objects.filter(county_code=county_code, state=flow.CURRENT).exists():
        raise BadInput("还没有路网，时刻表没有地方接上。", way_on="请先上传路网。", field="file")
    named = store.file_name(name, (".zip",))
    newest = Timetable.objects.filter(county_code=county_code).aggregate(n=Max("version"))
    row = Timetable(
        id=new_id(),
        county_code=county_code,
        version=(newest["n"] or 0) + 1,
        source=named,
        licence=clean.text(licence, field="licence", most=200, least=2),
        state=flow.BUILDING,
        taken_at=clock.now(),
        taken_by=actor.label,
    )
    store.keep_upload(row.id, named, content)
    row.save(force_insert=True)
    later("reach.schedule", lock="reach", timetable_id=str(row.id))
    _record(events.TimetableTaken, row, actor)
    return row.id


@transaction.atomic
def settle_timetable(*, timetable_id: UUID, made: dict[str, Any], actor: Actor) -> None:
    """This will make a timetable that was read the current one; the job's deed."""
    row = access.timetable_for(actor, timetable_id, lock=True)
    if row.state != flow.BUILDING:
        return
    same = Timetable.objects.filter(county_code=row.county_code, state=flow.CURRENT)
    same.update(state=flow.FORMER)
    row.state, row.digest = flow.CURRENT, made["digest"]
    row.since, row.until = (date.fromisoformat(one) for one in made["valid"])
    row.facts = {key: value for key, value in made.items() if key not in ("digest", "valid")}
    row.save(update_fields=["state", "digest", "since", "until", "facts"])
    valid = {"since": str(row.since), "until": str(row.until)}
    _record(events.TimetableReady, row, actor, trips=made["trips"], **valid)


@transaction.atomic
def fail_timetable(*, timetable_id: UUID, reason: str, actor: Actor) -> None:
    """This will write down why a feed was not taken over; the job's deed.

    One in use stays so: its fault tells that it could not be laid into a newer network.
    """
    row = access.timetable_for(actor, timetable_id, lock=True)
    if row.state not in (flow.BUILDING, flow.CURRENT):
        return
    refused = row.state == flow.BUILDING
    row.fault = reason[:400]
    row.state = flow.REFUSED if refused else row.state
    row.save(update_fields=["state", "fault"])
    if refused:
        _record(events.TimetableRefused, row, actor)


def _record(kind: Any, row: Timetable, actor: Actor, **more: Any) -> None:
    told = kind(
        timetable_id=row.id, region_code=row.county_code, source=row.source, **more
    )  # fmt: skip
    trail_actions.record(told, actor=actor)
