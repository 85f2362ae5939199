"""QR codes: registered with their target, put up, counted, checked and ended."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.db import connection, transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import INTERNAL, Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.files import actions as files_actions
from yike.rooms.places import access_upkeep as access
from yike.rooms.places import entry, events, upkeep
from yike.rooms.places.models import QrCode, QrPlace
from yike.rooms.trail import actions as trail_actions

#: signs of a short address; none that are taken for another
_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
_LONG = 7


@transaction.atomic
def register_code(
    *,
    name: str,
    platform: str,
    owner: str,
    region_code: str,
    target: str = "",
    picture_id: UUID | None = None,
    demo: bool = False,
    actor: Actor,
) -> UUID:
    """This will register a code: our own needs a target (https), a platform's its picture.

    Refuses BadInput an address that may not be a target, a picture that is none; Clash the same
    code of the same name once more.
    """
    access.require_registrar(actor, region_code)
    entry.one_of(platform, upkeep.PLATFORMS, "platform", "平台")
    row = QrCode(
        id=new_id(), name=entry.filled(name, "name", "名称"), platform=platform, demo=demo,
        target=_target(target), owner=entry.filled(owner, "owner", "负责单位")[:80],
        region_id=region_code, registered_on=clock.today(), picture=picture_id,
        slug="".join(secrets.choice(_SIGNS) for _ in range(_LONG)),
    )  # fmt: skip
    if platform == "own" and not row.target:
        raise BadInput("自有二维码要写目标地址。", way_on="请写目标地址。", field="target")
    if platform != "own" and picture_id is None:
        raise BadInput("请上传平台给的码图。", way_on="请上传码图。", field="picture")
    _refuse_twice(row)
    row.save(force_insert=True)
    if picture_id:
        _attach(row, picture_id, actor)
    _tell(row, f"登记（{upkeep.PLATFORMS[platform]}）", actor)
    return row.id


@transaction.atomic
def retarget_code(*, code_id: UUID, target: str, actor: Actor) -> None:
    """This will let a code lead elsewhere; what is printed stays good. Refuses as register_code."""
    row = _open(code_id, actor)
    row.target = _target(target)
    if not row.target and row.picture is None:
        raise BadInput("自有二维码要写目标地址。", field="target")
    row.state, row.checked_at, row.checked_by, row.fault = upkeep.UNKNOWN, None, "", ""
    row.save(update_fields=["target", "state", "checked_at", "checked_by", "fault"])
    _tell(row, "改了目标地址", actor)


@transaction.atomic
def end_code(*, code_id: UUID, actor: Actor) -> None:
    """This will end a code: who scans it is told so, and is led nowhere."""
    row = _open(code_id, actor)
    row.ended_on = clock.today()
    row.save(update_fields=["ended_on"])
    _tell(row, "停用", actor)


@transaction.atomic
def put_up_code(
    *,
    code_id: UUID,
    words: str,
    site_id: UUID | None = None,
    station_id: UUID | None = None,
    actor: Actor,
) -> UUID:
    """This will write down where a code was put up: at a public place, a station or elsewhere."""
    row = _open(code_id, actor)
    site = access.site(site_id) if site_id else None
    station = access.found("station", station_id) if station_id else None
    named = site or station
    said = entry.line(words, "words") or (named.name if named else "")
    if not said:
        raise BadInput("请写张贴位置。", way_on="选公共场所或站点，或写明位置。", field="words")
    hangs = QrPlace.objects.filter(code=row, taken_down_on=None, site=site, words=said)
    at = hangs.filter(station=station.pk) if station else hangs.filter(station__isnull=True)
    if at.exists():
        raise Clash(f"这个码已经张贴在{said}", way_on="同一处再贴一张，请写明具体位置。")
    put = QrPlace.objects.create(
        id=new_id(), code=row, site=site, words=said, put_up_on=clock.today(),
        station_id=station.pk if station else None,
    )  # fmt: skip
    _tell(row, f"张贴到{said}", actor)
    return put.id


@transaction.atomic
def take_down_code(*, code_id: UUID, place_id: UUID, actor: Actor) -> None:
    """This will write down that a code does not hang somewhere any more."""
    row = access.code_for(actor, code_id)
    rows = QrPlace.objects.select_for_update().filter(pk=place_id, code=row, taken_down_on=None)
    put = rows.first()
    if put is None:
        raise NotFound("没有这个张贴处，或已经撤下")
    put.taken_down_on = clock.today()
    put.save(update_fields=["taken_down_on"])
    _tell(row, f"从{put.words}撤下", actor)


@transaction.atomic
def note_check(*, code_id: UUID, state: str, fault: str = "", actor: Actor) -> None:
    """This will write down whether a code's target opens, when, and by whom that was found.

    By registrars who tried it, or by the house's own check.
    """
    row = access.code_for(actor, code_id)
    if state not in (upkeep.FINE, upkeep.BROKEN):
        raise BadInput("请选择检查结果。", field="state")
    row.state, row.checked_at = state, clock.now()
    row.checked_by = actor.label[:80] if actor.kind == "staff" else "系统自动检查"
    row.fault = entry.line(fault, "fault")
    row.save(update_fields=["state", "checked_at", "checked_by", "fault"])
    _tell(row, f"检查：{upkeep.LINK_STATES[state]}", actor)


@transaction.atomic
def count_scan(*, slug: str, actor: Actor) -> str:
    """This will count a scan of a code and return its registered target; no other address ever.

    Only the day is counted, nothing about who came. Refuses NotFound a code that is not there, has
    ended, or leads nowhere.
    """
    with connection.cursor() as cursor:
        cursor.execute("select places_scan(%s, %s)", [slug, clock.today()])
        (target,) = cursor.fetchone()
    if not target:
        raise NotFound("这个码已经停用，或者没有登记", way_on="请拨打 12348，或从首页进入。")
    return str(target)


def _refuse_twice(row: QrCode) -> None:
    same = QrCode.objects.filter(
        name=row.name, platform=row.platform, target=row.target, region=row.region_id,
        ended_on=None,
    )  # fmt: skip
    if same.exists():
        raise Clash(
            f"“{row.name}”已经登记过，目标地址也一样",
            way_on="请打开已有的那一个；确实要另一个，请换个名称。",
        )


def _open(code_id: UUID, actor: Actor) -> QrCode:
    row = access.code_for(actor, code_id)
    if row.ended_on is not None:
        raise NotAllowed(f"“{row.name}”已于 {row.ended_on} 停用", way_on="请另外登记一个码。")
    return row


def _target(typed: str) -> str:
    address = typed.strip()
    fault = upkeep.unfit_target(address) if address else ""
    if fault or len(address) > 500:
        raise BadInput(fault or "目标地址太长。", way_on="请改正地址。", field="target")
    return address


def _attach(row: QrCode, picture_id: UUID, actor: Actor) -> None:
    [kept] = files_actions.attach_files(
        file_ids=[picture_id], about="qrcode", subject=str(row.id), level=INTERNAL, actor=actor
    )
    if not kept.media_type.startswith("image/"):
        raise BadInput("请上传图片（JPG、PNG、WebP）。", field="picture")


def _tell(row: QrCode, deed: str, actor: Actor) -> None:
    changed = events.QrChanged(code_id=row.id, name=row.name, region_code=row.region_id, deed=deed)
    trail_actions.record(changed, actor=actor)
