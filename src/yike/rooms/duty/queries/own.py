"""One's own duty, and what waits for a word: of oneself, or of who plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.duty import access, planning, words
from yike.rooms.duty.faces import ShiftRow
from yike.rooms.duty.models import CallAsk, CallOut, Feed, Leave, Shift, ShiftChange, Wish
from yike.rooms.duty.queries.rows import shift_row
from yike.rooms.providers import queries as providers_queries

#: how far ahead one's own shifts are shown
AHEAD = timedelta(days=42)


@dataclass(frozen=True, kw_only=True)
class LeaveRow:
    """One leave."""

    id: UUID
    name: str
    from_on: date
    last_on: date
    reason: str
    state: str
    state_name: str
    note: str
    open: bool


@dataclass(frozen=True, kw_only=True)
class WishRow:
    """One wish in words."""

    id: UUID
    sentence: str


@dataclass(frozen=True, kw_only=True)
class ChangeRow:
    """One request to swap or to stand in, in words."""

    id: UUID
    sentence: str
    reason: str
    state: str
    state_name: str
    #: it is for me to say yes or no; I may take it back
    mine_to_answer: bool
    mine_to_withdraw: bool


@dataclass(frozen=True, kw_only=True)
class CallRow:
    """One call for a substitute."""

    id: UUID
    shift: ShiftRow
    state: str
    state_name: str
    reason: str
    began_at: datetime
    #: the acting person was asked and has not answered
    asked: bool
    asked_names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MyDuty:
    """One's own page of duty; `practitioner_id` is None for whoever is in no register."""

    practitioner_id: UUID | None
    name: str
    shifts: tuple[ShiftRow, ...]
    others: tuple[ShiftRow, ...]
    changes: tuple[ChangeRow, ...]
    calls: tuple[CallRow, ...]
    leaves: tuple[LeaveRow, ...]
    wishes: tuple[WishRow, ...]
    quarter_hours: float
    has_feed: bool


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What waits for who plans a county."""

    leaves: tuple[LeaveRow, ...]
    changes: tuple[ChangeRow, ...]
    calls: tuple[CallRow, ...]

    def __bool__(self) -> bool:
        return bool(self.leaves or self.changes or self.calls)


def my_duty(*, actor: Actor) -> MyDuty:
    """This will return one's own shifts ahead, requests, leave and wishes."""
    account = actor.account_id
    person = providers_queries.practitioner_of_account(account) if account else None
    if person is None:
        return MyDuty(
            practitioner_id=None, name="", shifts=(), others=(), changes=(), calls=(), leaves=(),
            wishes=(), quarter_hours=0.0, has_feed=False,
        )  # fmt: skip
    today = clock.today()
    own = Q(by_practitioner=person.id) | Q(to_practitioner=person.id)
    leaves = Leave.objects.filter(practitioner_id=person.id, until_on__gt=today)
    return MyDuty(
        practitioner_id=person.id,
        name=person.name,
        shifts=_ahead(Q(practitioner_id=person.id), states=("planned", "swapped", "absent")),
        others=_others(person.id),
        changes=_changes(own & Q(shift__until_at__gt=clock.now()), actor),
        calls=_calls(Q(state="open"), actor, only_asked=True),
        leaves=tuple(map(_leave, leaves.order_by("from_on"))),
        wishes=tuple(
            map(_wish, Wish.objects.select_related("post").filter(practitioner_id=person.id))
        ),
        quarter_hours=planning.load_of([person.id], today).get(person.id, 0.0),
        has_feed=Feed.objects.filter(practitioner_id=person.id, revoked_at=None).exists(),
    )


def waiting_for_planner(county: str, *, actor: Actor) -> Waiting:
    """This will return leaves asked, changes agreed, and calls that are open or have failed."""
    if not access.plans(actor, county):
        return Waiting(leaves=(), changes=(), calls=())
    asked = Leave.objects.filter(county_code=county, state="asked").order_by("from_on")
    still = Q(county_code=county, shift__until_at__gt=clock.now())
    return Waiting(
        leaves=tuple(map(_leave, asked)),
        changes=_changes(still & Q(state="agreed"), actor),
        calls=_calls(still & _unsettled(), actor),
    )


