"""What check-in stands on: rules of a county, codes of a post, keys for phones, raw positions."""

from __future__ import annotations

import secrets
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.duty import access, access_checkin, checkin_sealing
from yike.rooms.duty import checkin_events as events
from yike.rooms.duty.checkin import Policy
from yike.rooms.duty.checkin_faces import KeyFace, RawFix
from yike.rooms.duty.models import CheckIn, CheckKey, CheckRule, PostCode
from yike.rooms.guard import clean, limits
from yike.rooms.trail import actions as trail_actions

#: what a rule may be: smallest, largest
RANGES = {
    "grace_late": (0, 120),
    "grace_early": (0, 120),
    "opens_before": (0, 240),
    "closes_after": (0, 720),
    "absent_after": (5, 240),
    "speed_kmh": (100, 1000),
    "same_days": (2, 30),
    "raw_days": (1, 180),
    "offline_hours": (1, 168),
    "code_seconds": (15, 600),
    "make_up_days": (1, 60),
}
_NAMES = {one.attname: str(one.verbose_name) for one in CheckRule._meta.concrete_fields}
#: keys for one account in a day, raw positions one person opens in an hour
KEYS_A_DAY, LOOKS_AN_HOUR = 200, 30


@transaction.atomic
def set_check_rules(*, county: str, active_from: date, policy: Policy, actor: Actor) -> UUID:
    """This will set a county's rules from a day on; shifts before it keep theirs. Returns the id.

    Refuses BadInput a day in the past or a number out of reason, Clash a day that has rules.
    """
    access.require_planner(actor, county)
    if active_from < clock.today():
        raise BadInput(
            "生效日期不能早于今天。", field="active_from", way_on="以前的班次按以前的规则算。"
        )
    told = asdict(policy)
    for name, (least, most) in RANGES.items():
        if not least <= told[name] <= most:
            label = _NAMES[name]
            raise BadInput(f"{label}应在 {least} 到 {most} 之间。", field=name, way_on="请改正。")
    if CheckRule.objects.filter(county_code=county, active_from=active_from).exists():
        raise Clash(
            "这一天已经定过规则，定过的不再改动。", field="active_from", way_on="请从第二天起生效。"
        )
    row = CheckRule.objects.create(
        county_code=county, active_from=active_from, made_at=clock.now(),
        made_by=actor.account_id, **told,
    )  # fmt: skip
    said = f"迟到宽限 {policy.grace_late} 分钟，{policy.absent_after} 分钟算缺勤"
    event = events.CheckRulesSet(
        rule_id=row.pk, region_code=county, active_from=active_from, said=said
    )
    trail_actions.record(event, actor=actor)
    return row.pk


@transaction.atomic
def renew_code(*, post_id: UUID, actor: Actor) -> None:
    """This will make the secret of a post's codes (anew): every earlier code is worth nothing."""
    post = access_checkin.led_post(actor, post_id)
    secret = checkin_sealing.seal_secret(post.pk, secrets.token_bytes(32))
    PostCode.objects.update_or_create(
        post=post, defaults={"sealed": secret, "made_at": clock.now()}
    )
    said = events.CheckCodeRenewed(post_id=post.pk, name=post.name, region_code=post.region_code)
    trail_actions.record(said, actor=actor)


@transaction.atomic
def hand_out_key(*, shift_id: UUID, device: str, told_at: datetime, actor: Actor) -> KeyFace:
    """This will hand a phone a key for one of its owner's shifts, to sign with while offline.

    Part of opening the page, and of no consequence by itself: it leaves no sentence; the check-in
    that it signs does.
    """
    shift = access_checkin.own_shift(actor, shift_id)
    limits.allow(what="duty.check_key", who=actor.ref, per_seconds=86_400, at_most=KEYS_A_DAY)
    if shift.part == "backup" or not device or shift.account_id is None:
        raise NotAllowed("这一班不用离线签到。", way_on="请看签到页面。")
    key, key_id = secrets.token_bytes(32), new_id()
    row = CheckKey.objects.create(
        id=key_id, shift=shift, account_id=shift.account_id, handed_at=clock.now(),
        device=checkin_sealing.device_index(device), told_at=told_at,
        sealed=checkin_sealing.seal_key(key_id, key),
    )  # fmt: skip
    return KeyFace(id=row.pk, shift_id=shift.pk, key=key, handed_at=row.handed_at)


@transaction.atomic
def open_fix(*, checkin_id: UUID, reason: str, actor: Actor) -> RawFix:
    """This will show the raw position of one check-in, this once, and leave a sentence with why.

    Only who plans the county's duty. Refuses NotFound what is swept or not theirs to see.
    """
    row = CheckIn.objects.select_related("post").filter(pk=checkin_id).first()
    if row is None or row.fix is None or not access.plans(actor, row.region_code):
        raise NotFound("没有原始定位，或者已经到期清除。", way_on="只保留距离档，不影响考勤。")
    why = clean.text(reason, field="reason", most=200, least=4)
    limits.allow(what="duty.open_fix", who=actor.ref, per_seconds=3600, at_most=LOOKS_AN_HOUR)
    fix = checkin_sealing.open_fix(row.pk, row.fix)
    event = events.FixOpened(
        checkin_id=row.pk, shift_id=row.shift_id, post_name=row.post.name,
        region_code=row.region_code, practitioner_id=row.practitioner_id,
        direction=row.direction, reason=why,
    )  # fmt: skip
    trail_actions.record(event, actor=actor)
    lon, lat = fix.point
    return RawFix(lon=lon, lat=lat, accuracy_m=fix.accuracy_m, at=fix.at)
