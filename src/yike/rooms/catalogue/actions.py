"""Every write of the catalogue: a new version closes the old one, nothing is overwritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from yike.rooms.catalogue import access, events, forms, hall_words, queries
from yike.rooms.catalogue.models import (
    Code,
    HallItem,
    Item,
    ItemLimit,
    Keyword,
    LegalMatter,
    Offering,
)
from yike.rooms.catalogue.versions import limit_rows
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotFound
from yike.rooms.guard import clean
from yike.rooms.places import halls as place_halls
from yike.rooms.places import queries as place_queries
from yike.rooms.providers import kinds as provider_kinds
from yike.rooms.providers import queries as provider_queries
from yike.rooms.providers.access import require_registrar
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def add_item(
    *,
    code: str,
    name: str,
    kind: str,
    mode: str,
    actor: Actor,
    applicants: Sequence[str] = (),
    materials: Sequence[str] = (),
    limits_text: str = "",
    basis: str = "",
    fee: str = "免费",
    form: Sequence[Mapping[str, Any]] = (),
    verified: bool = False,
    active_from: date | None = None,
) -> UUID:
    """This will put a new item into the catalogue and return the id of its first version.

    Refuses BadInput an empty code or name or a wrong form; Clash a code that was ever used.
    """
    access.require_keeper(actor)
    if not code.strip() or not name.strip() or not kind.strip() or not mode.strip():
        raise BadInput("编码、名称、业务类别和服务方式都不能为空", field="code")
    said = forms.form_fault(list(form))
    if said:
        raise BadInput(said, field="form")
    row = Item(
        code=code.strip(),
        name=name.strip(),
        kind=kind.strip(),
        mode=mode.strip(),
        applicants=list(applicants),
        materials=list(materials),
        limits_text=limits_text,
        basis=basis,
        fee=fee,
        form=[dict(field) for field in form],
        verified=verified,
        last_checked_on=clock.today(),
        active_from=active_from or clock.today(),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as broken:
        raise Clash(
            f"事项编码 {row.code} 已被使用", way_on="请修订已有事项，或换一个编码。"
        ) from broken
    ItemLimit.objects.bulk_create(limit_rows(row))
    trail_actions.record(events.ItemAdded(item_code=row.code, name=row.name), actor=actor)
    return row.pk


@transaction.atomic
def end_item(*, code: str, reason: str, actor: Actor, on: date | None = None) -> None:
    """This will take an item out of the catalogue on a day (today, exclusive).

    It stays readable for what was asked before. Refuses NotFound one that has ended already.
    """
    row = access.item_for(actor, code)
    if not reason.strip():
        raise BadInput("请写明停用理由", field="reason")
    row.active_until = max(on or clock.today(), row.active_from)
    row.save(update_fields=["active_until"])
    trail_actions.record(
        events.ItemEnded(item_code=code, name=row.name, reason=reason.strip(), on=row.active_until),
        actor=actor,
    )


@transaction.atomic
def revise_item(
    *,
    code: str,
    actor: Actor,
    name: str | None = None,
    applicants: Sequence[str] | None = None,
    materials: Sequence[str] | None = None,
    limits_text: str | None = None,
    basis: str | None = None,
    fee: str | None = None,
    form: Sequence[Mapping[str, Any]] | None = None,
    national_code: str | None = None,
    verified: bool | None = None,
    checked_on: date | None = None,
    active_from: date | None = None,
) -> UUID:
    """This will write a new version of an item and return its id; None leaves a fact as it is.

    The old version ends on the day the new one begins (`active_from`, today). `limits_text` is the
    written form of limits.py. Refuses BadInput a wrong form or a day before the old version's.
    """
    old = access.item_for(actor, code)
    day = active_from or clock.today()
    if day < old.active_from:
        raise BadInput(f"新版启用日期不能早于现行版 {old.active_from}", field="active_from")
    said = "" if form is None else forms.form_fault(list(form))
    if said:
        raise BadInput(said, field="form")
    news: dict[str, Any] = {
        "name": name,
        "applicants": None if applicants is None else list(applicants),
        "materials": None if materials is None else list(materials),
        "limits_text": limits_text,
        "basis": basis,
        "fee": fee,
        "form": None if form is None else [dict(field) for field in form],
        "national_code": national_code,
        "verified": verified,
    }
    new, changed = _next_version(old, news, day, checked_on or clock.today())
    trail_actions.record(
        events.ItemRevised(item_code=code, name=new.name, version=new.version, changed=changed),
        actor=actor,
    )
    return new.pk


@transaction.atomic
def revise_code(
    *,
    list_key: str,
    code: str,
    name: str,
    actor: Actor,
    note: str = "",
    verified: bool = False,
    extra: Mapping[str, Any] | None = None,
    active_from: date | None = None,
) -> None:
    """This will add a code to a list, or write a new version of it; the old one ends that day."""
    if not code.strip() or not name.strip():
        raise BadInput("代码和名称都不能为空", field="code")
    list_, old = access.code_for(actor, list_key, code)
    day = active_from or clock.today()
    if old is not None:
        old.active_until = max(day, old.active_from)
        old.save(update_fields=["active_until"])
    new = Code.objects.create(
        list=list_,
        code=code.strip(),
        version=_code_version(list_key, code) + 1,
        name=name.strip(),
        ordinal=old.ordinal if old else Code.objects.filter(list=list_).count() + 1,
        extra=dict(extra) if extra is not None else (old.extra if old else {}),
        note=note,
        verified=verified,
        active_from=day,
    )
    trail_actions.record(
        events.CodeRevised(list_key=list_key, code=new.code, name=new.name, version=new.version),
        actor=actor,
    )


@transaction.atomic
def set_keyword(*, matter_code: str, word: str, actor: Actor, weight: float = 1.0) -> None:
    """This will tie a word to a legal matter, or untie it with weight 0. Refuses above 10."""
    access.require_keeper(actor)
    matter = LegalMatter.objects.select_for_update().filter(pk=matter_code).first()
    if matter is None:
        raise NotFound("没有这个法律事务类别")
    text = word.strip()
    if not 2 <= len(text) <= 30 or not 0 <= weight <= 10:
        raise BadInput("关键词应为 2 至 30 字，权重 0 至 10", field="word")
    Keyword.objects.update_or_create(
        matter=matter,
        word=text,
        defaults={"weight": weight},
        create_defaults={"weight": weight, "own": True},
    )
    trail_actions.record(
        events.KeywordSet(matter_code=matter_code, word=text, weight=weight), actor=actor
    )


@transaction.atomic
def offer_item(
    *,
    item_code: str,
    institution_id: UUID,
    mode: str,
    actor: Actor,
    station_id: UUID | None = None,
    note: str = "",
    active_from: date | None = None,
) -> UUID:
    """This will say that an institution gives an item (at a station), and return the row's id."""
    house = provider_queries.institution(institution_id)
    require_registrar(actor, house.region_code)
    if not Item.objects.filter(code=item_code, active_until__isnull=True).exists():
        raise NotFound("事项目录里没有这个事项")
    if mode not in provider_kinds.MODES:
        raise BadInput(f"方式“{mode}”不在名单里", field="mode")
    if station_id:
        place_queries.station(station_id)
    facts = {"item_code": item_code, "institution_id": institution_id, "station_id": station_id}
    if Offering.objects.filter(**facts, mode=mode, active_until__isnull=True).exists():
        raise Clash("这个机构已经以同样方式提供该事项")
    row = Offering.objects.create(
        **facts, mode=mode, note=note.strip(), active_from=active_from or clock.today()
    )
    trail_actions.record(
        events.ItemOffered(
            offering_id=row.pk,
            item_code=item_code,
            institution_id=institution_id,
            institution_name=house.name,
            region_code=house.region_code,
        ),
        actor=actor,
    )
    return row.pk


