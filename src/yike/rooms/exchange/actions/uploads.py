"""Uploads of points: kept when faultless, submitted, approved by somebody else, applied, undone."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, Refusal
from yike.rooms.exchange import access, events, flow, planning
from yike.rooms.exchange.models import Upload
from yike.rooms.guard import clean
from yike.rooms.places import actions as places_actions
from yike.rooms.places.origins import Origin
from yike.rooms.places.upkeep import FACILITIES
from yike.rooms.regions import codes
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def take_upload(
    *,
    county: str,
    facility: str,
    crs: str,
    content: bytes,
    file_name: str,
    note: str = "",
    sure: bool = False,
    actor: Actor,
) -> UUID:
    """This will keep a faultless file with what it would change; nothing is changed yet.

    Offices bring points of their own town, keepers of the county. Refuses BadInput a file with a
    fault (the page lists them all before) and one that changes nothing.
    """
    region = access.region_to_bring(actor, county)
    if facility not in FACILITIES:
        raise BadInput("请选择类别。", field="facility")
    asked = planning.Asked(county=county, region=region, facility=facility, crs=crs, sure=sure)
    made = planning.plan(content, asked)
    if made.faults:
        raise BadInput(str(made.faults[0]), way_on="请改正文件后重新上传。", field="file")
    rows = [row for row in made.rows if row["verb"] != planning.LEAVE]
    if not rows:
        raise BadInput("文件里的内容和登记的完全一样，没有要变更的。", field="file")
    newest = Upload.objects.filter(county_code=county).aggregate(n=Max("version"))["n"] or 0
    row = Upload(
        id=new_id(), county_code=county, region_code=region, facility=facility,
        version=newest + 1, file_name=clean.text(file_name, field="file", most=120),
        crs=crs, note=clean.text(note, field="note", most=200), state=flow.CHECKED, plan=rows,
        added=made.count(planning.ADD), changed=made.count(planning.CHANGE),
        left=made.count(planning.LEAVE), verdict=made.verdict[:400], taken_at=clock.now(),
        taken_by=actor.label[:80], taken_ref=actor.ref,
    )  # fmt: skip
    _insert(row)
    _record(events.UploadTaken, row, actor, added=row.added, changed=row.changed, left=row.left)
    return row.id


@transaction.atomic
def submit_upload(*, upload_id: UUID, actor: Actor) -> None:
    """This will ask the county to approve an upload. By whoever brought it."""
    row = _begin("submit", upload_id, actor)
    row.state, row.submitted_at = flow.SUBMITTED, clock.now()
    row.save(update_fields=["state", "submitted_at"])
    _record(events.UploadSubmitted, row, actor)


@transaction.atomic
def apply_upload(*, upload_id: UUID, actor: Actor) -> None:
    """This will approve an upload and write all of it into the register, or nothing.

    By a keeper of the county who did not bring it. Refuses Clash when an entry has changed since.
    """
    row = _begin("apply", upload_id, actor)
    known = planning.known_in(row.county_code, row.facility).facts
    for one in row.plan:
        try:
            _write(row, one, known, actor)
        except Refusal as no:
            where = f"第 {one['line']} 行（{one['code']}）：{no.sentence}"
            raise Clash(where, way_on="整份没有生效。请退回，改正后重新上传。") from no
    row.state, row.decided_at, row.decided_by = flow.APPLIED, clock.now(), actor.label[:80]
    row.save(update_fields=["state", "decided_at", "decided_by", "plan"])
    _record(events.UploadApplied, row, actor, added=row.added, changed=row.changed)


@transaction.atomic
def return_upload(*, upload_id: UUID, reason: str, actor: Actor) -> None:
    """This will send an upload back with the reason; nothing of it entered the register."""
    row = _begin("return", upload_id, actor)
    row.reason = clean.text(reason, field="reason", most=200, least=2)
    row.state, row.decided_at, row.decided_by = flow.RETURNED, clock.now(), actor.label[:80]
    row.save(update_fields=["state", "decided_at", "decided_by", "reason"])
    _record(events.UploadReturned, row, actor)


@transaction.atomic
def drop_upload(*, upload_id: UUID, actor: Actor) -> None:
    """This will take an upload back before it was decided on. By whoever brought it."""
    row = _begin("drop", upload_id, actor)
    row.state = flow.DROPPED
    row.save(update_fields=["state"])
    _record(events.UploadDropped, row, actor)


@transaction.atomic
def undo_upload(*, upload_id: UUID, reason: str, actor: Actor) -> None:
    """This will put back what an upload changed and close what it added, whole or not at all.

    Refuses Clash when an entry was changed again meanwhile: that is somebody else's work.
    """
    row = _begin("undo", upload_id, actor)
    row.reason = clean.text(reason, field="reason", most=200, least=2)
    known = planning.known_in(row.county_code, row.facility).facts
    for one in row.plan:
        _put_back(row, one, known, actor)
    row.state, row.undone_at, row.undone_by = flow.UNDONE, clock.now(), actor.label[:80]
    row.save(update_fields=["state", "undone_at", "undone_by", "reason"])
    _record(events.UploadUndone, row, actor, added=row.added, changed=row.changed)


def _insert(row: Upload) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Clash("刚才有另一份上传。", way_on="请再传一次。") from None


def _begin(verb: str, upload_id: UUID, actor: Actor) -> Upload:
    """Look, check and lock in one step."""
    row = access.upload_for(actor, upload_id, lock=True)
    if verb in flow.open_to(row.state, access.standing(actor, row)):
        return row
    move = flow.VERBS[verb]
    if row.state not in move.from_:
        raise Clash(f"这份上传{flow.STATES[row.state]}，不能{move.name}。", way_on="请刷新页面。")
    if move.by == flow.APPROVER:
        raise NotAllowed(
            "自己上传的要由另一个人审批。", way_on="请县里的另一位派单员或局领导办理。"
        )
    raise NotAllowed(f"您不能{move.name}这份上传。")


def _write(row: Upload, one: dict[str, Any], known: Any, actor: Actor) -> None:
    if one["verb"] == planning.ADD:
        one["id"] = str(_add(row, one, actor))
        return
    own = known.get(one["code"])
    if own is None or any(own[name] != value for name, value in one["before"].items()):
        raise Clash("上传之后，登记的内容已经变过")
    _revise(row, one, one["facts"], actor, origin=_origin(row, one))


def _add(row: Upload, one: dict[str, Any], actor: Actor) -> UUID:
    facts = one["facts"]
    since = date.fromisoformat(facts["since"]) if facts["since"] else None
    told: dict[str, Any] = {
        "code": one["code"], "name": facts["name"], "region_code": facts["region"],
        "address": facts["address"], "point_reason": _why(row), "actor": actor,
        "origin": _origin(row, one),
        "point": None if facts["lon"] is None else (facts["lon"], facts["lat"]),
    }  # fmt: skip
    if row.facility != "station":
        return places_actions.register_facility(
            facility=row.facility, **told, kind=facts["kind"], installed_on=since
        )
    return places_actions.register_station(
        **told, level=facts["level"], institution_id=UUID(facts["institution"]),
        phone=facts["phone"], opened_on=since,
    )  # fmt: skip


def _revise(
    row: Upload,
    one: dict[str, Any],
    facts: dict[str, Any],
    actor: Actor,
    *,
    origin: Origin | None = None,
) -> None:
    """Write the fields told; a point is written whole."""
    told: dict[str, Any] = {
        name: facts[name] for name in ("name", "address", "phone") if name in facts
    }
    if facts.get("lon") is not None:
        told |= {"point": (facts["lon"], facts["lat"]), "origin": origin}
    ref = UUID(one["id"])
    if row.facility == "station":
        places_actions.revise_station(station_id=ref, actor=actor, point_reason=_why(row), **told)
        return
    places_actions.revise_facility(facility=row.facility, facility_id=ref, actor=actor, **told)


def _put_back(row: Upload, one: dict[str, Any], known: Any, actor: Actor) -> None:
    own = known.get(one["code"])
    facts = {name: one["facts"][name] for name in one["before"]}
    if one["verb"] == planning.ADD:
        facts = {name: one["facts"][name] for name in ("name", "address")}
    if own is None or any(own[name] != value for name, value in facts.items()):
        raise Clash(
            f"{one['code']} 生效之后又变过，不能整份撤销。", way_on="请在登记页面逐条改正。"
        )
    if "lon" in one["before"] and one["before"]["lon"] is None:
        raise Clash(f"{one['code']} 原来没有坐标，不能恢复成没有。", way_on="请在登记页面改正。")
    if one["verb"] == planning.CHANGE:
        before = Origin(**one.get("origin", {}), looked_at=True)
        _revise(row, one, one["before"], actor, origin=before)
    elif row.facility == "station":
        places_actions.close_station(
            station_id=UUID(one["id"]), reason=f"撤销数据上传第 {row.version} 版", actor=actor
        )
    else:
        places_actions.set_facility_status(
            facility=row.facility, facility_id=UUID(one["id"]), status="removed", actor=actor
        )


def _origin(row: Upload, one: dict[str, Any]) -> Origin:
    """Whence the point of a line comes; the plan holds it in WGS84 already."""
    return Origin(way="file", crs=row.crs, accuracy_m=one.get("accuracy"))


def _why(row: Upload) -> str:
    return f"数据上传第 {row.version} 版，已核对"


def _record(kind: Any, row: Upload, actor: Actor, **more: Any) -> None:
    told = kind(
        upload_id=row.id, region_code=codes.at_level(row.county_code, "county"),
        version=row.version, facility_name=FACILITIES[row.facility], **more,
    )  # fmt: skip
    trail_actions.record(told, actor=actor)
