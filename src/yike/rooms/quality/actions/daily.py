"""每天查看: each institution's keeper looks every working day, else the deputy is asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import NotAllowed, NotFound
from yike.rooms.matters import queries as matters_queries
from yike.rooms.notices import actions as notices_actions
from yike.rooms.notices.faces import Recipient
from yike.rooms.providers import queries as providers_queries
from yike.rooms.quality import events, keepers, policy, workdays
from yike.rooms.quality.models import DailyCheck
from yike.rooms.trail import actions as trail_actions

_ALL = ("", "~")


@transaction.atomic
def make_daily_checks(*, now: datetime, actor: Actor) -> int:
    """This will make today's list for each institution that handles orders; working days only.

    Returns how many were made; a second time on the same day makes none.
    """
    _only_house(actor)
    local = now.astimezone(clock.CIVIL)
    if not workdays.works(local):
        return 0
    offices = providers_queries.institutions_in(_ALL, handles_orders=True, on=local.date())
    known = set(DailyCheck.objects.filter(day=local.date()).values_list("org", flat=True))
    fresh = [one for one in offices if one.id not in known]
    ids = [one.id for one in fresh]
    counts, named = matters_queries.open_by_office(ids), keepers.of(ids)
    DailyCheck.objects.bulk_create(
        [
            _check(one, local, counts.get(one.id, {}), named.get(one.id, keepers.Named()))
            for one in fresh
        ],
        ignore_conflicts=True,
    )
    if fresh:
        made = events.DailyChecksMade(day=local.date(), orgs=len(fresh))
        trail_actions.record(made, actor=actor)
    return len(fresh)


@transaction.atomic
def see_daily_check(*, check_id: UUID, actor: Actor) -> None:
    """This will note that a keeper, deputy or colleague looked, and when; the first look counts."""
    row = DailyCheck.objects.select_for_update().filter(id=check_id).first()
    if row is None:
        raise NotFound("没有这份清单")
    mine = actor.account_id in (row.keeper, row.deputy) or actor.org_id == row.org
    if actor.kind != "staff" or not mine:
        raise NotAllowed("请由本单位的专人或替补来看")
    if row.seen_at is not None:
        return
    row.seen_at, row.seen_by = clock.now(), actor.account_id
    row.save(update_fields=["seen_at", "seen_by"])
    event = events.DailyCheckSeen(**_about(row), late=row.alarmed_at is not None)
    trail_actions.record(event, actor=actor)


@transaction.atomic
def alarm_unseen(*, now: datetime, actor: Actor) -> int:
    """This will ask the keeper, and later the deputy, where nobody looked by the hour set."""
    _only_house(actor)
    local = now.astimezone(clock.CIVIL)
    hours = policy.values("daily.hour", "daily.deputy_hour")
    unseen = DailyCheck.objects.select_for_update(skip_locked=True).filter(
        day=local.date(), seen_at=None
    )
    told = 0
    if local.hour >= hours["daily.hour"]:
        told += sum(_alarm(row, actor) for row in unseen.filter(alarmed_at=None))
    if local.hour >= hours["daily.deputy_hour"]:
        told += sum(_ask_deputy(row, actor) for row in unseen.filter(deputy_asked_at=None))
    return told


def _check(
    office: providers_queries.InstitutionRow,
    moment: datetime,
    counts: dict[str, int],
    named: keepers.Named,
) -> DailyCheck:
    return DailyCheck(
        id=new_id(),
        org=office.id,
        org_name=office.name,
        region_code=office.region_code,
        day=moment.date(),
        keeper=named.keeper,
        deputy=named.deputy,
        waiting=counts,
        made_at=moment,
        demo=office.demo,
    )


def _alarm(row: DailyCheck, actor: Actor) -> int:
    row.alarmed_at = clock.now()
    row.save(update_fields=["alarmed_at"])
    _tell(row, row.keeper, "keeper", actor)
    _missed(row, "专人", actor)
    return 1


def _ask_deputy(row: DailyCheck, actor: Actor) -> int:
    row.deputy_asked_at = clock.now()
    row.save(update_fields=["deputy_asked_at"])
    _tell(row, row.deputy, "deputy", actor)
    _missed(row, "替补", actor)
    return 1


def _tell(row: DailyCheck, account: UUID | None, part: str, actor: Actor) -> None:
    notices_actions.tell(
        to=Recipient(account=account) if account else Recipient(org=row.org),
        template="quality.daily",
        facts={"office": row.org_name, "reason": str(sum(row.waiting.values()))},
        about="dailycheck",
        subject=str(row.id),
        region_code=row.region_code,
        once=f"daily/{row.id}/{part}",
        actor=actor,
    )


def _missed(row: DailyCheck, asked: str, actor: Actor) -> None:
    trail_actions.record(events.DailyCheckMissed(**_about(row), asked=asked), actor=actor)


def _about(row: DailyCheck) -> dict[str, Any]:
    return {
        "check_id": row.id, "org": row.org, "org_name": row.org_name,
        "region_code": row.region_code, "day": row.day,
    }  # fmt: skip


def _only_house(actor: Actor) -> None:
    if actor.kind != "system":
        raise NotAllowed("由系统按时进行")
