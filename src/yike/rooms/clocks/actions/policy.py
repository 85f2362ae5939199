"""What clocks go by: calendars and promises. Every change is a new version; old ones stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from yike.engines import worktime
from yike.engines.worktime import Unit
from yike.rooms.clocks import access, events, reckoning
from yike.rooms.clocks.limits import read_limits
from yike.rooms.clocks.models import DAY_ENDS, UNITS, Calendar, CalendarVersion, Closure, Promise
from yike.rooms.core import clock as core_clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotFound
from yike.rooms.guard import clean
from yike.rooms.trail import actions as trail_actions

#: A closure is hours or days; a mistyped year would stop every promise of the county.
LONGEST_CLOSURE, CLOSURE_REACH = timedelta(days=92), timedelta(days=5 * 366)

_CODE = re.compile(r"[\w.\-#]{1,80}")
#: Long enough ago for every clock of this house, demonstration years included.
BEGINNING = date(2019, 1, 1)
MOST = 100_000
#: A basis that names an article is law; an opinion or a notice is not.
_ARTICLE = re.compile(r"第.+条")


@dataclass(frozen=True, kw_only=True)
class VersionRef:
    """Which version of a calendar or a promise is the newest now."""

    id: UUID
    code: str
    version: int
    #: False when the content was the same as before, so that nothing was made
    made: bool


@transaction.atomic
def load_calendar(
    *,
    code: str,
    name: str,
    facts: Mapping[str, Any],
    actor: Actor,
    day_names: Mapping[str, str] | None = None,
    reason: str = "载入日历",
) -> VersionRef:
    """This will make `facts` the calendar's content from now on, as a new version.

    `facts`: plain values as in engines.worktime.plain, without closures: those registered here are
    kept. The same content makes no version. Refuses what cannot be read (BadInput).
    """
    access.require_keeper(actor)
    _check_code(code)
    Calendar.objects.get_or_create(code=code, defaults={"name": name})
    calendar = access.calendar_for(code, lock=True)
    if calendar.name != name:
        calendar.name = name
        calendar.save(update_fields=["name"])
    return _new_version(calendar, facts, dict(day_names or {}), reason, actor)


@transaction.atomic
def close_calendar(
    *, code: str, starts_at: datetime, ends_at: datetime, reason: str, actor: Actor
) -> VersionRef:
    """This will close an office from one instant until another: a typhoon, no ferry.

    Makes a new version; running clocks keep theirs. Refuses an end before the beginning, an
    instant without zone, a closure without reason (BadInput) and an unknown calendar (NotFound),
    and whoever is not of the whole county (NotAllowed).
    """
    access.require_keeper(actor)
    calendar = access.calendar_for(code, lock=True)
    reason = clean.text(reason, field="reason", most=200)
    if not reason:
        raise BadInput("请写明停班原因。", field="reason")
    if starts_at.tzinfo is None or ends_at.tzinfo is None:
        raise BadInput("停班时间要带时区。", field="starts_at")
    if starts_at >= ends_at:
        raise BadInput("停班的结束时间要晚于开始时间。", field="ends_at")
    if ends_at - starts_at > LONGEST_CLOSURE:
        raise BadInput("一次停班最长 92 天。", way_on="请核对年份。", field="ends_at")
    if abs(starts_at - core_clock.now()) > CLOSURE_REACH:
        raise BadInput("停班时间离今天超过五年。", way_on="请核对年份。", field="starts_at")
    Closure.objects.get_or_create(
        calendar=calendar,
        starts_at=starts_at,
        ends_at=ends_at,
        defaults={"reason": reason, "made_at": core_clock.now()},
    )
    return _same_facts(calendar, f"停班：{reason}", actor)


@transaction.atomic
def lift_closure(*, closure_id: UUID, reason: str, actor: Actor) -> VersionRef:
    """This will take back a closure that did not come true, as a new version.

    Clocks that were started under it keep the longer time they were promised with.
    """
    access.require_keeper(actor)
    closure = Closure.objects.filter(id=closure_id).first()
    if closure is None:
        raise NotFound("没有这条停班记录。")
    calendar = access.calendar_for(closure.calendar_id, lock=True)
    closure.delete()
    return _same_facts(calendar, f"取消停班：{reason}", actor)


@transaction.atomic
def set_promise(
    *,
    code: str,
    name: str,
    amount: int,
    unit: str,
    calendar_code: str,
    actor: Actor,
    day_end: str = "work",
    near_percent: int | None = 50,
    warn_percent: int | None = None,
    warn_before_minutes: int | None = None,
    extend_amount: int = 0,
    basis: str = "",
    article: str = "",
    statutory: bool = False,
    verified_on: date | None = None,
    active_from: date | None = None,
) -> VersionRef:
    """This will make a new version of a promise, in force from a day on (today if left out).

    Nothing is edited: the former version ends on that day, clocks started under it keep it. The
    same content makes no version. Refuses a statutory promise without article, an unknown unit or
    calendar, and a beginning before that of the former version (BadInput, NotFound); whoever is not
    of the whole county (NotAllowed).
    """
    access.require_keeper(actor)
    content = {
        "name": name,
        "amount": amount,
        "unit": unit,
        "day_end": day_end,
        "near_percent": near_percent,
        "warn_percent": warn_percent,
        "warn_before_minutes": warn_before_minutes,
        "extend_amount": extend_amount,
        "basis": basis,
        "article": article,
        "statutory": statutory,
        "verified_on": verified_on,
    }
    _check_code(code)
    _check_promise(content)
    calendar = access.calendar_for(calendar_code, lock=True)
    _check_reach(calendar, amount + extend_amount, unit)
    rows = Promise.objects.select_for_update(no_key=True)
    former = rows.filter(code=code, active_until=None).first()
    if former and former.calendar_id == calendar_code and _same(former, content):
        return VersionRef(id=former.id, code=code, version=former.version, made=False)
    start = active_from or core_clock.today()
    if former and start < former.active_from:
        raise BadInput(
            f"新时限不能早于现行版本的生效日 {former.active_from}。", field="active_from"
        )
    if former:
        former.active_until = start
        former.save(update_fields=["active_until"])
    version = (former.version if former else 0) + 1
    promise = Promise.objects.create(
        code=code, version=version, calendar=calendar, active_from=start, **content
    )
    _tell_promise(promise, actor)
    return VersionRef(id=promise.id, code=code, version=version, made=True)


@transaction.atomic
def set_warnings(
    *,
    code: str,
    near_percent: int | None,
    warn_percent: int | None,
    warn_before_minutes: int | None,
    actor: Actor,
) -> VersionRef:
    """This will change when a promise turns yellow and orange, as a new version from today.

    What is promised stays word for word; clocks under way keep the version they were started with.
    Refuses an unknown promise (NotFound) and shares outside 1…100 (BadInput).
    """
    now = Promise.objects.filter(code=code, active_until=None).first()
    if now is None:
        raise NotFound(f"没有代码为“{code}”的时限。")
    same = {name: getattr(now, name) for name in _KEPT}
    return set_promise(
        **same,
        calendar_code=now.calendar_id,
        near_percent=near_percent,
        warn_percent=warn_percent,
        warn_before_minutes=warn_before_minutes,
        active_from=max(core_clock.today(), now.active_from),
        actor=actor,
    )


#: what a change of warnings leaves as it is
_KEPT = (
    "code", "name", "amount", "unit", "day_end", "extend_amount", "basis", "article",
    "statutory", "verified_on",
)  # fmt: skip


@transaction.atomic
def promise_for_limit(
    *,
    item_code: str,
    item_name: str,
    limits: str,
    basis: str,
    actor: Actor,
    verified_on: date | None = None,
    calendar_code: str = "office",
) -> tuple[VersionRef, ...]:
    """This will make promises of a service item's limits ("审查决定:7:CD;指派:3:CD").

    One for each step with a time to act within; its code is the item's code and the step
    ("PLS-YZ001.审查决定", a second one of that name gets "#2"). Steps that are done at once, or
    whose words give no time, make none. Statutory are those whose basis names an article, and
    which are no local commitment.
    """
    found: list[VersionRef] = []
    steps: dict[str, int] = {}
    for limit in read_limits(limits):
        if not limit.amount:
            continue
        steps[limit.step] = count = steps.get(limit.step, 0) + 1
        law = not limit.local and bool(_ARTICLE.search(basis))
        step = re.sub(r"[^\w\-]", "_", limit.step) + (f"#{count}" if count > 1 else "")
        found.append(
            set_promise(
                code=f"{item_code}.{step}",
                name=f"{item_name}：{limit.step}" + (f"（{limit.note}）" if limit.note else ""),
                amount=limit.amount,
                unit=limit.unit,
                calendar_code=calendar_code,
                warn_percent=80,
                extend_amount=limit.extend,
                basis=basis,
                article=basis[:80] if law else "",
                statutory=law,
                verified_on=verified_on if law else None,
                active_from=BEGINNING,
                actor=actor,
            )
        )
    return tuple(found)


def _check_code(code: str) -> None:
    if not _CODE.fullmatch(code):
        raise BadInput("代码只能用文字、数字和 . - _ #。", field="code")


def _check_promise(content: Mapping[str, Any]) -> None:
    percent, before = content["warn_percent"], content["warn_before_minutes"]
    near = content["near_percent"]
    faults = {
        "name": not content["name"].strip() and "请写明时限名称。",
        "unit": content["unit"] not in UNITS and "没有这种时限单位。",
        "amount": not 0 <= content["amount"] <= MOST and "时限数量要在 0 到 100000 之间。",
        "day_end": content["day_end"] not in DAY_ENDS and "当日截止只能是下班时或二十四时。",
        "near_percent": near is not None
        and not 1 <= near <= 100
        and "黄色预警的比例要在 1 到 100 之间。",
        "warn_percent": percent is not None
        and not 1 <= percent <= 100
        and "提醒比例要在 1 到 100 之间。",
        "warn_before_minutes": before is not None
        and not 0 <= before <= MOST
        and "提前提醒的分钟数要在 0 到 100000 之间。",
        "extend_amount": not 0 <= content["extend_amount"] <= MOST and "延长的数量不对。",
        "article": content["statutory"] and not content["article"] and "法定时限要写明依据的条文。",
    }
    for field, sentence in faults.items():
        if sentence:
            raise BadInput(sentence, field=field)


def _check_reach(calendar: Calendar, amount: int, unit: str) -> None:
    """A promise that can never be reckoned would be refused to every citizen who asks for it."""
    if calendar.current_id is None:
        raise NotFound(f"日历“{calendar.code}”还没有内容。", way_on="请先载入工作日历。")
    try:
        found = reckoning.calendar_of(calendar.current_id)
        worktime.add(found, core_clock.now(), amount, Unit(unit))
    except worktime.WorktimeError as error:
        raise BadInput("时限太长，日历推算不到那一天。", field="amount") from error


def _same(promise: Promise, content: Mapping[str, Any]) -> bool:
    return all(getattr(promise, field) == value for field, value in content.items())


def _same_facts(calendar: Calendar, reason: str, actor: Actor) -> VersionRef:
    """The newest content again, with the closures as they are registered now."""
    current = calendar.current
    if current is None:
        raise NotFound(f"日历“{calendar.code}”还没有内容。", way_on="请先载入工作日历。")
    return _new_version(calendar, current.facts, current.day_names, reason, actor)


def _new_version(
    calendar: Calendar,
    facts: Mapping[str, Any],
    day_names: dict[str, str],
    reason: str,
    actor: Actor,
) -> VersionRef:
    plain = _with_closures(calendar, facts)
    current = calendar.current
    if current and current.facts == plain and current.day_names == day_names:
        return VersionRef(
            id=current.id, code=calendar.code, version=current.version, made=False
        )  # fmt: skip
    rows = CalendarVersion.objects.filter(calendar=calendar)
    version = CalendarVersion.objects.create(
        calendar=calendar,
        version=(rows.aggregate(last=Max("version"))["last"] or 0) + 1,
        facts=plain,
        day_names=day_names,
        known_until=plain["known_until"] and date.fromisoformat(plain["known_until"]),
        reason=reason,
        made_at=core_clock.now(),
    )
    calendar.current = version
    calendar.save(update_fields=["current"])
    _tell_calendar(calendar, version, actor)
    return VersionRef(id=version.id, code=calendar.code, version=version.version, made=True)


def _with_closures(calendar: Calendar, facts: Mapping[str, Any]) -> dict[str, Any]:
    closures = [
        {
            "from": row.starts_at.astimezone(core_clock.CIVIL).isoformat(),
            "until": row.ends_at.astimezone(core_clock.CIVIL).isoformat(),
            "reason": row.reason,
        }
        for row in Closure.objects.filter(calendar=calendar).order_by("starts_at", "id")
    ]
    try:
        found = worktime.from_plain({**facts, "closures": closures})
        worktime.add(found, core_clock.now(), 1, Unit.WORKING_DAYS)
        return worktime.to_plain(found)
    except worktime.NoWorkingTimeError as error:
        raise BadInput("这个日历里没有工作时间。", field="facts") from error
    except worktime.WorktimeError as error:
        raise BadInput(f"日历内容读不懂：{error}", field="facts") from error


def _tell_calendar(calendar: Calendar, version: CalendarVersion, actor: Actor) -> None:
    trail_actions.record(
        events.CalendarChanged(
            code=calendar.code,
            name=calendar.name,
            version=version.version,
            reason=version.reason,
            known_until=version.known_until,
        ),
        actor=actor,
    )


def _tell_promise(promise: Promise, actor: Actor) -> None:
    trail_actions.record(
        events.PromiseChanged(
            code=promise.code,
            name=promise.name,
            version=promise.version,
            amount=promise.amount,
            unit=promise.unit,
            calendar_code=promise.calendar_id,
            statutory=promise.statutory,
            active_from=promise.active_from,
        ),
        actor=actor,
    )
