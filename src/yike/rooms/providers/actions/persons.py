"""Entering, correcting and closing a practitioner, and the account they sign in with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.providers import access, contacts, entry, events, kinds
from yike.rooms.providers.models import Contact, Institution, Practitioner
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def register_practitioner(
    *,
    name: str,
    kind: str,
    institution_id: UUID,
    actor: Actor,
    title: str = "",
    licence_no: str = "",
    specialties: Sequence[str] = (),
    languages: Sequence[str] = (),
    areas: Sequence[str] = (),
    capacity: int = 0,
    undertaking_needed: bool = False,
    contact_class: str = "institution",
    phone: str = "",
    email: str = "",
    active_from: date | None = None,
    demo: bool = False,
) -> UUID:
    """This will enter a person who serves and return their id.

    `kind` 01…09 (nine resource kinds). `areas`: region codes served, the institution's own when
    empty; `capacity`: orders carried at once, 0 when nobody said. `phone` and `email` are public
    only when `contact_class` is "public", and sealed otherwise. Refuses Clash a licence number that
    is in the register already.
    """
    house = access.institution_for(actor, institution_id, lock=True)
    entry.refuse_closed(house.active_until)
    entry.one_of(contact_class, kinds.CONTACT_CLASSES, "contact_class", "公开级别")
    row = Practitioner(
        name=entry.filled(name, "name", "姓名"),
        kind=entry.one_of(kind, kinds.RESOURCE_KINDS, "kind", "资源类别"),
        title=title.strip(),
        licence_no=licence_no.strip(),
        institution=house,
        specialties=entry.words(specialties, "specialties"),
        languages=entry.words(languages, "languages"),
        areas=entry.areas(areas),
        capacity=capacity,
        undertaking_needed=undertaking_needed,
        contact_class=contact_class,
        active_from=active_from or clock.today(),
        demo=demo,
    )
    entry.insert(row, "执业证号与已登记的人员重复")
    contacts.write(row, phone.strip(), email.strip())
    trail_actions.record(
        events.PractitionerRegistered(
            practitioner_id=row.pk,
            institution_id=house.pk,
            region_code=house.region_id,
            resource_kind=kind,
        ),
        actor=actor,
    )
    return row.pk


@transaction.atomic
def revise_practitioner(
    *,
    practitioner_id: UUID,
    actor: Actor,
    title: str | None = None,
    licence_no: str | None = None,
    institution_id: UUID | None = None,
    specialties: Sequence[str] | None = None,
    languages: Sequence[str] | None = None,
    areas: Sequence[str] | None = None,
    capacity: int | None = None,
    undertaking_needed: bool | None = None,
    contact_class: str | None = None,
    phone: str | None = None,
    email: str | None = None,
) -> None:
    """This will correct the facts given (None leaves one as it is)."""
    row, house = access.practitioner_for(actor, practitioner_id, lock=True)
    entry.refuse_closed(row.active_until)
    if institution_id:
        house = access.institution_for(actor, institution_id)
        entry.refuse_closed(house.active_until)
    if contact_class is not None:
        entry.one_of(contact_class, kinds.CONTACT_CLASSES, "contact_class", "公开级别")
    news: dict[str, object] = {
        "title": title if title is None else title.strip(),
        "licence_no": licence_no if licence_no is None else licence_no.strip(),
        "institution_id": institution_id,
        "specialties": None if specialties is None else entry.words(specialties, "specialties"),
        "languages": None if languages is None else entry.words(languages, "languages"),
        "areas": None if areas is None else entry.areas(areas),
        "capacity": capacity,
        "undertaking_needed": undertaking_needed,
        "contact_class": contact_class,
    }
    changed = [part for part in [entry.apply(row, news, "执业证号重复")] if part]
    if phone is not None or email is not None or contact_class is not None:
        _revise_contact(row, phone, email)
        changed.append("联系方式")
    if changed:
        trail_actions.record(
            events.PractitionerRevised(
                practitioner_id=row.pk,
                institution_id=house.pk,
                region_code=house.region_id,
                changed="、".join(changed),
            ),
            actor=actor,
        )


@transaction.atomic
def close_practitioner(
    *, practitioner_id: UUID, reason: str, actor: Actor, closed_on: date | None = None
) -> None:
    """This will give a practitioner their last day (exclusive)."""
    row, house = access.practitioner_for(actor, practitioner_id, lock=True)
    entry.refuse_closed(row.active_until)
    row.active_until = max(closed_on or clock.today(), row.active_from)
    row.close_reason = entry.filled(reason, "reason", "停用原因")
    row.save(update_fields=["active_until", "close_reason"])
    trail_actions.record(
        events.PractitionerClosed(
            practitioner_id=row.pk,
            institution_id=house.pk,
            region_code=house.region_id,
            closed_on=row.active_until,
            reason=row.close_reason,
        ),
        actor=actor,
    )


@transaction.atomic
def link_account(*, practitioner_id: UUID, account_id: UUID, actor: Actor) -> None:
    """This will link a practitioner to the account they sign in with; one account, one person."""
    row, house = access.practitioner_for(actor, practitioner_id, lock=True)
    entry.refuse_closed(row.active_until)
    entry.apply(row, {"account_id": account_id}, "这个账号已经关联了另一名人员")
    trail_actions.record(
        events.AccountLinked(
            practitioner_id=row.pk,
            institution_id=house.pk,
            region_code=house.region_id,
            account_id=account_id,
        ),
        actor=actor,
    )


@transaction.atomic
def suspend_practitioner(
    *,
    practitioner_id: UUID,
    reason: str,
    actor: Actor,
    from_on: date | None = None,
    until_on: date | None = None,
) -> None:
    """This will say that a person may not serve from a day (today) until a day (exclusive), or

    until further notice. Refuses BadInput an end that is not after the beginning.
    """
    row, house = access.practitioner_for(actor, practitioner_id, lock=True)
    entry.refuse_closed(row.active_until)
    since = from_on or clock.today()
    if until_on is not None and until_on <= since:
        raise BadInput("恢复服务日期应晚于暂停日期", field="until_on")
    row.suspended_from, row.suspended_until = since, until_on
    row.suspend_reason = entry.filled(reason, "reason", "暂停原因")
    row.save(update_fields=["suspended_from", "suspended_until", "suspend_reason"])
    trail_actions.record(
        events.PractitionerSuspended(
            **_about(row, house), from_on=since, until_on=until_on, reason=row.suspend_reason
        ),
        actor=actor,
    )


@transaction.atomic
def resume_practitioner(
    *, practitioner_id: UUID, actor: Actor, from_on: date | None = None
) -> None:
    """This will let a suspended person serve again from a day (today) on."""
    row, house = access.practitioner_for(actor, practitioner_id, lock=True)
    if row.suspended_from is None:
        raise NotAllowed("这名人员没有被暂停服务", way_on="请刷新页面查看现在的状态。")
    row.suspended_until = max(from_on or clock.today(), row.suspended_from)
    row.save(update_fields=["suspended_until"])
    trail_actions.record(
        events.PractitionerResumed(**_about(row, house), from_on=row.suspended_until), actor=actor
    )


@transaction.atomic
def sign_undertaking(*, practitioner_id: UUID, actor: Actor, signed_on: date | None = None) -> None:
    """This will note that a person signed the undertaking of service; by a registrar who saw it."""
    row, house = access.practitioner_for(actor, practitioner_id, lock=True)
    entry.refuse_closed(row.active_until)
    day = signed_on or clock.today()
    if day > clock.today():
        raise BadInput("签署日期不能晚于今天", field="signed_on")
    row.undertaking_on = day
    row.save(update_fields=["undertaking_on"])
    trail_actions.record(events.UndertakingSigned(**_about(row, house), signed_on=day), actor=actor)


@transaction.atomic
def open_contact(*, practitioner_id: UUID, reason: str, actor: Actor) -> tuple[str, str]:
    """This will return telephone and e-mail of a person, and leave a sentence about the look.

    Refuses BadInput without a reason, NotFound when nothing is kept or it may not be seen.
    """
    row, house = access.practitioner_for(actor, practitioner_id)
    why = entry.filled(reason, "reason", "查看理由")
    contact = Contact.objects.filter(pk=row.pk).first()
    if contact is None or not contact.reach_mask:
        raise NotFound("没有登记联系方式")
    trail_actions.record(events.ContactOpened(**_about(row, house), reason=why), actor=actor)
    return contacts.read(contact)


@transaction.atomic
def seal_contacts(*, actor: Actor, most: int = 500) -> int:
    """This will seal contacts that an earlier version kept in clear; returns how many. The house

    only; repeat until it returns 0.
    """
    if actor.kind != "system":
        raise NotAllowed("只有系统任务可以密封联系方式")
    loose = Contact.objects.filter(public=False, sealed__isnull=True).exclude(phone="", email="")
    found = list(loose.select_related("practitioner").select_for_update(of=("self",))[:most])
    for contact in found:
        contacts.write(contact.practitioner, contact.phone, contact.email)
    if found:
        trail_actions.record(events.ContactsSealed(count=len(found)), actor=actor)
    return len(found)


def _revise_contact(row: Practitioner, phone: str | None, email: str | None) -> None:
    contact = Contact.objects.select_for_update().get(pk=row.pk)
    former_phone, former_email = contacts.read(contact)
    contacts.write(
        row,
        former_phone if phone is None else phone.strip(),
        former_email if email is None else email.strip(),
    )


def _about(row: Practitioner, house: Institution) -> dict[str, Any]:
    return {
        "practitioner_id": row.pk, "institution_id": house.pk, "region_code": house.region_id,
    }  # fmt: skip
