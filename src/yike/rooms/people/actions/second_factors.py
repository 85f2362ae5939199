"""The second factor: enrolled by its holder, confirmed by a code, taken off by security."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.guard import clean, limits
from yike.rooms.people import access, events, roles, sealing, second_factor
from yike.rooms.people.models import Secret
from yike.rooms.trail import actions as trail_actions

_ISSUER = "一刻"


@dataclass(frozen=True, kw_only=True)
class Enrolment:
    """What an authenticator app needs: the secret to type, or its address as a square code."""

    secret: str
    address: str


@transaction.atomic
def enrol_totp(*, actor: Actor) -> Enrolment:
    """This will begin a second factor; it counts once confirmed; begun again, it is a new one.

    Refuses with NotAllowed (not signed in) or Clash (one is confirmed already).
    """
    account = access.account_for(actor, _own_id(actor))
    secret = Secret.objects.select_for_update().get(account_id=account.id)
    if secret.totp_enrolled_at is not None:
        raise Clash("动态口令已经启用。", way_on="更换手机请联系安全管理员重置。")
    shared = second_factor.new_secret()
    secret.totp = sealing.seal_totp(account.id, shared)
    secret.save(update_fields=["totp"])
    return Enrolment(
        secret=shared, address=second_factor.address(shared, account.username, _ISSUER)
    )


@transaction.atomic
def confirm_totp(*, code: str, actor: Actor) -> list[str]:
    """This will make the begun second factor count, and return ten recovery codes, shown once.

    Refuses with BadInput (wrong code), Clash (nothing begun) or TooMany (20 tries in ten minutes).
    """
    limits.allow(what="totp", who=actor.ref, per_seconds=600, at_most=20)
    secret = Secret.objects.select_for_update().get(account_id=_own_id(actor))
    if secret.totp is None or secret.totp_enrolled_at is not None:
        raise Clash("没有待确认的动态口令。", way_on="请重新开始启用。")
    _prove(secret, code)
    secret.totp_enrolled_at = clock.now()
    codes = _fresh_codes(secret)
    secret.save(update_fields=["totp_step", "totp_enrolled_at", "recovery"])
    trail_actions.record(events.SecondFactorEnrolled(account_id=secret.account_id), actor=actor)
    return codes


@transaction.atomic
def renew_recovery_codes(*, code: str, actor: Actor) -> list[str]:
    """This will replace one's recovery codes by ten fresh ones; a time code proves who asks."""
    limits.allow(what="totp", who=actor.ref, per_seconds=600, at_most=20)
    secret = Secret.objects.select_for_update().get(account_id=_own_id(actor))
    if secret.totp_enrolled_at is None:
        raise Clash("动态口令还没有启用。")
    _prove(secret, code)
    codes = _fresh_codes(secret)
    secret.save(update_fields=["totp_step", "recovery"])
    trail_actions.record(events.RecoveryCodesRenewed(account_id=secret.account_id), actor=actor)
    return codes


@transaction.atomic
def reset_second_factor(*, account_id: UUID, reason: str, actor: Actor) -> None:
    """This will take off somebody's second factor, after a lost telephone; their sessions end.

    Security administrators only, not for themselves. The password stays: only the system
    administrator resets it. Refuses with NotAllowed, NotFound, BadInput or Clash (none enrolled).
    """
    if not (actor.kind == "system" or (actor.kind == "staff" and actor.has(roles.ADMIN_SECURITY))):
        raise NotAllowed("只有安全管理员可以重置动态口令。")
    why = clean.text(reason, field="reason", most=200, least=2)
    account = access.account_for(actor, account_id)
    if account.id == actor.account_id:
        raise NotAllowed("不能重置自己的动态口令。", way_on="请由另一位安全管理员操作。")
    secret = Secret.objects.select_for_update().get(account_id=account.id)
    if secret.totp is None:
        raise Clash("此人没有启用动态口令。")
    secret.totp, secret.totp_enrolled_at, secret.recovery = None, None, []
    secret.session_version += 1
    secret.save(update_fields=["totp", "totp_enrolled_at", "recovery", "session_version"])
    trail_actions.record(events.SecondFactorReset(account_id=account.id, reason=why), actor=actor)


def _prove(secret: Secret, code: str) -> None:
    shared = sealing.open_totp(secret.account_id, secret.totp or b"")
    step = second_factor.step_of(shared, code, clock.now(), after=secret.totp_step)
    if step is None:
        raise BadInput(
            "动态口令不正确。", way_on="请看手机时间是否准确，等下一个口令再输入。", field="code"
        )
    secret.totp_step = step


def _fresh_codes(secret: Secret) -> list[str]:
    codes = second_factor.new_recovery_codes()
    secret.recovery = [sealing.recovery_index(secret.account_id, code) for code in codes]
    return codes


def _own_id(actor: Actor) -> UUID:
    if actor.account_id is None:
        raise NotAllowed("请先登录。")
    return actor.account_id