def calls_open(county: str, *, actor: Actor) -> int:
    """This will count the calls for a substitute that are open or have failed."""
    if not access.plans(actor, county):
        return 0
    still = Q(county_code=county, shift__until_at__gt=clock.now())
    return CallOut.objects.filter(still & _unsettled()).count()


def _unsettled() -> Q:
    return Q(state="open") | Q(state="failed", shift__state="absent")


def _ahead(wanted: Q, states: tuple[str, ...]) -> tuple[ShiftRow, ...]:
    now = clock.now()
    rows = Shift.objects.select_related("post").filter(
        wanted, public=True, state__in=states, until_at__gt=now, from_at__lt=now + AHEAD
    )
    return tuple(shift_row(row) for row in rows.order_by("from_at", "id"))


def _others(practitioner_id: UUID) -> tuple[ShiftRow, ...]:
    """Shifts of others at the same posts, to swap with."""
    posts = (
        Shift.objects.filter(practitioner_id=practitioner_id, public=True)
        .order_by()
        .values("post_id")
    )
    wanted = Q(post_id__in=posts) & ~Q(practitioner_id=practitioner_id)
    wanted &= Q(practitioner_id__isnull=False, account_id__isnull=False)
    wanted &= Q(from_at__gt=clock.now())
    return _ahead(wanted, states=("planned", "swapped"))[:60]


def _changes(wanted: Q, actor: Actor) -> tuple[ChangeRow, ...]:
    rows = ShiftChange.objects.select_related("shift__post", "other_shift__post").filter(wanted)
    return tuple(_change(row, actor.account_id) for row in rows.order_by("-asked_at", "-id")[:30])


def _change(row: ShiftChange, account: UUID | None) -> ChangeRow:
    own = shift_row(row.shift)
    what = f"{own.day:%m月%d日} {own.hours} {own.post_name}"
    said = f"{row.by_name}请{row.to_name}替班：{what}"
    if row.other_shift is not None:
        other = shift_row(row.other_shift)
        said = f"{row.by_name}用 {what} 换{row.to_name}的 {other.day:%m月%d日} {other.hours} "
        said += other.post_name
    return ChangeRow(
        id=row.pk,
        sentence=said,
        reason=row.reason,
        state=row.state,
        state_name=words.CHANGE_STATES[row.state],
        mine_to_answer=row.state == "asked" and account is not None and row.to_account == account,
        mine_to_withdraw=row.state in ("asked", "agreed")
        and account is not None
        and row.by_account == account,
    )


def _calls(wanted: Q, actor: Actor, *, only_asked: bool = False) -> tuple[CallRow, ...]:
    rows = CallOut.objects.select_related("shift__post").filter(wanted)
    found = list(rows.order_by("shift__from_at", "pk")[:30])
    asks = CallAsk.objects.filter(call__in=[row.pk for row in found], asked_at__isnull=False)
    mine: set[UUID] = set()
    names: dict[UUID, list[str]] = {}
    for ask in asks.order_by("rank"):
        names.setdefault(ask.call_id, []).append(f"{ask.name}（{words.ANSWERS[ask.answer]}）")
        if ask.account_id == actor.account_id and not ask.answer:
            mine.add(ask.call_id)
    return tuple(
        CallRow(
            id=row.pk,
            shift=shift_row(row.shift),
            state=row.state,
            state_name=words.CALL_STATES[row.state],
            reason=row.reason,
            began_at=row.began_at,
            asked=row.pk in mine,
            asked_names=tuple(names.get(row.pk, ())),
        )
        for row in found
        if row.pk in mine or not only_asked
    )


def _leave(row: Leave) -> LeaveRow:
    return LeaveRow(
        id=row.pk,
        name=row.name,
        from_on=row.from_on,
        last_on=row.until_on - timedelta(days=1),
        reason=row.reason,
        state=row.state,
        state_name=words.LEAVE_STATES[row.state],
        note=row.note,
        open=row.state in ("asked", "granted"),
    )


def _wish(row: Wish) -> WishRow:
    when = f"周{words.WEEKDAYS[row.weekday]}" if row.weekday is not None else ""
    when = f"{row.on_day:%m月%d日}" if row.on_day else when
    where = row.post.name if row.post else ""
    return WishRow(id=row.pk, sentence=f"{words.WISH_KINDS[row.kind]}：{when} {where}".strip())