@transaction.atomic
def withdraw_item(*, offering_id: UUID, actor: Actor, on: date | None = None) -> None:
    """This will end an offering on a day (today)."""
    row = (
        Offering.objects.select_for_update(of=("self",))
        .select_related("institution")
        .filter(pk=offering_id, active_until__isnull=True)
        .first()
    )
    if row is None:
        raise NotFound("没有这条事项供给，或已经停止")
    require_registrar(actor, row.institution.region_id)
    row.active_until = max(on or clock.today(), row.active_from)
    row.save(update_fields=["active_until"])
    trail_actions.record(
        events.ItemWithdrawn(
            offering_id=row.pk,
            item_code=row.item_code,
            institution_id=row.institution_id,
            institution_name=row.institution.name,
            region_code=row.institution.region_id,
        ),
        actor=actor,
    )


@transaction.atomic
def tell_hall_items(
    *,
    site_id: UUID,
    item_codes: Sequence[str],
    status: str,
    window: str = "",
    note: str = "",
    actor: Actor,
) -> int:
    """This will say of items whether they can be done at a hall and at which window; how many.

    By registrars of the place or its officers. Refuses BadInput no item, one that is not in force,
    or one that can be done there without a window.
    """
    hall = place_halls.tended_hall(actor, site_id)
    if status not in hall_words.STATUSES:
        raise BadInput("请选择状态。", field="status")
    at = clean.text(window, field="window", most=60)
    if status == hall_words.OFFERED and not at:
        raise BadInput("能办的事项要写窗口。", way_on="例如：3号窗口。", field="window")
    known = {row.code: row.name for row in queries.items()}
    codes = [code for code in dict.fromkeys(item_codes) if code in known]
    if not codes or len(codes) != len(set(item_codes)):
        raise BadInput("请选择现行的服务事项。", field="item_codes")
    facts: dict[str, Any] = {
        "status": status, "window": at, "note": clean.text(note, field="note", most=200),
        "told_on": clock.today(), "label": actor.label[:80] if actor.kind == "staff" else "",
    }  # fmt: skip
    for code in codes:
        HallItem.objects.update_or_create(
            site_id=hall.id, item_code=code, ended_on=None, defaults=facts
        )
    _tell_hall(hall, [known[code] for code in codes], hall_words.STATUSES[status], actor)
    return len(codes)


