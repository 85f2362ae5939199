"""Looking up shifts to check in for, doubts, requests and secrets, with the permission at once."""

from __future__ import annotations

from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed, NotFound
from yike.rooms.duty import access, checkin, checkin_sealing
from yike.rooms.duty.models import CallOut, CheckIn, CheckKey, MakeUp, Post, PostCode, Shift
from yike.rooms.people import roles
from yike.rooms.regions import codes

#: Who says whether somebody was at a post of their region.
LEADERS = (roles.DISPATCHER, roles.DIRECTOR, roles.OFFICER)
_OWN = "自己的不能自己办。"


def leads(actor: Actor, region_code: str) -> bool:
    """This will say whether the actor answers for posts of this region."""
    here = codes.within(region_code, (actor.region_from, actor.region_until))
    return actor.kind == "system" or (actor.kind == "staff" and actor.has(*LEADERS) and here)


def own_shift(actor: Actor, shift_id: UUID, *, lock: bool = True) -> Shift:
    """This will return a published shift of the actor's own, locked, with its post.

    An open call for a substitute is locked before it, in the order of whoever stands in.
    """
    rows = Shift.objects.select_related("post")
    if lock:
        list(CallOut.objects.select_for_update().filter(shift=shift_id, state="open"))
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(pk=shift_id, public=True).first()
    if found is None or actor.account_id is None or found.account_id != actor.account_id:
        raise NotFound(
            "没有这一班，或者不是您的班。", way_on="请从“签到”页面重新进入，看您今天的班次。"
        )
    return found


def shift_to_check(actor: Actor, shift_id: UUID) -> Shift:
    """This will return one's own shift for which one may come and go."""
    found = own_shift(actor, shift_id)
    if found.part == "backup":
        raise NotAllowed("备班不用签到。", way_on="接到通知要到岗时，由负责人安排。")
    if found.state == "substituted":
        raise NotAllowed("这一班已由别人替班。", way_on="谢谢您，不用来了；有疑问请联系派单员。")
    ended = found.post.active_until
    if ended is not None and ended <= found.day:
        raise NotAllowed(f"岗位“{found.post.name}”已经停用。", way_on="请联系派单员改排班次。")
    return found


def held(shift: Shift, direction: str) -> CheckIn | None:
    """This will return the check-in that counts, or may yet; the shift's lock guards it too."""
    rows = CheckIn.objects.filter(shift=shift, direction=direction)
    return rows.filter(state__in=checkin.HOLDING).first()


def doubt_for(actor: Actor, checkin_id: UUID) -> CheckIn:
    """This will return a check-in that the actor may judge, locked: never their own."""
    rows = CheckIn.objects.select_related("shift__post", "post").select_for_update(of=("self",))
    found = rows.filter(pk=checkin_id).first()
    if found is None or not leads(actor, found.region_code):
        raise NotFound("没有这次签到。", way_on="请从“到岗情况”重新进入。")
    if found.account_id == actor.account_id:
        raise NotAllowed(_OWN, way_on="请同事或派单员核验。")
    return found


def make_up_for(actor: Actor, make_up_id: UUID) -> MakeUp:
    """This will return a make-up request of one's own, or of one's county, locked."""
    rows = MakeUp.objects.select_related("shift__post").select_for_update(of=("self",))
    found = rows.filter(pk=make_up_id).first()
    if found is None:
        raise NotFound("没有这个补签申请。", way_on="请从“签到”页面重新进入。")
    return found


def decidable(actor: Actor, make_up_id: UUID) -> MakeUp:
    """This will return a request the actor may decide: a planner's, never one's own."""
    found = make_up_for(actor, make_up_id)
    if found.account_id == actor.account_id:
        raise NotAllowed(_OWN, way_on="请同事或局领导审批。")
    access.require_planner(actor, found.region_code)
    return found


def led_post(actor: Actor, post_id: UUID) -> Post:
    """This will return a post of a region the actor answers for."""
    found = Post.objects.filter(pk=post_id).first()
    if found is None or not leads(actor, found.region_code):
        raise NotFound("没有这个岗位。", way_on="请从岗位清单重新进入。")
    return found


def secret_of(post_id: UUID) -> bytes | None:
    """This will return the secret of a post's codes to whoever serves there or answers for it."""
    row = PostCode.objects.filter(pk=post_id).first()
    return checkin_sealing.open_secret(post_id, row.sealed) if row else None


def key_for(actor: Actor, key_id: str) -> CheckKey:
    """This will return a key that was handed to this account, locked."""
    try:
        wanted = UUID(key_id)
    except ValueError:
        wanted = UUID(int=0)
    rows = CheckKey.objects.select_for_update()
    found = rows.filter(pk=wanted, account_id=actor.account_id or UUID(int=0)).first()
    if found is None:
        raise NotFound(
            "这条离线记录对不上您的账号和班次。", way_on="请用原来的账号登录再传，或申请补签。"
        )
    return found
