"""Taking a check-in that a browser signed while there was no network, and judging it later."""

from __future__ import annotations

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.duty import access_checkin as access
from yike.rooms.duty import arriving, checkin, checkin_offline, checkin_sealing
from yike.rooms.duty.actions import checking_in
from yike.rooms.duty.arriving import Judged, Told
from yike.rooms.duty.checkin_faces import Outcome
from yike.rooms.duty.checkin_offline import Handed
from yike.rooms.duty.models import CheckKey, Shift
from yike.rooms.duty.queries.check_rules import check_rules
from yike.rooms.duty.queries.checkin_rows import checkin_row, span_of
from yike.rooms.guard import limits

_MAKE_UP = "请申请补签，并附上能说明的材料。"


@transaction.atomic
def take_offline(*, record: str, mac: str, device: str, actor: Actor) -> Outcome:
    """This will take a signed record: what holds counts (已核验), what is in doubt waits (待核验).

    Its time is the house's own when the key was handed out, plus the browser's running counter.
    Sent twice it is taken once. Refuses BadInput what is no record or wrongly signed, NotFound a
    key of somebody else, NotAllowed what comes too late or lies outside the shift.
    """
    told = checkin_offline.read(record)
    if told is None:
        raise BadInput("这条离线记录读不出来。", field="record", way_on=_MAKE_UP)
    limits.allow(
        what="duty.checkin", who=actor.ref, per_seconds=checking_in.TRY_SECONDS,
        at_most=checking_in.TRIES,
    )  # fmt: skip
    key = access.key_for(actor, told.key_id)
    shift = access.shift_to_check(actor, key.shift_id)
    handed = _handed(key)
    if not checkin_offline.signed(handed, record, mac):
        raise BadInput("这条离线记录的签名不对，可能被改过。", field="record", way_on=_MAKE_UP)
    held = access.held(shift, told.direction)
    if held is not None:
        face = checkin_row(held)
        return Outcome(face=face, sentence=f"这条记录已经收到：{face.sentence}。")
    arriving.refuse_order(shift, told.direction)
    sent = Told(
        lon=told.lon, lat=told.lat, accuracy_m=told.accuracy_m, mock=told.mock,
        told_at=told.told_at, device=device,
    )  # fmt: skip
    judged = _judge(shift, key, handed, told, sent)
    row = arriving.write(shift, told.direction, judged, sent, actor, instead=None)
    CheckKey.objects.filter(pk=key.pk).update(last_seq=max(key.last_seq, told.seq))
    face = checkin_row(row)
    doubt = f"（{'；'.join(face.doubts)}）" if face.doubts else ""
    return Outcome(face=face, sentence=f"{face.mark}：{face.sentence}{doubt}。")


def _judge(
    shift: Shift, key: CheckKey, handed: Handed, told: checkin_offline.Told, sent: Told
) -> Judged:
    policy = check_rules(shift.county_code).on(shift.day)
    now, made = clock.now(), checkin_offline.made_at(handed, told).astimezone(clock.CIVIL)
    if checkin_offline.too_old(handed, told, received=now, hours=policy.offline_hours):
        raise NotAllowed(f"离线签到要在 {policy.offline_hours} 小时内补传。", way_on=_MAKE_UP)
    way = "in" if told.direction == "in" else "out"
    timing = checkin.judge_time(way, made, span_of(shift), policy)  # type: ignore[arg-type]
    if not timing.open or made > now + checkin_offline.SKEW:
        raise NotAllowed("这条离线记录的时间不在这一班里。", way_on=_MAKE_UP)
    place, fix = arriving.judge_position(sent, shift, min(made, now), policy)
    doubts = checkin_offline.doubts(handed, told, received=now)
    doubts += arriving.doubts_of("offline", place)
    if key.device != checkin_sealing.device_index(sent.device):
        doubts = (*doubts, "不是领取密钥的那部手机")
    if arriving.shared(shift, sent, now):
        doubts = (*doubts, "这部手机今天给别人签过到")
    state = "accepted"
    if doubts:
        state = "asked" if arriving.confirmable(place) else "refused"
    return Judged(
        way="offline", at=made, place=place, timing=timing, doubts=doubts, state=state, fix=fix
    )


def _handed(key: CheckKey) -> Handed:
    return Handed(
        key=checkin_sealing.open_key(key.pk, key.sealed), at=key.handed_at, told_at=key.told_at,
        last_seq=key.last_seq,
    )  # fmt: skip
