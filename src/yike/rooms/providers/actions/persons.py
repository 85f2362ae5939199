"""Entering, correcting and closing a practitioner, and the account they sign in with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.providers import access, entry, events, kinds
from yike.rooms.providers.models import Contact, Practitioner
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
    contact_class: str = "institution",
    phone: str = "",
    email: str = "",
    active_from: date | None = None,
    demo: bool = False,
) -> UUID:
    """This will enter a person who serves and return their id.

    `kind` 01…09 (nine resource kinds). `phone` and `email` are public only when `contact_class`
    is "public". Refuses Clash a licence number that is in the register already.
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
        specialties=list(specialties),
        languages=list(languages),
        contact_class=contact_class,
        active_from=active_from or clock.today(),
        demo=demo,
    )
    entry.insert(row, "执业证号与已登记的人员重复")
    Contact.objects.create(
        practitioner=row, public=contact_class == "public", phone=phone.strip(), email=email.strip()
    )
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
        "specialties": specialties if specialties is None else list(specialties),
        "languages": languages if languages is None else list(languages),
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


def _revise_contact(row: Practitioner, phone: str | None, email: str | None) -> None:
    contact = Contact.objects.select_for_update().get(pk=row.pk)
    contact.public = row.contact_class == "public"
    contact.phone = contact.phone if phone is None else phone.strip()
    contact.email = contact.email if email is None else email.strip()
    contact.save(update_fields=["public", "phone", "email"])
