"""Keeping what stands there: facts, photos and their review, the map, checks of signs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock, marks
from yike.rooms.core.actor import INTERNAL, Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.files import actions as files_actions
from yike.rooms.places import access_upkeep as access
from yike.rooms.places import entry, events, origins, points, upkeep
from yike.rooms.places.actions.facilities import _keep_point
from yike.rooms.places.models import Photo, PublicSite, Sign, SignCheck, Terminal, Upkeep
from yike.rooms.places.origins import Origin
from yike.rooms.places.upkeep_faces import OWN
from yike.rooms.regions.coordinates import Crs, Point
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def revise_facility(
    *,
    facility: str,
    facility_id: UUID,
    actor: Actor,
    name: str | None = None,
    address: str | None = None,
    point: Point | None = None,
    crs: Crs = "wgs84",
    point_reason: str = "",
    origin: Origin | None = None,
    model: str | None = None,
    owner: str | None = None,
    outdoor: bool | None = None,
    warranty_until: date | None = None,
    text_version: str | None = None,
    site_id: UUID | None = None,
    cleared: Collection[str] = (),
    seen: str = "",
) -> None:
    """This will correct the facts given of a "terminal" or "sign" (None leaves one as it is).

    `cleared`: which of "point", "warranty_until", "site_id" are to be empty; `seen`: the mark of
    what was looked at. Refuses BadInput a moved point that `points.warnings` asks about without a
    `point_reason`, Clash when it was corrected since, NotAllowed to take the point of a shown one.
    """
    row = access.kept_for(actor, facility, facility_id)
    if not isinstance(row, Terminal | Sign):
        raise NotFound("没有这个设施")
    marks.still(_facts(facility, row), seen)
    emptied = _emptied(facility, row, cleared)
    at = entry.point_in(row.region_id, point, crs)
    moved = point if at != (row.lon, row.lat) else None
    said = points.warnings(row.region_id, moved, crs, facility, but=row.pk) if moved else ()
    why = points.confirmed(said, point_reason, actor=actor)
    news: dict[str, Any] = {
        "name": name if name is None else entry.filled(name, "name", "名称"),
        "address": _line(address, "address"),
        "lon": at[0] if at else None,
        "lat": at[1] if at else None,
        "owner": _line(owner, "owner"),
    }
    if isinstance(row, Terminal):
        news |= {"model": _line(model, "model"), "outdoor": outdoor,
                 "warranty_until": warranty_until}  # fmt: skip
    else:
        if site_id:
            access.site(site_id)
        news |= {"text_version": _line(text_version, "text_version"), "site_id": site_id}
    told = emptied | {key: value for key, value in news.items() if value is not None}
    _warranted(row, told)
    if at:
        told |= origins.columns(origin, crs, moved=moved is not None)
    changed = [key for key, value in told.items() if value != getattr(row, key)]
    for key in changed:
        setattr(row, key, told[key])
    row.save(update_fields=changed)
    names = [str(row._meta.get_field(key).verbose_name) for key in changed]  # type: ignore[union-attr]
    if names:
        trail_actions.record(
            events.FacilityRevised(changed="、".join(names), **access.about(facility, row)),
            actor=actor,
        )
    _keep_point(row, facility, said, why, actor)


@transaction.atomic
def add_photo(
    *,
    facility: str,
    facility_id: UUID,
    file_id: UUID,
    taken_on: date,
    direction: str,
    words: str = "",
    actor: Actor,
) -> UUID:
    """This will add a photo of a station, terminal or sign, to be reviewed by somebody else.

    `file_id`: a picture this actor has kept; without EXIF, as files keeps it. Refuses BadInput a
    day to come, no known direction, a file that is no picture.
    """
    row = access.tended_for(actor, facility, facility_id)
    if taken_on > clock.today():
        raise BadInput("拍摄日期还没有到。", way_on="请改正日期。", field="taken_on")
    entry.one_of(direction, upkeep.DIRECTIONS, "direction", "朝向")
    photo = Photo(
        id=new_id(), facility=facility, subject=row.pk, region_id=row.region_id, file=file_id,
        taken_on=taken_on, direction=direction, words=entry.line(words, "words"),
        account=actor.account_id, label=actor.label[:80] if actor.kind == "staff" else "",
    )  # fmt: skip
    photo.save(force_insert=True)
    [kept] = files_actions.attach_files(
        file_ids=[file_id], about="photo", subject=str(photo.id), level=INTERNAL, actor=actor
    )
    if not kept.media_type.startswith("image/"):
        raise BadInput("请上传照片（JPG、PNG、WebP）。", field="file")
    _tell_photo(photo, row, actor)
    return photo.id


@transaction.atomic
def review_photo(*, photo_id: UUID, good: bool, reason: str = "", actor: Actor) -> None:
    """This will pass a photo, or send it back with the reason. Registrars only, not their own.

    Refuses NotFound what does not wait, NotAllowed whoever took it in.
    """
    photo = Photo.objects.select_for_update().filter(pk=photo_id, status=upkeep.WAITING).first()
    if photo is None:
        raise NotFound("没有这张待审核的照片")
    row = access.kept_for(actor, photo.facility, photo.subject)
    if actor.account_id is not None and photo.account == actor.account_id:
        raise NotAllowed("上传照片的人不能自己审核", way_on="请由另一位登记管理人员审核。")
    why = entry.line(reason, "reason")
    if not good and len(why) < 2:
        raise BadInput("请写明退回原因。", way_on="写明后再退回。", field="reason")
    photo.status = upkeep.GOOD if good else upkeep.REFUSED
    photo.reviewer, photo.reviewed_on, photo.reason = actor.label[:80], clock.today(), why
    photo.save(update_fields=["status", "reviewer", "reviewed_on", "reason"])
    _tell_photo(photo, row, actor)


@transaction.atomic
def confirm_facts(*, facility: str, facility_id: UUID, actor: Actor) -> None:
    """This will say that somebody looked through the facts today and found them right."""
    row = access.tended_for(actor, facility, facility_id)
    kept = access.upkeep_of(facility, row)
    kept.confirmed_on = clock.today()
    kept.confirmed_by = actor.label[:80] if actor.kind == "staff" else ""
    kept.save()
    confirmed = events.FactsConfirmed(**access.about(facility, row))
    trail_actions.record(confirmed, actor=actor)


@transaction.atomic
def publish_point(*, facility: str, facility_id: UUID, actor: Actor) -> None:
    """This will put a point onto the map. Refuses BadInput naming everything that is missing.

    A point needs coordinates and a reviewed photo with its day and direction.
    """
    row = access.kept_for(actor, facility, facility_id)
    missing = access.hindrances_of(facility, row)
    if missing:
        raise BadInput(
            f"“{row.name}”还不能上图：{'；'.join(missing)}。",
            way_on="补齐后再上图；照片要有拍摄日期和朝向，并由另一位登记管理人员审核。",
        )
    _set_published(facility, row, clock.today(), actor)


@transaction.atomic
def withdraw_point(*, facility: str, facility_id: UUID, actor: Actor) -> None:
    """This will take a point off the map."""
    row = access.kept_for(actor, facility, facility_id)
    _set_published(facility, row, None, actor)


@transaction.atomic
def check_sign(*, sign_id: UUID, on: date, result: str, words: str = "", actor: Actor) -> UUID:
    """This will write down how a sign was found on a day; what is gone is removed from the list."""
    row = access.tended_for(actor, "sign", sign_id)
    assert isinstance(row, Sign)
    if on > clock.today():
        raise BadInput("巡查日期还没有到。", way_on="请改正日期。", field="on")
    entry.one_of(result, upkeep.CHECKS, "result", "巡查结果")
    seen = SignCheck.objects.create(
        id=new_id(), sign=row, on=on, result=result, words=entry.line(words, "words"),
        label=actor.label[:80] if actor.kind == "staff" else "",
    )  # fmt: skip
    checked = events.SignChecked(result=upkeep.CHECKS[result], on=on, **access.about("sign", row))
    trail_actions.record(checked, actor=actor)
    return seen.id


@transaction.atomic
def list_site(
    *,
    name: str,
    kind: str,
    region_code: str,
    address: str = "",
    owner: str = "",
    demo: bool = False,
    actor: Actor,
) -> UUID:
    """This will put a public place on the list of those that shall have boards and codes.

    One that was taken off comes back as itself, with its boards and codes. Refuses Clash one that
    stands there.
    """
    access.require_registrar(actor, region_code)
    taken_off = PublicSite.objects.select_for_update().filter(
        region=region_code, name=entry.filled(name, "name", "名称"), ended_on__isnull=False
    )
    if back := taken_off.first():
        return _back(back, kind, address, owner, actor)
    row = PublicSite(
        id=new_id(), name=entry.filled(name, "name", "名称"), region_id=region_code, demo=demo,
        kind=entry.one_of(kind, upkeep.SITE_KINDS, "kind", "类别"), listed_on=clock.today(),
        address=entry.line(address, "address"), owner=entry.line(owner, "owner")[:80],
    )  # fmt: skip
    entry.insert(row, f"这里已经有“{row.name}”")
    _tell_site(row, "列入应配置名单", actor)
    return row.id


def _back(row: PublicSite, kind: str, address: str, owner: str, actor: Actor) -> UUID:
    row.kind = entry.one_of(kind, upkeep.SITE_KINDS, "kind", "类别")
    row.address, row.owner = entry.line(address, "address"), entry.line(owner, "owner")[:80]
    row.listed_on, row.ended_on = clock.today(), None
    row.save(update_fields=["kind", "address", "owner", "listed_on", "ended_on"])
    _tell_site(row, "重新列入应配置名单", actor)
    return row.id


@transaction.atomic
def end_site(*, site_id: UUID, actor: Actor) -> None:
    """This will take a public place off the list. Its history stays."""
    access.require_registrar(actor, access.site(site_id).region_id)
    row = access.site(site_id, lock=True)
    row.ended_on = clock.today()
    row.save(update_fields=["ended_on"])
    _tell_site(row, "撤出应配置名单", actor)


def _facts(facility: str, row: Terminal | Sign) -> dict[str, object]:
    return {one: getattr(row, one) for one in ("name", "address", "lon", "lat", *OWN[facility])}


def _emptied(facility: str, row: Terminal | Sign, cleared: Collection[str]) -> dict[str, None]:
    own = {"warranty_until", "site_id"} & set(OWN[facility])
    found = entry.cleared(cleared, {"point": "lon lat", **{one: one for one in own}})
    if "lon" in found and row.lon is not None:
        access.require_hidden(facility, row)
    return found


def _warranted(row: Terminal | Sign, told: Mapping[str, Any]) -> None:
    """Refuses a warranty that ends before the thing was there."""
    until = told.get("warranty_until")
    if until is not None and until <= row.installed_on:
        raise BadInput(
            "保修期在设置日期以前就到了。", way_on="请核对两个日期。", field="warranty_until"
        )


def _set_published(facility: str, row: access.Kept, day: date | None, actor: Actor) -> None:
    kept: Upkeep = access.upkeep_of(facility, row)
    kept.published_on = day
    kept.save()
    deed = "上图" if day else "从地图撤下"
    published = events.PointPublished(deed=deed, **access.about(facility, row))
    trail_actions.record(published, actor=actor)


def _tell_photo(photo: Photo, row: access.Kept, actor: Actor) -> None:
    trail_actions.record(
        events.PhotoAdded(
            direction=upkeep.DIRECTIONS[photo.direction], taken_on=photo.taken_on,
            status=upkeep.PHOTO_STATUSES[photo.status], **access.about(photo.facility, row),
        ),
        actor=actor,
    )  # fmt: skip


def _tell_site(row: PublicSite, deed: str, actor: Actor) -> None:
    listed = events.SiteListed(site_id=row.id, name=row.name, region_code=row.region_id, deed=deed)
    trail_actions.record(listed, actor=actor)


def _line(typed: str | None, field: str) -> str | None:
    most = 200 if field == "address" else 80
    return None if typed is None else entry.line(typed, field)[:most]
