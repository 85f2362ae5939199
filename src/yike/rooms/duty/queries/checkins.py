"""Reading check-ins: one's own page, who has come, what waits, codes of a post."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.duty import access_checkin as access
from yike.rooms.duty import checkin, checkin_codes
from yike.rooms.duty.checkin import Policy
from yike.rooms.duty.checkin_faces import (
    ArrivalRow,
    CheckInFace,
    CheckPage,
    CodeFace,
    DoubtRow,
    MakeUpFace,
    MyShift,
)
from yike.rooms.duty.models import CheckIn, CheckMiss, MakeUp, Shift
from yike.rooms.duty.queries.check_rules import check_rules
from yike.rooms.duty.queries.checkin_rows import Pair, came_of, checkin_row, holding, span_of
from yike.rooms.duty.queries.rows import shift_row
from yike.rooms.files import queries as files_queries
from yike.rooms.regions import codes

#: shifts that ended so long ago are still shown on one's page, for a make-up request
BACK = timedelta(days=7)
FORTH = timedelta(hours=16)


def check_page(actor: Actor) -> CheckPage:
    """This will return one's own shifts around now with what may be pressed, and one's requests."""
    now = clock.now()
    if actor.account_id is None:
        return CheckPage(now=now, shifts=(), ahead=None, make_ups=())
    own = Shift.objects.select_related("post").filter(account_id=actor.account_id, public=True)
    near = list(own.filter(part="main", until_at__gt=now - BACK, from_at__lt=now + FORTH)
                .order_by("from_at", "id"))  # fmt: skip
    later = own.filter(from_at__gte=now + FORTH, state__in=("planned", "swapped"))
    ahead = later.order_by("from_at", "id").first()
    pairs = holding(row.pk for row in near)
    missed = _missed(near)
    books = {county: check_rules(county) for county in {row.county_code for row in near}}
    shown = [
        _mine(
            row,
            pairs.get(row.pk, (None, None)),
            now,
            books[row.county_code].on(row.day),
            row.pk in missed,
        )
        for row in near
    ]
    asked = make_ups(actor, own=True)
    return CheckPage(
        now=now,
        shifts=tuple(row for row in shown if _worth_showing(row, now)),
        ahead=shift_row(ahead) if ahead else None,
        make_ups=asked,
    )


def own_shift(shift_id: UUID, actor: Actor) -> MyShift:
    """This will return one of one's own shifts as its make-up page shows it. Refuses NotFound."""
    row = access.own_shift(actor, shift_id, lock=False)
    pair = holding([row.pk]).get(row.pk, (None, None))
    return _mine(row, pair, clock.now(), check_rules(row.county_code).on(row.day), False)


def arrivals(region_code: str, day: date, *, actor: Actor) -> tuple[ArrivalRow, ...]:
    """This will return the manned shifts of a day (and of the night before) with who has come.

    Refuses NotAllowed who does not answer for the region.
    """
    since, until = codes.span(region_code)
    if not access.leads(actor, region_code):
        raise NotAllowed("您不负责这个区域的岗位。", way_on="请看您自己区域的到岗情况。")
    begin = datetime.combine(day, datetime.min.time(), tzinfo=clock.CIVIL)
    rows = list(
        Shift.objects.select_related("post").filter(
            Q(day=day) | Q(from_at__lt=begin, until_at__gt=begin), public=True, part="main",
            practitioner_id__isnull=False, post__region_code__gte=since,
            post__region_code__lt=until,
        ).order_by("from_at", "post__code", "id")
    )  # fmt: skip
    pairs, missed, now = holding(row.pk for row in rows), _missed(rows), clock.now()
    books = {county: check_rules(county) for county in {row.county_code for row in rows}}
    return tuple(
        _arrival(row, pairs.get(row.pk, (None, None)), now, books[row.county_code].on(row.day),
                 row.pk in missed)
        for row in rows
    )  # fmt: skip


def doubts(region_code: str, *, actor: Actor) -> tuple[DoubtRow, ...]:
    """This will return the check-ins that wait for somebody to confirm them, oldest first."""
    since, until = codes.span(region_code)
    rows = CheckIn.objects.select_related("shift__post").filter(
        state="asked", region_code__gte=since, region_code__lt=until
    )
    return tuple(
        DoubtRow(face=checkin_row(row), shift=shift_row(row.shift),
                 own=row.account_id == actor.account_id)
        for row in rows.order_by("received_at", "id")[:200]
        if access.leads(actor, row.region_code)
    )  # fmt: skip


def make_ups(actor: Actor, *, own: bool = False, region_code: str = "") -> tuple[MakeUpFace, ...]:
    """This will return requests to count a shift: one's own, or the open ones of a region."""
    rows = MakeUp.objects.select_related("shift__post")
    if own:
        rows = rows.filter(
            account_id=actor.account_id or UUID(int=0), asked_at__gt=clock.now() - 4 * BACK
        )
        return tuple(_make_up(row, actor) for row in rows.order_by("-asked_at", "-id")[:20])
    since, until = codes.span(region_code)
    rows = rows.filter(state="asked", region_code__gte=since, region_code__lt=until)
    return tuple(_make_up(row, actor) for row in rows.order_by("asked_at", "id")[:100])


