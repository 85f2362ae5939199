"""Telling in time that something ends: 30, 7 and 1 days before, and on the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db import models, transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.providers import events, queries
from yike.rooms.providers.models import (
    AdviserContract,
    Credential,
    Institution,
    Joining,
    Practitioner,
    Stationing,
)
from yike.rooms.trail import actions as trail_actions

#: how many days before the end people are told, and on the day itself
TIERS = (30, 7, 1, 0)
#: an adviser's contract takes longer to renew: by the local norm, but at least this early
_LONGEST = 365


@transaction.atomic
def warn_of_endings(*, actor: Actor, on: date | None = None) -> int:
    """This will tell, once for each tier, of licences, contracts and agreements that end soon.

    Run each day by the house; a day that was missed is made up with the tier that is due. Returns
    how many it told of. What was renewed in the meantime is passed over.
    """
    if actor.kind != "system":
        raise NotAllowed("到期提醒由系统每天发出")
    day = on or clock.today()
    told = 0
    for row, facts, tiers in _endings(day):
        tier = _tier((facts["ends_on"] - day).days, tiers)
        if tier is None or (row.told_days is not None and row.told_days <= tier):
            continue
        row.told_days = tier
        row.save(update_fields=["told_days"])
        left = max((facts["ends_on"] - day).days, 0)
        trail_actions.record(events.TermEnding(**facts, days_left=left), actor=actor)
        told += 1
    return told


def _tier(left: int, tiers: tuple[int, ...]) -> int | None:
    """The narrowest tier that so many days lie within, None when the end is further off."""
    within = [tier for tier in tiers if left <= tier]
    return min(within) if within else None


Ending = tuple[Any, dict[str, Any], tuple[int, ...]]


def _endings(day: date) -> Iterator[Ending]:
    yield from _credentials(day)
    yield from _advisers(day)
    yield from _agreements(day)


def _near(field: str, day: date, days: int = TIERS[0]) -> models.Q:
    """Ends within so many days, or ended in the last month without anybody having been told."""
    until = day + timedelta(days=days)
    return models.Q(
        **{f"{field}__gte": day - timedelta(days=30), f"{field}__lte": until}
    ) & ~models.Q(told_days=0)


def _credentials(day: date) -> Iterator[Ending]:
    rows = Credential.objects.select_for_update(of=("self",)).filter(_near("valid_until", day))
    found = list(
        rows.select_related("institution", "practitioner__institution").order_by("valid_until")
    )
    for row in found:
        holder = row.practitioner or row.institution
        assert holder is not None
        house = row.practitioner.institution if row.practitioner else row.institution
        assert house is not None
        if _replaced(row) or _gone(holder, day):
            continue
        facts = _facts("credential", row, row.kind, house, row.valid_until)
        facts["practitioner_id"] = row.practitioner_id
        yield row, facts, TIERS


def _replaced(row: Credential) -> bool:
    """Whether another licence of the kind lasts longer."""
    same = Credential.objects.filter(
        kind=row.kind, institution=row.institution_id, practitioner=row.practitioner_id
    ).exclude(pk=row.pk)
    return same.filter(
        models.Q(valid_until__isnull=True) | models.Q(valid_until__gt=row.valid_until)
    ).exists()


def _gone(holder: Institution | Practitioner, day: date) -> bool:
    return holder.active_until is not None and holder.active_until <= day


def _advisers(day: date) -> Iterator[Ending]:
    rows = AdviserContract.objects.select_for_update(of=("self",)).filter(
        _near("until_on", day, _LONGEST), ended_on__isnull=True
    )
    renewed = set(
        AdviserContract.objects.filter(former__isnull=False).values_list("former_id", flat=True)
    )
    for row in rows.select_related("practitioner__institution").order_by("until_on", "id"):
        if row.pk in renewed:
            continue
        first = queries.norm("adviser.renew_days", row.region_id, on=day).value
        title = f"村（居）法律顾问合同 {row.number}"
        facts = _facts("adviser", row, title, row.practitioner.institution, row.until_on)
        facts |= {"practitioner_id": row.practitioner_id, "region_code": row.region_id}
        yield row, facts, tuple(sorted({first, *TIERS}, reverse=True))


def _agreements(day: date) -> Iterator[Ending]:
    joined = Joining.objects.select_for_update(of=("self",)).filter(
        _near("agreement_until", day), state="active"
    )
    for row in joined.select_related("institution").order_by("agreement_until", "id"):
        assert row.institution is not None
        title = f"入驻协议 {row.agreement_no}"
        yield row, _facts("joining", row, title, row.institution, row.agreement_until), TIERS
    there = Stationing.objects.select_for_update(of=("self",)).filter(
        _near("agreement_until", day), active_until__isnull=True, active_from__isnull=False
    )
    for one in there.select_related("institution").order_by("agreement_until", "id"):
        title = f"窗口进驻协议 {one.agreement_no}"
        yield one, _facts("stationing", one, title, one.institution, one.agreement_until), TIERS


def _facts(
    what: str, row: models.Model, title: str, house: Institution, ends_on: date | None
) -> dict[str, Any]:
    return {
        "what": what, "ref": row.pk, "title": title, "institution_id": house.pk,
        "practitioner_id": None, "region_code": house.region_id, "ends_on": ends_on,
    }  # fmt: skip
