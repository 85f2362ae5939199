"""Signing in: a stranger learns nothing about which accounts exist, and guessing gets slow.

Failures are counted by typed user name, real or not, and survive because sign_in returns its no
instead of raising it: the transaction of the request commits.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import connection, transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.guard import clean, limits
from yike.rooms.guard.acting import acting
from yike.rooms.people import being, events, masks, passwords, sealing, second_factor
from yike.rooms.people.lockout import FORGOTTEN_AFTER, TRIES, wait_after
from yike.rooms.people.models import Account, AccountSession, Attempt, Secret
from yike.rooms.trail import actions as trail_actions

#: Failed sign-ins from one address, whatever the names; right ones are given back.
ADDRESS_SECONDS, ADDRESS_TRIES = 300, 60

Outcome = Literal["ok", "must_change", "must_enrol", "needs_code", "wrong", "locked"]


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """What came of it. A session stands for ok, must_change and must_enrol; the last two may only
    change the password or enrol a second factor (come_in gives them no roles)."""

    outcome: Outcome
    sentence: str = ""
    way_on: str = ""
    account_id: UUID | None = None
    session_id: UUID | None = None
    until: datetime | None = None

    @property
    def signed_in(self) -> bool:
        """Whether a session was opened."""
        return self.session_id is not None


@transaction.atomic
def sign_in(*, username: str, password: str, code: str = "", actor: Actor) -> SignIn:
    """This will open a session for whoever proves to hold the account, or say why not.

    `actor` is the visitor with the address they come from. Refuses with TooMany after 60 failures
    in five minutes from one address; everything else is an outcome.
    """
    _count_address(actor, "allow")
    typed = clean.tidy(username)[:60].lower() or "-"
    claim = replace(actor, kind="visitor", claim_ref=typed, claim_key=sealing.username_index(typed))
    with acting(claim):
        _one_at_a_time(claim.claim_key)
        waiting = _waiting(claim.claim_key)
        if waiting:
            return _locked(waiting)
        account = Account.objects.filter(username=typed, active=True).first()
        secret = Secret.objects.filter(account_id=account.id).first() if account else None
        right = passwords.matches(password, secret.password if secret else "")
        if not right or account is None:
            return _failed(claim, account, "password")
        return _with_code(claim, account, code)


def _with_code(claim: Actor, account: Account, code: str) -> SignIn:
    own = being.holder(
        account.id,
        door=claim.door,
        request_id=claim.request_id,
        address=claim.address,
        certificate=claim.certificate,
    )
    with acting(own):
        secret = Secret.objects.select_for_update().get(account_id=account.id)
        enrolled = secret.totp_enrolled_at is not None
        proven = not enrolled or _takes_code(secret, code, own)
    if enrolled and not proven:
        if code.strip():
            return _failed(claim, account, "code")
        _count_address(claim, "give_back")
        return SignIn(outcome="needs_code", sentence="请输入动态口令，或一个恢复码。")
    Attempt.objects.filter(who=claim.claim_key).delete()
    _count_address(claim, "give_back")
    with acting(own):
        held = being.held_by(account.id)
        roles = frozenset(one.role for one in held)
        if not being.may_work_from(own.address, roles):
            return _elsewhere(own, account, "network")
        if not being.may_work_on(own.certificate, roles):
            return _elsewhere(own, account, "device")
        return _opened(own, account, secret, held)


_ELSEWHERE = {
    "network": ("这个账号只能在单位规定的网络内登录。", "请在办公网络内登录，或联系系统管理员。"),
    "device": (
        "这个账号只能在登记过的设备上登录。",
        "请用装了设备证书的窗口电脑或终端，或联系安全管理员登记。",
    ),
}


def _elsewhere(own: Actor, account: Account, why: str) -> SignIn:
    """Said only to whoever has proved to be the holder: a stranger learns nothing from it."""
    trail_actions.record(events.SignInFailed(account_id=account.id, why=why, failed=0), actor=own)
    return SignIn(outcome="wrong", sentence=_ELSEWHERE[why][0], way_on=_ELSEWHERE[why][1])


def _takes_code(secret: Secret, code: str, own: Actor) -> bool:
    """A time code is taken once, a recovery code is used up."""
    shared = sealing.open_totp(secret.account_id, secret.totp or b"")
    step = second_factor.step_of(shared, code, clock.now(), after=secret.totp_step)
    if step is not None:
        secret.totp_step = step
        if sealing.is_old(secret.totp or b""):
            secret.totp = sealing.seal_totp(secret.account_id, shared)
        secret.save(update_fields=["totp_step", "totp"])
        return True
    read = second_factor.read_recovery_code(code)
    index = sealing.recovery_index(secret.account_id, read) if read else ""
    if index not in secret.recovery:
        return False
    secret.recovery = [kept for kept in secret.recovery if kept != index]
    secret.save(update_fields=["recovery"])
    trail_actions.record(
        events.RecoveryCodeUsed(account_id=secret.account_id, left=len(secret.recovery)),
        actor=own,
    )
    return True


def _opened(own: Actor, account: Account, secret: Secret, held: list[being.Held]) -> SignIn:
    now, session_id = clock.now(), new_id()
    AccountSession.objects.create(
        id=session_id,
        account_id=account.id,
        version=secret.session_version,
        started_at=now,
        seen_at=now,
        address=masks.mask_address(own.address),
        door=own.door,
    )
    Secret.objects.filter(account_id=account.id).update(last_sign_in_at=now)
    enrolled = secret.totp_enrolled_at is not None
    trail_actions.record(
        events.SignedIn(account_id=account.id, session_id=session_id, second_factor=enrolled),
        actor=being.staff(own, account.display_name, held),
    )
    must = being.must(held, must_change=secret.must_change, enrolled=enrolled)
    words = {
        "must_change": "请先修改密码。",
        "must_enrol": "您的角色须使用动态口令，请先启用。",
    }
    return SignIn(
        outcome=must or "ok",
        sentence=words.get(must, ""),
        account_id=account.id,
        session_id=session_id,
    )


def _failed(claim: Actor, account: Account | None, why: str) -> SignIn:
    now = clock.now()
    found = Attempt.objects.filter(who=claim.claim_key).first()
    fresh = found is None or now - found.failed_at > FORGOTTEN_AFTER
    failed = 1 if fresh or found is None else found.failed + 1
    until = now + wait_after(failed) if failed >= TRIES else None
    Attempt.objects.update_or_create(
        who=claim.claim_key, defaults={"failed": failed, "failed_at": now, "locked_until": until}
    )
    account_id = account.id if account else None
    trail_actions.record(
        events.SignInFailed(account_id=account_id, why=why, failed=failed), actor=claim
    )
    if until:
        trail_actions.record(
            events.SignInLocked(account_id=account_id, until=until, failed=failed), actor=claim
        )
        return _locked(until)
    what = "动态口令不正确。" if why == "code" else "用户名或密码不正确。"
    return SignIn(
        outcome="wrong",
        sentence=what,
        way_on=f"还可以试 {TRIES - failed} 次；忘记密码请联系本单位系统管理员重置。",
    )


def _waiting(who: str) -> datetime | None:
    found = Attempt.objects.filter(who=who, locked_until__gt=clock.now()).first()
    return found.locked_until if found else None


def _locked(until: datetime) -> SignIn:
    return SignIn(
        outcome="locked",
        sentence=f"连续多次登录失败，请在 {until.astimezone(clock.CIVIL):%H:%M:%S} 后再试。",
        way_on="如非本人操作，请联系本单位系统管理员。",
        until=until,
    )


def _count_address(actor: Actor, way: Literal["allow", "give_back"]) -> None:
    count = limits.allow if way == "allow" else limits.give_back
    count(what="sign-in", who=actor.address, per_seconds=ADDRESS_SECONDS, at_most=ADDRESS_TRIES)


def _one_at_a_time(who: str) -> None:
    """A hundred guesses sent at once are still counted one after another."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 11))", (who,))