def tries(shift_id: UUID) -> tuple[CheckInFace, ...]:
    """This will return every check-in of a shift, refused ones too, that one may see."""
    rows: QuerySet[CheckIn] = CheckIn.objects.filter(shift=shift_id)
    return tuple(checkin_row(row) for row in rows.order_by("received_at", "id"))


def answers_for(region_code: str, *, actor: Actor) -> bool:
    """This will say whether the actor answers for the posts of a region: codes, check-ins."""
    return access.leads(actor, region_code)


def post_code(post_id: UUID, *, actor: Actor) -> CodeFace | None:
    """This will return what a post's screen shows now; None before a code was made for it.

    Refuses NotFound who does not answer for the post.
    """
    post = access.led_post(actor, post_id)
    secret = access.secret_of(post.pk)
    if secret is None:
        return None
    now = clock.now()
    seconds = check_rules(post.county_code).on(now.date()).code_seconds
    window = checkin_codes.window_of(now, seconds)
    until = datetime.fromtimestamp((window + 1) * seconds, clock.CIVIL)
    return CodeFace(
        post_id=post.pk, post_name=post.name, until=until, day=now.date(),
        code=checkin_codes.screen_code(secret, post.pk, window),
        seconds=max(1, int((until - now).total_seconds()) + 1),
        daily=checkin_codes.daily_code(secret, post.pk, now.date()),
    )  # fmt: skip


def _missed(rows: Sequence[Shift]) -> set[UUID]:
    found = CheckMiss.objects.filter(shift__in=[row.pk for row in rows])
    return set(found.values_list("shift_id", flat=True))


def _worth_showing(row: MyShift, now: datetime) -> bool:
    """What is over and done needs no line; what lacks something can still be made up."""
    today = row.shift.day == now.date() or row.shift.until_at > now
    return today or row.make_up


def _mine(row: Shift, pair: Pair, now: datetime, policy: Policy, missed: bool) -> MyShift:
    came, left = pair
    direction, why, minutes = _doable(row, pair, now, policy)
    lacks = not (came and came.state in checkin.COUNTING and left
                 and left.state in checkin.COUNTING)  # fmt: skip
    late = now > row.until_at + timedelta(days=policy.make_up_days)
    return MyShift(
        shift=shift_row(row), attendance=came_of(row, pair, now, policy),
        came=checkin_row(came) if came else None, left=checkin_row(left) if left else None,
        direction=direction, why=why, minutes=minutes, placed=row.post.lon is not None,
        make_up=lacks and now >= row.from_at and not late and row.state != "substituted",
        missed=missed and came is None,
    )  # fmt: skip


def _doable(row: Shift, pair: Pair, now: datetime, policy: Policy) -> tuple[str, str, int]:
    """What may be pressed now, or why nothing can; and how late or early it would be."""
    if row.state == "substituted":
        return "", "已由别人替班", 0
    came, left = pair
    if left is not None:
        return "", "这一班已经签到签退", 0
    direction = "in" if came is None else "out"
    timing = checkin.judge_time("in" if came is None else "out", now, span_of(row), policy)
    if came is not None and came.state == "asked" and timing.code in ("not_begun", "early"):
        return "in", "", 0  # until somebody has confirmed it, one may try in a better way
    if timing.open:
        return direction, "", timing.minutes
    if timing.code == "over":
        return "", f"已过{checkin.DIRECTIONS[direction]}时间", 0
    opens = (now + timedelta(minutes=timing.minutes)).astimezone(clock.CIVIL)
    day = "" if opens.date() == now.date() else f"{opens:%m月%d日} "
    return "", f"{day}{opens:%H:%M} 起可以{checkin.DIRECTIONS[direction]}", 0


def _arrival(row: Shift, pair: Pair, now: datetime, policy: Policy, reminded: bool) -> ArrivalRow:
    came, left = pair
    return ArrivalRow(
        shift=shift_row(row), region_code=row.post.region_code,
        attendance=came_of(row, pair, now, policy), reminded=reminded,
        came=checkin_row(came) if came else None, left=checkin_row(left) if left else None,
    )  # fmt: skip


def _make_up(row: MakeUp, actor: Actor) -> MakeUpFace:
    return MakeUpFace(
        id=row.pk, shift=shift_row(row.shift), came_at=row.came_at, left_at=row.left_at,
        reason=row.reason, state=row.state, asked_at=row.asked_at, note=row.note,
        files=tuple(files_queries.files_of("makeup", str(row.pk))),
        own=row.account_id == actor.account_id,
    )  # fmt: skip
