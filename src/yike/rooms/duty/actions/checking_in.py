"""Coming and going: by position, by a code at the post, or kept offline; and what is in doubt."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.duty import access_checkin as access
from yike.rooms.duty import arriving, checkin, checkin_codes, entry
from yike.rooms.duty import checkin_events as events
from yike.rooms.duty.arriving import Judged, Told
from yike.rooms.duty.checkin import Policy, Timing
from yike.rooms.duty.checkin_faces import CheckInFace, Outcome
from yike.rooms.duty.models import CheckIn, Shift
from yike.rooms.duty.queries.check_rules import check_rules
from yike.rooms.duty.queries.checkin_rows import checkin_row, span_of
from yike.rooms.guard import limits

#: tries of one person in a quarter of an hour
TRIES, TRY_SECONDS = 20, 900
#: a phone's clock may be off by so much before it is told
CLOCK_OFF = timedelta(minutes=5)


@transaction.atomic
def check_in(*, shift_id: UUID, direction: str, told: Told, actor: Actor) -> Outcome:
    """This will note by the house's clock that somebody came (in) or goes (out), once per shift.

    What the position or the code leave in doubt waits for somebody to confirm it when `ask` is set,
    and is refused in the outcome's words when not. Refuses NotFound another's shift, NotAllowed the
    wrong time, an ended post, a backup shift; BadInput a wrong or used code.
    """
    entry.one_of(direction, checkin.DIRECTIONS, "direction", "方向")
    shift = access.shift_to_check(actor, shift_id)
    limits.allow(what="duty.checkin", who=actor.ref, per_seconds=TRY_SECONDS, at_most=TRIES)
    policy = check_rules(shift.county_code).on(shift.day)
    held = access.held(shift, direction)
    if held is not None and held.state in checkin.COUNTING:
        return _again(held)
    arriving.refuse_order(shift, direction)
    now = clock.now()
    timing = _in_time(shift, direction, now, policy)
    judged = _judge(shift, told, timing, now, policy, actor)
    if held is not None and judged.state != "accepted":
        return _again(held)
    row = arriving.write(shift, direction, judged, told, actor, instead=held)
    return _outcome(row, shift, told)


@transaction.atomic
def decide_checkin(*, checkin_id: UUID, accept: bool, actor: Actor, note: str = "") -> None:
    """This will confirm a doubtful check-in, or refuse it with a reason; never one's own."""
    row = access.doubt_for(actor, checkin_id)
    why = note.strip()[:200] if accept else entry.filled(note, "note", "理由")
    if row.state != "asked":
        raise Clash(f"这次签到{checkin.STATES[row.state]}。", way_on="不需要再核验。")
    row.state = "confirmed" if accept else "refused"
    row.decided_by, row.decided_at, row.note = actor.account_id, clock.now(), why
    row.save(update_fields=["state", "decided_by", "decided_at", "note"])
    said = checkin.STATES[row.state]
    arriving.say(row, events.CheckInDecided, actor, said=said, accepted=accept)
    if accept:
        arriving.settle(row, row.shift, actor)


def _judge(
    shift: Shift, told: Told, timing: Timing, now: datetime, policy: Policy, actor: Actor
) -> Judged:
    way, window = _code(shift, told, now, policy)
    place, fix = arriving.judge_position(told, shift, now, policy)
    doubts = arriving.doubts_of(way, place)
    if arriving.shared(shift, told, now):
        doubts = (*doubts, "这部手机今天给别人签过到")
    state = "accepted"
    if doubts:
        asks = told.ask or way in ("code", "daily")
        state = "asked" if asks and arriving.confirmable(place) else "refused"
    return Judged(
        way=way, at=now, place=place, timing=timing, doubts=doubts, state=state, fix=fix,
        window=window,
    )  # fmt: skip


def _code(shift: Shift, told: Told, now: datetime, policy: Policy) -> tuple[str, int | None]:
    if not told.code.strip():
        return "position", None
    secret = access.secret_of(shift.post_id)
    found = secret and checkin_codes.read(
        told.code, secret=secret, post=shift.post_id, at=now, seconds=policy.code_seconds
    )
    if not found:
        raise BadInput(
            "这个签到码不对，或者已经过期。", field="code",
            way_on="请重新扫岗位屏幕上的二维码；屏幕上的码会定时更换。",
        )  # fmt: skip
    way, window = found
    used = CheckIn.objects.filter(account_id=shift.account_id, post=shift.post, code_window=window)
    if window > 0 and used.exists():
        raise BadInput(
            "这个签到码您刚才用过。", field="code", way_on="请等屏幕换一个码，再扫一次。"
        )
    return way, window


def _in_time(shift: Shift, direction: str, now: datetime, policy: Policy) -> Timing:
    """By the house's clock alone. Refuses NotAllowed with when it opens, or how to make up."""
    timing = checkin.judge_time("in" if direction == "in" else "out", now, span_of(shift), policy)
    if timing.open:
        return timing
    if timing.code == "over":
        raise NotAllowed("这一班已经过了时间。", way_on="人到了没签上的，请申请补签。")
    opens = (now + timedelta(minutes=timing.minutes)).astimezone(clock.CIVIL)
    when = f"{opens:%m月%d日 %H:%M}"
    raise NotAllowed(f"还没到时间，{when} 起可以{checkin.DIRECTIONS[direction]}。",
                     way_on="请到时再点；日期不对的，请看手机时间。")  # fmt: skip


def _again(row: CheckIn) -> Outcome:
    """A second tap is the first one."""
    face = checkin_row(row)
    if row.state == "asked":
        return Outcome(face=face, sentence=f"已记下 {face.sentence}，等负责人核验。")
    return Outcome(face=face, sentence=f"您已经签过了：{face.sentence}。")


def _outcome(row: CheckIn, shift: Shift, told: Told) -> Outcome:
    face = checkin_row(row)
    if row.state == "refused":
        return _refused(face, shift)
    said = f"{face.sentence}，{shift.post.name}。"
    if row.state == "asked":
        said = f"已记下 {said}{'；'.join(face.doubts)}，等负责人核验。"
    off = abs(row.received_at - told.told_at) if told.told_at else timedelta(0)
    way_on = "您手机的时间不准，签到按服务器时间记。" if off > CLOCK_OFF else ""
    return Outcome(face=face, sentence=said, way_on=way_on)


def _refused(face: CheckInFace, shift: Shift) -> Outcome:
    doubt = "；".join(face.doubts)
    said = f"没有签上：{doubt}。"
    if face.verdict == "far":
        limit = shift.post.radius_m
        said = f"没有签上：您离“{shift.post.name}”在{face.band_name}，要求 {limit} 米以内。"
        if face.band in ("d50", "d200"):
            said = f"没有签上：您在“{shift.post.name}”的 {limit} 米范围以外。"
    near = face.verdict != "far" or face.band in arriving.NEAR
    ask = "人已在岗位的，请扫现场二维码，或点“请负责人核验”。"
    far = "请到岗后再点；今天来不了，请在“值班”里请假或找人替班。"
    return Outcome(face=face, sentence=said, way_on=ask if near else far)
