"""What a job does for a network, for people, for a run: reads, asks the child, writes by actions.

Each write is a transaction of its own, so that a killed worker leaves a row that says so.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from yike.rooms.core import actor as actors
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import Refusal
from yike.rooms.guard.acting import acting
from yike.rooms.reach import access, actions, assembling, child, dated, digests, flow, store
from yike.rooms.reach.child import ChildError
from yike.rooms.reach.models import Network, PopulationSet, Run, Timetable
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries


def build(network_id: UUID) -> None:
    """This will make a network of an upload; of one that is refused nothing stays on disk."""
    house = actors.system("reach.build")
    with acting(house):
        row = access.network_for(house, network_id)
    path = store.upload_of(network_id)
    if row.state != flow.BUILDING:
        return
    asked = {"mode": row.mode, "kind": row.kind, "fields": row.fields, "crossings": False}
    try:
        if path is None:
            raise ChildError("上传的文件不见了，请重新上传。")
        made = child.ask("build", path=str(path), out=str(store.place_for_new(row.id)), **asked)
        store.settle(row.id, made["digest"])
    except ChildError as no:
        with acting(house):
            actions.fail_network(network_id=network_id, reason=str(no), actor=house)
    else:
        with acting(house):
            actions.settle_network(network_id=network_id, made=made, actor=house)
    finally:
        store.drop_new(network_id)
        store.drop_upload(network_id)


def schedule(timetable_id: UUID) -> None:
    """This will read a timetable and lay it into each network in use; refused, nothing stays.

    One that is in use already is laid into networks that came after it.
    """
    house = actors.system("reach.schedule")
    with acting(house):
        row = access.timetable_for(house, timetable_id)
        rows = Network.objects.filter(county_code=row.county_code, state=flow.CURRENT)
        networks = {one.mode: one.digest for one in rows}
    new = row.state == flow.BUILDING
    path = store.upload_of(timetable_id) if new else store.feed_path(row.digest)
    if row.state not in (flow.BUILDING, flow.CURRENT):
        return
    try:
        made = _laid(path, networks, digest=row.digest)
    except ChildError as no:
        with acting(house):
            actions.fail_timetable(timetable_id=timetable_id, reason=str(no), actor=house)
    else:
        if new:
            store.keep_feed(timetable_id, made["digest"])
        with acting(house):
            actions.settle_timetable(timetable_id=timetable_id, made=made, actor=house)
    finally:
        store.drop_upload(timetable_id)


def _laid(path: Path | None, networks: dict[str, str], *, digest: str) -> dict[str, Any]:
    if path is None or not path.is_file():
        raise ChildError("上传的文件不见了，请重新上传。")
    named = digest or store.digest_of(path)
    asked = [
        [str(store.network_path(one)), str(store.timed_path(one, named))]
        for one in networks.values()
    ]
    try:
        made = child.ask("schedule", path=str(path), networks=asked, today=str(clock.today()))
    except ChildError:
        if not digest:
            store.drop_timed(named)
        raise
    return made | {"digest": named}


def place(people_id: UUID) -> None:
    """This will read and judge population cells; a refused upload is removed."""
    house = actors.system("reach.place")
    with acting(house):
        row = access.people_for(house, people_id)
        known = _known(row.county_code)
    path = store.upload_of(people_id)
    if row.state != flow.CHECKING:
        return
    try:
        if path is None:
            raise ChildError("上传的文件不见了，请重新上传。")
        found = child.ask("place", path=str(path), system=row.system, **known)
    except ChildError as no:
        store.drop_upload(people_id)
        with acting(house):
            actions.fail_people(people_id=people_id, reason=str(no), actor=house)
        return
    with acting(house):
        actions.settle_people(people_id=people_id, found=found, actor=house)


def reckon(run_id: UUID) -> None:
    """This will reckon a run and store its minutes and tables."""
    house = actors.system("reach.reckon")
    try:
        minutes, tables = _reckoned(run_id, house, wanted=flow.RECKONING)
    except (ChildError, Refusal) as no:
        with acting(house):
            actions.fail_run(run_id=run_id, reason=str(no), actor=house)
        return
    if minutes is not None:
        with acting(house):
            actions.settle_run(run_id=run_id, minutes=minutes, tables=tables, actor=house)


def repeat(run_id: UUID) -> None:
    """This will reckon a run once more and hold it against what is stored."""
    house = actors.system("reach.repeat")
    minutes: bytes | None = None
    tables: dict[str, Any] = {}
    reason = ""
    try:
        minutes, tables = _reckoned(run_id, house, wanted=flow.DONE)
    except (ChildError, Refusal) as no:
        reason = f"没有算成：{no}"
    with acting(house):
        actions.settle_repetition(
            run_id=run_id, minutes=minutes, tables=tables, reason=reason, actor=house
        )


def sweep(now: datetime) -> int:
    """This will remove uploads of yesterday that nobody waits for: of deeds that were undone."""
    old = store.uploads_before((now - timedelta(days=1)).timestamp())
    with acting(actors.system("reach.watch")):
        waiting = PopulationSet.objects.filter(state__in=(flow.CHECKING, flow.ASKED))
        wanted = {*waiting.values_list("pk", flat=True)}
        for model in (Network, Timetable):
            building = model._default_manager.filter(state=flow.BUILDING)
            wanted |= {*building.values_list("pk", flat=True)}
    for ref in old:
        if ref not in wanted:
            store.drop_upload(ref)
    return len(set(old) - wanted)


def tidy(now: datetime) -> int:
    """This will remove roads with a timetable that neither a run nor the county uses any more.

    What was written within the day stays: a job may be about to use it.
    """
    with acting(actors.system("reach.watch")):
        names = dated.unneeded()
    before = (now - timedelta(days=1)).timestamp()
    return sum(store.drop_network_file(name, before=before) for name in names)


def _reckoned(run_id: UUID, house: Actor, *, wanted: str) -> tuple[bytes | None, dict[str, Any]]:
    with acting(house):
        row = Run.objects.select_related("people", "parent").get(pk=run_id)
        if row.state != wanted:
            return None, {}
        before = bytes(row.parent.minutes) if row.parent and row.parent.minutes else None
        asked = assembling.asked_of(row, before=before)
    lacking = [one for one in asked["networks"].values() if not store.is_there(one)]
    if lacking:
        raise ChildError("测算所用的路网文件不在存储里，请恢复备份或重新上传路网。")
    dated.lay(row.inputs)
    found = child.ask("measure", **asked)
    return digests.of_text(found["minutes"]), found["tables"]


def _known(county_code: str) -> dict[str, Any]:
    """The county's villages and towns, and the centres known of them; towns only without any."""
    rows = regions_queries.regions_in(codes.span(county_code))
    below = [row for row in rows if row.level in ("town", "village")]
    placed = [row for row in below if row.point]
    villages = [row for row in placed if row.level == "village"]
    towns_of_villages = {codes.at_level(row.code, "town") for row in villages}
    asked = villages + [
        row for row in placed if row.level == "town" and row.code not in towns_of_villages
    ]
    return {
        "centres": [
            [row.code, *row.point, codes.at_level(row.code, "town")] for row in asked if row.point
        ],
        "known": {row.code: row.point for row in placed},
        "villages": {row.code: codes.at_level(row.code, "town") for row in below},
    }
