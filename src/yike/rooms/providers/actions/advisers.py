"""Engaging advisers for villages, renewing and ending contracts, and writing down their work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.providers import access, entry, events, kinds, queries
from yike.rooms.providers.models import (
    AdviserContract,
    AdviserVillage,
    AdviserVisit,
    LocalNorm,
    Practitioner,
)
from yike.rooms.regions import codes
from yike.rooms.regions import queries as region_queries
from yike.rooms.trail import actions as trail_actions

#: who may advise a village: lawyers and legal workers of the grass roots
ADVISER_KINDS = ("01", "07")


@transaction.atomic
def set_norm(
    *,
    code: str,
    region_code: str,
    value: int,
    source: str,
    actor: Actor,
    verified_on: date | None = None,
    active_from: date | None = None,
    demo: bool = False,
) -> None:
    """This will decide one of the county's own numbers from a day (today) on, with its source.

    Earlier versions stay. Refuses Clash a second version from the same day.
    """
    access.require_registrar(actor, region_code)
    if not 0 <= value <= 1000:
        raise BadInput("数值应在 0 到 1000 之间", field="value")
    row = LocalNorm(
        region_id=region_code,
        code=entry.one_of(code, kinds.NORM_NAMES, "code", "参数"),
        value=value,
        source=entry.filled(source, "source", "来源"),
        verified_on=verified_on,
        active_from=active_from or clock.today(),
        demo=demo,
    )
    entry.insert(row, "这一天已经有一个版本")
    trail_actions.record(
        events.NormSet(
            code=code, name=kinds.NORM_NAMES[code], value=value, region_code=region_code,
            active_from=row.active_from,
        ),
        actor=actor,
    )  # fmt: skip


@transaction.atomic
def engage_adviser(
    *,
    number: str,
    practitioner_id: UUID,
    region_code: str,
    villages: Sequence[str],
    from_on: date,
    until_on: date,
    actor: Actor,
    hours_per_month: int | None = None,
    lectures_per_quarter: int | None = None,
    duties: str = "",
    former_id: UUID | None = None,
    demo: bool = False,
) -> UUID:
    """This will engage an adviser for villages of a county or town for a term; returns its id.

    `until_on` is exclusive. Hours and lectures follow the local norm unless agreed. `former_id`:
    the contract this one renews. Refuses whoever is not fit on the first day or no lawyer
    (NotAllowed), a village with another adviser at the time (Clash), more villages than the local
    norm allows one person (NotAllowed).
    """
    access.require_registrar(actor, region_code)
    if until_on <= from_on:
        raise BadInput("合同止应晚于起", field="until_on")
    entry.take_turns(f"advisers/{codes.at_level(region_code, 'county') or region_code}")
    person = _adviser(practitioner_id, from_on)
    former = access.contract_for(actor, former_id) if former_id else None
    row = AdviserContract(
        number=entry.filled(number, "number", "合同编号", most=60),
        practitioner=person,
        region_id=region_code,
        former=former,
        from_on=from_on,
        until_on=until_on,
        hours_per_month=_agreed("adviser.hours_per_month", hours_per_month, region_code, from_on),
        lectures_per_quarter=_agreed(
            "adviser.lectures_per_quarter", lectures_per_quarter, region_code, from_on
        ),
        duties=entry.line(duties, "duties", most=1000),
        demo=demo,
    )
    entry.insert(row, "合同编号已登记")
    taken = _take_on(row, villages, from_on)
    trail_actions.record(
        events.AdviserEngaged(**_about(row), villages=taken, renewal=former is not None),
        actor=actor,
    )
    return row.pk


@transaction.atomic
def set_villages(
    *,
    contract_id: UUID,
    villages: Sequence[str],
    reason: str,
    actor: Actor,
    from_on: date | None = None,
) -> None:
    """This will change which villages a contract covers, from a day (today) on; the past stays.

    Refuses as engage_adviser, and a contract that is over.
    """
    row = access.contract_for(actor, contract_id)
    day = max(from_on or clock.today(), row.from_on)
    _refuse_over(row, day)
    why = entry.filled(reason, "reason", "调整原因")
    entry.take_turns(f"advisers/{codes.at_level(row.region_id, 'county') or row.region_id}")
    held = AdviserVillage.objects.filter(contract=row, until_on__gt=day)
    wanted = set(villages)
    held.exclude(village__in=wanted).filter(from_on__gte=day).delete()
    held.exclude(village__in=wanted).update(until_on=day)
    kept = set(held.filter(village__in=wanted).values_list("village_id", flat=True))
    _take_on(row, [code for code in villages if code not in kept], day, kept=len(kept))
    trail_actions.record(
        events.AdviserVillagesSet(**_about(row), villages=len(wanted), from_on=day, reason=why),
        actor=actor,
    )


@transaction.atomic
def release_adviser(
    *, contract_id: UUID, reason: str, actor: Actor, ended_on: date | None = None
) -> None:
    """This will end a contract before its term, on a day (exclusive; today)."""
    row = access.contract_for(actor, contract_id)
    day = max(ended_on or clock.today(), row.from_on)
    _refuse_over(row, clock.today())
    if day >= row.until_on:
        raise BadInput("提前终止应早于合同到期日", field="ended_on")
    row.ended_on, row.end_reason = day, entry.filled(reason, "reason", "终止原因")
    row.save(update_fields=["ended_on", "end_reason"])
    under = AdviserVillage.objects.filter(contract=row)
    under.filter(from_on__gte=day).delete()
    under.filter(until_on__gt=day).update(until_on=day)
    trail_actions.record(
        events.AdviserReleased(**_about(row), ended_on=day, reason=row.end_reason), actor=actor
    )


@transaction.atomic
def record_visit(
    *,
    contract_id: UUID,
    village: str,
    on: date,
    minutes: int,
    kind: str,
    actor: Actor,
    people: int = 0,
    note: str = "",
) -> UUID:
    """This will write down what an adviser did in a village on a day.

    By the adviser, the village's judicial office, or a registrar. Refuses BadInput a day to come,
    one outside the contract, a village that it does not cover, more hours than a day has.
    """
    row = access.contract_to_report(actor, contract_id, village)
    under = AdviserVillage.objects.filter(
        contract=row, village=village, from_on__lte=on, until_on__gt=on
    )
    if on > clock.today() or not under.exists():
        raise BadInput("那一天合同没有覆盖这个村，或日期在将来", field="on")
    if not 1 <= minutes <= 24 * 60 or not 0 <= people <= 10_000:
        raise BadInput("时长应在 1 分钟到 24 小时之间，人次不超过 10000", field="minutes")
    made = AdviserVisit.objects.create(
        contract=row,
        village_id=village,
        on=on,
        minutes=minutes,
        kind=entry.one_of(kind, kinds.ADVISER_WORK, "kind", "工作"),
        people=people,
        note=entry.line(note, "note", most=500),
    )
    trail_actions.record(
        events.AdviserVisited(**_about(row), work=kinds.ADVISER_WORK[kind], minutes=minutes),
        actor=actor,
    )
    return made.pk


def _adviser(practitioner_id: UUID, on: date) -> Practitioner:
    person = Practitioner.objects.filter(pk=practitioner_id).first()
    if person is None:
        raise BadInput("名录里没有这个人员", field="practitioner_id")
    if person.kind not in ADVISER_KINDS:
        raise NotAllowed("村（居）法律顾问应是律师或基层法律服务工作者")
    why = queries.fit_to_serve([person.pk], on=on)[person.pk]
    if why:
        raise NotAllowed(f"不能聘为顾问：{'；'.join(why)}", way_on="请先更新证照，或另选一人。")
    return person


def _agreed(code: str, told: int | None, region_code: str, on: date) -> int:
    return queries.norm(code, region_code, on=on).value if told is None else told


def _take_on(row: AdviserContract, villages: Sequence[str], from_on: date, *, kept: int = 0) -> int:
    """Puts villages under a contract, from a day until its end; returns how many it then has."""
    wanted = sorted(set(villages))
    if not wanted and not kept:
        raise BadInput("请至少选一个村（社区）", field="villages")
    here, known = codes.span(row.region_id), region_queries.regions_of(wanted)
    for code in wanted:
        if code not in known or known[code].level != "village" or not codes.within(code, here):
            raise BadInput(f"{code} 不是聘请方辖区里的村（社区）", field="villages")
    _refuse_taken(wanted, from_on, row.until_on)
    AdviserVillage.objects.bulk_create(
        AdviserVillage(contract=row, village_id=code, from_on=from_on, until_on=row.until_on)
        for code in wanted
    )
    _refuse_too_many(row, from_on)
    return len(wanted) + kept


def _refuse_taken(wanted: Sequence[str], from_on: date, until_on: date) -> None:
    taken = AdviserVillage.objects.filter(
        village__in=wanted, from_on__lt=until_on, until_on__gt=from_on
    ).filter(until_on__gt=F("from_on"))
    first = taken.select_related("village", "contract").order_by("village_id").first()
    if first is not None:
        raise Clash(
            f"{first.village.name}在 {first.until_on:%Y-%m-%d} 前已有法律顾问"
            f"（合同 {first.contract.number}）",
            way_on="请先终止或等那份合同到期，或不选这个村。",
        )


def _refuse_too_many(row: AdviserContract, from_on: date) -> None:
    most = queries.norm("adviser.most_villages", row.region_id, on=from_on)
    busiest = max(
        queries.villages_carried(row.practitioner_id, on=day)
        for day in _changes(row.practitioner_id, from_on, row.until_on)
    )
    if most.value and busiest > most.value:
        raise NotAllowed(
            f"这名顾问会同时服务 {busiest} 个村，超过本地上限 {most.value} 个（{most.source}）",
            way_on="请少选几个村、另请一人，或由局领导调整本地参数。",
        )


def _changes(practitioner_id: UUID, since: date, until: date) -> set[date]:
    """The days on which somebody's villages may become more."""
    starts = AdviserVillage.objects.filter(
        contract__practitioner=practitioner_id, from_on__gte=since, from_on__lt=until
    )
    return {since, *starts.values_list("from_on", flat=True)}


def _refuse_over(row: AdviserContract, day: date) -> None:
    if row.ended_on is not None or row.until_on <= day:
        raise NotAllowed("这份合同已经结束", way_on="需要继续服务时请续签新合同。")


def _about(row: AdviserContract) -> dict[str, Any]:
    return {
        "contract_id": row.pk, "number": row.number, "practitioner_id": row.practitioner_id,
        "region_code": row.region_id,
    }  # fmt: skip
