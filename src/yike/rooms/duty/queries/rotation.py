"""Attendance of the rotation: what each window and post planned in a month, who came (B10.3).

Counted by the place that was to be filled: who stands in fills it, and is not counted twice.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.duty import access_checkin as access
from yike.rooms.duty import checkin, words
from yike.rooms.duty.checkin import Attendance
from yike.rooms.duty.checkin_faces import CheckInFace
from yike.rooms.duty.faces import ShiftRow
from yike.rooms.duty.models import Post, Shift
from yike.rooms.duty.queries.check_rules import Book, check_rules
from yike.rooms.duty.queries.checkin_rows import Pair, came_of, checkin_row, holding
from yike.rooms.duty.queries.rows import shift_row
from yike.rooms.regions import codes

#: figure → its name; due = came + absent + unknown + unfilled, the others are parts of these
FIGURES = {
    "planned": "排班",
    "due": "应到",
    "came": "到岗",
    "late": "迟到",
    "early": "早退",
    "substituted": "替班",
    "absent": "缺勤",
    "unknown": "没有记录",
    "unfilled": "没排到人",
}


@dataclass(frozen=True, kw_only=True)
class RotationLine:
    """One place of the plan: who was to stand, who stood, and what came of it."""

    shift: ShiftRow
    #: who stands in; None when nobody does
    instead: ShiftRow | None
    attendance: Attendance
    came: CheckInFace | None
    left: CheckInFace | None
    #: the figures it counts in
    counts: frozenset[str]

    @property
    def stood(self) -> ShiftRow:
        """The shift of whoever was to be there in the end."""
        return self.instead or self.shift

    @property
    def result(self) -> str:
        """What came of it in words."""
        if "due" not in self.counts:
            return checkin.ATTENDANCES["ahead"]
        if "unfilled" in self.counts:
            return FIGURES["unfilled"]
        said = [self.attendance.words]
        if self.attendance.late_minutes:
            said.append(f"迟到 {self.attendance.late_minutes} 分钟")
        if self.attendance.early_minutes:
            said.append(f"早退 {self.attendance.early_minutes} 分钟")
        return "，".join(said)


@dataclass(frozen=True, kw_only=True)
class RotationRow:
    """One window or post in a month: how often each figure."""

    post_id: UUID
    post_name: str
    kind_name: str
    institution_name: str
    counts: dict[str, int]

    @property
    def rate(self) -> float | None:
        """Came per hundred due; None where nothing was due."""
        return _rate(self.counts)


@dataclass(frozen=True, kw_only=True)
class Rotation:
    """A month of a region: post by post, and all together."""

    month: date
    rows: tuple[RotationRow, ...]
    total: dict[str, int]

    @property
    def rate(self) -> float | None:
        """Came per hundred due; None where nothing was due."""
        return _rate(self.total)


def rotation(region_code: str, month: date, *, actor: Actor) -> Rotation:
    """This will count a month (any of its days) of a region, for who answers for it.

    Published main shifts only; `due` are those that have begun. Refuses NotAllowed others.
    """
    by_post: dict[UUID, Counter[str]] = {}
    for line in _lines(region_code, month, actor, None):
        by_post.setdefault(line.shift.post_id, Counter()).update(line.counts)
    posts = Post.objects.select_related("institution").filter(pk__in=by_post)
    return Rotation(
        month=month.replace(day=1),
        rows=tuple(_row(post, by_post[post.pk]) for post in posts.order_by("region_code", "code")),
        total=_whole(sum(by_post.values(), Counter())),
    )


def rotation_lines(
    region_code: str, month: date, *, actor: Actor, post_id: UUID | None = None,
    what: str = "planned",
) -> tuple[RotationLine, ...]:  # fmt: skip
    """This will return the list behind a figure, of one post or of all, in order of time."""
    if what not in FIGURES:
        raise BadInput("没有这个数字。", way_on="请从轮值考勤的表里点一个数字。")
    lines = _lines(region_code, month, actor, post_id)
    return tuple(line for line in lines if what in line.counts)


def _lines(region_code: str, month: date, actor: Actor, post_id: UUID | None) -> list[RotationLine]:
    if not access.leads(actor, region_code):
        raise NotAllowed("您不负责这个区域的岗位。", way_on="请看您自己区域的轮值考勤。")
    first = month.replace(day=1)
    since, until = codes.span(region_code)
    rows = Shift.objects.select_related("post", "replaced_by").filter(
        public=True, part="main", day__gte=first, day__lt=_next(first),
        post__region_code__gte=since, post__region_code__lt=until,
    )  # fmt: skip
    rows = rows.filter(post_id=post_id) if post_id else rows
    found = list(rows.order_by("from_at", "post__code", "id"))
    copies = {row.replaced_by_id for row in found if row.replaced_by_id}
    by_id = {row.pk: row for row in found}
    pairs, now = holding(by_id), clock.now()
    books = {county: check_rules(county) for county in {row.county_code for row in found}}
    return [
        _line(row, _last(row, by_id), pairs, now, books[row.county_code])
        for row in found
        if row.pk not in copies
    ]


def _last(row: Shift, by_id: dict[UUID, Shift]) -> Shift:
    """Who stands in for whoever stood in, to the end."""
    while row.replaced_by_id in by_id:
        row = by_id[row.replaced_by_id]
    return row


def _line(
    row: Shift, stood: Shift, pairs: dict[UUID, Pair], now: datetime, book: Book
) -> RotationLine:
    came, left = pairs.get(stood.pk, (None, None))
    found = came_of(stood, (came, left), now, book.on(row.day))
    return RotationLine(
        shift=shift_row(row),
        instead=shift_row(stood) if stood.pk != row.pk else None,
        attendance=found,
        came=checkin_row(came) if came else None,
        left=checkin_row(left) if left else None,
        counts=frozenset(_counts(row, stood, found, now)),
    )


def _counts(row: Shift, stood: Shift, found: Attendance, now: datetime) -> list[str]:
    said = ["planned"]
    if stood.pk != row.pk:
        said.append("substituted")
    if now < row.from_at:
        return said
    said.append("due")
    if stood.practitioner_id is None:
        return [*said, "unfilled"]
    if found.code in checkin.ATTENDED:
        said.append("came")
        said += ["late"] if found.late_minutes else []
        return said + (["early"] if found.early_minutes else [])
    return [*said, "absent" if found.code == "absent" else "unknown"]


def _row(post: Post, counts: Counter[str]) -> RotationRow:
    return RotationRow(
        post_id=post.pk,
        post_name=post.name,
        kind_name=words.POST_KINDS[post.kind],
        institution_name=post.institution.name,
        counts=_whole(counts),
    )


def _whole(counts: Counter[str]) -> dict[str, int]:
    return {name: counts[name] for name in FIGURES}


def _rate(counts: dict[str, int]) -> float | None:
    return round(100 * counts["came"] / counts["due"], 1) if counts["due"] else None


def _next(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)
