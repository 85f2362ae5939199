"""What coming and going does to a shift; who did not come is reminded, then counted as absent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.event import Event
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.duty import checkin
from yike.rooms.duty import checkin_events as events
from yike.rooms.duty.actions.absence import report_absence
from yike.rooms.duty.models import OF_OPEN_POSTS, CheckIn, CheckKey, CheckMiss, Shift
from yike.rooms.duty.queries.check_rules import check_rules, watched_counties
from yike.rooms.duty.queries.checkin_rows import span_of
from yike.rooms.trail import actions as trail_actions

#: shifts that began longer ago are not watched any more
WATCH_HOURS = 24
#: at most so many shifts a minute
MOST = 500
MISSED = "逾时没有签到"


@transaction.atomic
def watch_arrivals(*, actor: Actor, now: datetime | None = None) -> tuple[int, int]:
    """This will remind who has not come after grace, and later count them as absent.

    Only in counties whose rules say so, and never shifts of the demonstration. Returns how many
    were reminded and how many missed. The house only.
    """
    if actor.kind != "system":
        raise NotAllowed("只有系统任务可以检查签到。")
    moment, reminded, missed = now or clock.now(), 0, 0
    for county in watched_counties():
        book = check_rules(county)
        for shift in _not_come(county, moment):
            policy = book.on(shift.day)
            if not policy.watched:
                continue
            remind_at, absent_at = checkin.due_at(span_of(shift), policy)
            if moment >= remind_at:
                reminded += _remind(shift, moment, actor)
            if moment >= absent_at:
                missed += _miss(shift, moment, actor)
    return reminded, missed


@transaction.atomic
def report_missed(*, shift_id: UUID, actor: Actor) -> UUID | None:
    """This will report who missed their shift as absent, so that a substitute is called out.

    Nothing where the rules do not say so, where they came meanwhile, or where the shift is over.
    Returns the call's id.
    """
    shift = Shift.objects.filter(pk=shift_id).first()
    if shift is None or shift.state not in ("planned", "swapped"):
        return None
    if not check_rules(shift.county_code).on(shift.day).calls_out:
        return None
    came = CheckIn.objects.filter(shift=shift, direction="in", state__in=checkin.HOLDING)
    if came.exists() or shift.until_at <= clock.now():
        return None
    return report_absence(shift_id=shift.pk, reason=MISSED, actor=actor)


@transaction.atomic
def sweep_fixes(*, actor: Actor) -> int:
    """This will delete raw positions, and keys of phones, whose days are over; returns how many
    positions. The house only; leaves one sentence a county."""
    if actor.kind != "system":
        raise NotAllowed("只有系统任务可以清除原始定位。")
    kept = CheckIn.objects.filter(fix__isnull=False)
    counties = set(kept.values_list("shift__county_code", flat=True).distinct())
    counties |= set(CheckKey.objects.values_list("shift__county_code", flat=True).distinct())
    return sum(_sweep(county, actor) for county in sorted(counties))


def _sweep(county: str, actor: Actor) -> int:
    days = check_rules(county).on(clock.today()).raw_days
    before = clock.now() - timedelta(days=days)
    CheckKey.objects.filter(shift__county_code=county, handed_at__lt=before).delete()
    old = CheckIn.objects.filter(shift__county_code=county, fix__isnull=False)
    swept = old.filter(received_at__lt=before).update(fix=None)
    if swept:
        trail_actions.record(events.FixesSwept(region_code=county, count=swept), actor=actor)
    return swept


def _not_come(county: str, now: datetime) -> list[Shift]:
    """Shifts that have begun, with somebody who has not checked in and is not yet missed."""
    came = CheckIn.objects.filter(shift=OuterRef("pk"), direction="in", state__in=checkin.HOLDING)
    known = CheckMiss.objects.filter(shift=OuterRef("pk"), missed_at__isnull=False)
    rows = Shift.objects.select_related("post").filter(
        OF_OPEN_POSTS, ~Exists(came), ~Exists(known),
        county_code=county, public=True, part="main", demo=False,
        practitioner_id__isnull=False, state__in=("planned", "swapped"), from_at__lte=now,
        from_at__gt=now - timedelta(hours=WATCH_HOURS),
    )  # fmt: skip
    return list(rows.order_by("from_at", "id")[:MOST])


def _remind(shift: Shift, now: datetime, actor: Actor) -> int:
    said = {"region_code": shift.post.region_code, "reminded_at": now}
    _, fresh = CheckMiss.objects.get_or_create(shift=shift, defaults=said)
    if fresh:
        _say(shift, events.CheckInReminded, actor)
    return int(fresh)


def _miss(shift: Shift, now: datetime, actor: Actor) -> int:
    fresh = CheckMiss.objects.filter(shift=shift, missed_at__isnull=True).update(missed_at=now)
    if fresh:
        _say(shift, events.CheckInMissed, actor)
    return fresh


def _say(shift: Shift, event: Callable[..., Event], actor: Actor) -> None:
    trail_actions.record(
        event(
            shift_id=shift.pk, post_name=shift.post.name, region_code=shift.post.region_code,
            practitioner_id=shift.practitioner_id, from_at=shift.from_at,
        ),
        actor=actor,
    )  # fmt: skip