@transaction.atomic
def end_hall_item(*, site_id: UUID, item_code: str, actor: Actor) -> None:
    """This will take an item off a hall's list. Refuses NotFound."""
    hall = place_halls.tended_hall(actor, site_id)
    rows = HallItem.objects.select_for_update().filter(site=hall.id, ended_on=None)
    row = rows.filter(item_code=item_code).first()
    if row is None:
        raise NotFound("这个大厅没有这个事项")
    row.ended_on = clock.today()
    row.save(update_fields=["ended_on"])
    _tell_hall(hall, [queries.item(item_code).name], "撤下", actor)


def _tell_hall(hall: place_halls.HallRow, names: Sequence[str], status: str, actor: Actor) -> None:
    shown = "、".join(names[:4]) + (f"等 {len(names)} 项" if len(names) > 4 else "")
    told = events.HallItemsTold(
        site_id=hall.id, name=hall.name, region_code=hall.region_code, items=shown, status=status
    )
    trail_actions.record(told, actor=actor)


def _next_version(old: Item, news: dict[str, Any], day: date, checked: date) -> tuple[Item, str]:
    changed = [key for key, value in news.items() if value is not None]
    new = Item.objects.get(pk=old.pk)
    old.active_until = day
    old.save(update_fields=["active_until"])
    new.pk, new.version, new.active_from, new.active_until = new_id(), old.version + 1, day, None
    new.last_checked_on = checked
    for key in changed:
        setattr(new, key, news[key])
    new.save(force_insert=True)
    ItemLimit.objects.bulk_create(limit_rows(new))
    labels = (str(getattr(Item._meta.get_field(key), "verbose_name", key)) for key in changed)
    return new, "、".join(labels)


def _code_version(list_key: str, code: str) -> int:
    last = Code.objects.filter(list=list_key, code=code).order_by("-version").first()
    return last.version if last else 0
