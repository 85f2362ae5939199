"""Licences and certificates: entering them, and checking them again."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotFound
from yike.rooms.providers import access, entry, events
from yike.rooms.providers.models import Credential
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def record_credential(
    *,
    kind: str,
    number: str,
    valid_from: date,
    actor: Actor,
    institution_id: UUID | None = None,
    practitioner_id: UUID | None = None,
    issuer: str = "",
    valid_until: date | None = None,
    verified_on: date | None = None,
    needed: bool = True,
) -> UUID:
    """This will enter a licence of one institution or one practitioner and return its id.

    `valid_until` is exclusive: the first day without it. `needed`: nobody serves without it. A
    renewal is one more entry of the same kind with the new period. Refuses BadInput when both or
    neither holder is given, or when the period ends before it begins; Clash a number entered
    already.
    """
    if (institution_id is None) == (practitioner_id is None):
        raise BadInput("证照属于一个机构或一名人员，二者填一", field="practitioner_id")
    if valid_until is not None and valid_until <= valid_from:
        raise BadInput("证照有效期止应晚于起", field="valid_until")
    if institution_id:
        house = access.institution_for(actor, institution_id)
    else:
        assert practitioner_id is not None
        house = access.practitioner_for(actor, practitioner_id)[1]
    row = Credential(
        institution_id=institution_id,
        practitioner_id=practitioner_id,
        kind=entry.filled(kind, "kind", "证照名称"),
        number=entry.filled(number, "number", "证照编号"),
        issuer=issuer.strip(),
        valid_from=valid_from,
        valid_until=valid_until,
        verified_on=verified_on,
        needed=needed,
    )
    entry.insert(row, "证照编号已登记")
    trail_actions.record(_credential_event(row, house.region_id), actor=actor)
    return row.pk


@transaction.atomic
def extend_credential(
    *, credential_id: UUID, valid_until: date, actor: Actor, verified_on: date | None = None
) -> None:
    """This will give a credential a later end (exclusive): the same number, checked again.

    Refuses BadInput an end that is not later than the former one.
    """
    row, region_code = _credential_for(credential_id, actor)
    if row.valid_until is None or valid_until <= row.valid_until:
        raise BadInput("新的有效期止应晚于原来的", field="valid_until")
    row.valid_until, row.told_days = valid_until, None
    row.verified_on = verified_on or clock.today()
    row.save(update_fields=["valid_until", "told_days", "verified_on"])
    trail_actions.record(_credential_event(row, region_code), actor=actor)


@transaction.atomic
def verify_credential(
    *, credential_id: UUID, actor: Actor, verified_on: date | None = None
) -> None:
    """This will note that somebody compared a credential with its issuer's register."""
    row, region_code = _credential_for(credential_id, actor)
    row.verified_on = verified_on or clock.today()
    row.save(update_fields=["verified_on"])
    trail_actions.record(_credential_event(row, region_code), actor=actor)


def _credential_for(credential_id: UUID, actor: Actor) -> tuple[Credential, str]:
    row = Credential.objects.select_for_update().filter(pk=credential_id).first()
    if row is None:
        raise NotFound("没有这份证照")
    if row.institution_id:
        return row, access.institution_for(actor, row.institution_id).region_id
    assert row.practitioner_id is not None
    return row, access.practitioner_for(actor, row.practitioner_id)[1].region_id


def _credential_event(row: Credential, region_code: str) -> events.CredentialRecorded:
    return events.CredentialRecorded(
        credential_id=row.pk,
        credential_kind=row.kind,
        region_code=region_code,
        valid_until=row.valid_until,
        verified_on=row.verified_on,
    )
