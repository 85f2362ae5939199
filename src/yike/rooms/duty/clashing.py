"""What else the leader of a visit has then: a published shift, granted leave, another visit.

Of two visits the one that was planned first stands. Leave is seen by whoever may see it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from yike.rooms.core import clock
from yike.rooms.duty import circuits, words
from yike.rooms.duty.faces import hours_of
from yike.rooms.duty.models import OF_OPEN_POSTS, CircuitVisit, Leave, Shift

SHIFT, LEAVE, VISIT = "shift", "leave", "visit"


@dataclass(frozen=True, kw_only=True)
class Clash:
    """One thing that somebody has at the time of a visit; `said` names its day and what it is."""

    kind: str
    id: UUID
    since: datetime
    until: datetime
    said: str

    @property
    def key(self) -> str:
        """By which it is known again: the same thing at another time is another clash."""
        return f"{self.kind}:{self.id}:{self.since:%Y%m%d%H%M}-{self.until:%Y%m%d%H%M}"


def clashes_of(visits: Sequence[CircuitVisit]) -> dict[UUID, tuple[Clash, ...]]:
    """This will return for each visit (circuit and stop loaded) what its leader has else then.

    Three questions to the database, however many visits are asked about.
    """
    if not visits:
        return {}
    leaders = {row.circuit.practitioner_id for row in visits}
    since, until = min(v.arrives_at for v in visits), max(v.leaves_at for v in visits)
    had: dict[UUID, list[Clash]] = defaultdict(list)
    for who, clash in (*_shifts(leaders, since, until), *_leaves(leaders, since, until)):
        had[who].append(clash)
    others: dict[UUID, list[CircuitVisit]] = defaultdict(list)
    rows = CircuitVisit.objects.select_related("circuit", "stop").filter(
        circuit__practitioner_id__in=leaders, state__in=circuits.STANDING,
        arrives_at__lt=until, leaves_at__gt=since,
    )  # fmt: skip
    for row in rows:
        others[row.circuit.practitioner_id].append(row)
    return {row.pk: _of(row, had, others) for row in visits}


def unsettled(row: CircuitVisit, found: Iterable[Clash]) -> bool:
    """This will say whether something stands in the way that nobody has decided about."""
    return any(one.key not in row.kept_over for one in found)


def _of(
    row: CircuitVisit, had: dict[UUID, list[Clash]], others: dict[UUID, list[CircuitVisit]]
) -> tuple[Clash, ...]:
    who = row.circuit.practitioner_id
    met = [one for one in had[who] if one.since < row.leaves_at and one.until > row.arrives_at]
    met += [
        _visit(one)
        for one in others[who]
        if one.pk != row.pk and _rank(one) < _rank(row)
        and one.arrives_at < row.leaves_at and one.leaves_at > row.arrives_at
    ]  # fmt: skip
    return tuple(sorted(met, key=lambda one: (one.since, one.key)))


def _rank(row: CircuitVisit) -> tuple[bool, datetime, str]:
    """What was planned first comes first; a visit that was put off yields to one that was not."""
    return row.changed, row.circuit.made_at, str(row.pk)


def _shifts(leaders: set[UUID], since: datetime, until: datetime) -> Iterator[tuple[UUID, Clash]]:
    rows = Shift.objects.select_related("post").filter(
        OF_OPEN_POSTS, practitioner_id__in=leaders, public=True, state__in=words.STANDING,
        from_at__lt=until, until_at__gt=since,
    )  # fmt: skip
    for row in rows:
        assert row.practitioner_id is not None
        when = f"{_day(row.day)} {hours_of(row.from_at, row.until_at)}"
        yield row.practitioner_id, Clash(
            kind=SHIFT, id=row.pk, since=row.from_at, until=row.until_at,
            said=f"{when} {row.post.name}{words.PARTS[row.part]}",
        )  # fmt: skip


def _leaves(leaders: set[UUID], since: datetime, until: datetime) -> Iterator[tuple[UUID, Clash]]:
    rows = Leave.objects.filter(
        practitioner_id__in=leaders, state="granted", until_on__gt=_civil(since).date(),
        from_on__lte=_civil(until).date(),
    )  # fmt: skip
    for row in rows:
        last = row.until_on - timedelta(days=1)
        days = _day(row.from_on) if last == row.from_on else f"{_day(row.from_on)}至{_day(last)}"
        yield row.practitioner_id, Clash(
            kind=LEAVE, id=row.pk, since=_midnight(row.from_on), until=_midnight(row.until_on),
            said=f"{days} 请假",
        )  # fmt: skip


def _visit(row: CircuitVisit) -> Clash:
    when = f"{_day(_civil(row.arrives_at).date())} {hours_of(row.arrives_at, row.leaves_at)}"
    return Clash(
        kind=VISIT, id=row.pk, since=row.arrives_at, until=row.leaves_at,
        said=f"{when} {row.circuit.name}（{row.stop.region_name}{row.stop.where}）",
    )  # fmt: skip


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _civil(at: datetime) -> datetime:
    return at.astimezone(clock.CIVIL)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.CIVIL)
