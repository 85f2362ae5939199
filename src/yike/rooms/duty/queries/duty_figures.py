"""Figures of duty in a period, by person and by institution, for fees and assessment (A16.8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.duty import access, checkin
from yike.rooms.duty.checkin_faces import Figure, Figures
from yike.rooms.duty.models import Shift
from yike.rooms.duty.queries.check_rules import Book, check_rules
from yike.rooms.duty.queries.checkin_rows import Pair, came_of, holding
from yike.rooms.providers import queries as providers_queries

#: days a period has at most
MOST_DAYS = 366
HEAD = (
    "姓名", "机构", "应到班次", "实到", "到岗率（%）", "迟到", "迟到分钟", "早退", "缺勤",
    "没有记录", "没有签退", "其中补签", "应值工时", "实际工时", "备班次数",
)  # fmt: skip


@dataclass
class _Sum:
    planned: int = 0
    attended: int = 0
    late: int = 0
    late_minutes: int = 0
    early: int = 0
    absent: int = 0
    unknown: int = 0
    no_out: int = 0
    made_up: int = 0
    planned_hours: float = 0.0
    hours: float = 0.0
    backup: int = 0
    name: str = field(default="", repr=False)


def duty_figures(
    county: str, since: date, last: date, *, actor: Actor, practitioner_id: UUID | None = None
) -> Figures:
    """This will return the figures of [since, last], days by which the shift is named.

    Of one's whole county for who plans its duty; of oneself (`practitioner_id`) for everybody.
    """
    _refuse(county, since, last, actor, practitioner_id)
    now = clock.now()
    rows = Shift.objects.select_related("post").filter(
        county_code=county, public=True, practitioner_id__isnull=False, day__gte=since,
        day__lte=last, from_at__lte=now,
    )  # fmt: skip
    rows = rows.filter(practitioner_id=practitioner_id) if practitioner_id else rows
    shifts = list(rows.order_by("from_at", "id"))
    sums = _sums(shifts, county, now)
    people = providers_queries.practitioners_by_id(sums)
    return Figures(
        since=since, last=last,
        people=_sorted(_figure(one, sums[one], people[one].name, people[one].institution_name)
                       for one in sums if one in people),
        houses=_houses(sums, people),
    )  # fmt: skip


def rows_out(figures: Figures) -> list[tuple[str, ...]]:
    """This will return the figures as lines of a table: people first, then institutions."""
    return [HEAD, *(_cells(row) for row in (*figures.people, *figures.houses))]


def _refuse(
    county: str, since: date, last: date, actor: Actor, practitioner_id: UUID | None
) -> None:
    if last < since or last - since > timedelta(days=MOST_DAYS):
        raise BadInput("起止日期不对。", field="last", way_on="结束不早于开始，最多一年。")
    if access.plans(actor, county):
        return
    own = practitioner_id and actor.account_id and providers_queries.practitioner_of_account(
        actor.account_id
    )  # fmt: skip
    if not own or own.id != practitioner_id:
        raise NotAllowed("您只能看自己的值班统计。", way_on="全县统计请联系派单员。")


def _sums(shifts: list[Shift], county: str, now: datetime) -> dict[UUID, _Sum]:
    book, pairs = check_rules(county), holding(row.pk for row in shifts)
    sums: dict[UUID, _Sum] = defaultdict(_Sum)
    for row in shifts:
        assert row.practitioner_id is not None
        one = sums[row.practitioner_id]
        if row.part == "backup":
            one.backup += 1
        else:
            _add(one, row, pairs.get(row.pk, (None, None)), now, book)
    return dict(sums)


def _add(one: _Sum, row: Shift, pair: Pair, now: datetime, book: Book) -> None:
    policy = book.on(row.day)
    found = came_of(row, pair, now, policy)
    one.planned += 1
    one.planned_hours += (row.until_at - row.from_at).total_seconds() / 3600
    if found.code in checkin.ATTENDED:
        one.attended += 1
        one.hours += found.hours
        one.late += bool(found.late_minutes)
        one.late_minutes += found.late_minutes
        one.early += bool(found.early_minutes)
        one.no_out += found.code == "no_out"
        one.made_up += found.made_up
    else:
        one.absent += found.code == "absent"
        one.unknown += found.code == "no_record"


def _houses(
    sums: dict[UUID, _Sum], people: dict[UUID, providers_queries.PractitionerRow]
) -> tuple[Figure, ...]:
    found: dict[UUID, _Sum] = {}
    for one, more in sums.items():
        if one not in people:
            continue
        house = people[one].institution_id
        total = found.setdefault(house, _Sum(name=people[one].institution_name))
        for name in _Sum.__dataclass_fields__:
            if name != "name":
                setattr(total, name, getattr(total, name) + getattr(more, name))
    return _sorted(_figure(one, total, total.name, "") for one, total in found.items())


def _figure(which: UUID, one: _Sum, name: str, house: str) -> Figure:
    return Figure(
        id=which, name=name, institution_name=house, planned=one.planned, attended=one.attended,
        late=one.late, late_minutes=one.late_minutes, early=one.early, absent=one.absent,
        unknown=one.unknown, no_out=one.no_out, made_up=one.made_up, backup=one.backup,
        planned_hours=round(one.planned_hours, 2), hours=round(one.hours, 2),
    )  # fmt: skip


def _sorted(rows: Iterable[Figure]) -> tuple[Figure, ...]:
    return tuple(sorted(rows, key=lambda row: (row.institution_name, row.name, str(row.id))))


def _cells(row: Figure) -> tuple[str, ...]:
    rate = "" if row.rate is None else f"{row.rate:g}"
    told = (
        row.planned, row.attended, rate, row.late, row.late_minutes, row.early, row.absent,
        row.unknown, row.no_out, row.made_up, f"{row.planned_hours:g}", f"{row.hours:g}",
        row.backup,
    )  # fmt: skip
    house = row.institution_name or "（机构合计）"
    return (row.name, house, *(str(one) for one in told))
