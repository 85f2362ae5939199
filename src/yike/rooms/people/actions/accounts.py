"""Opening and closing accounts, and passwords set by an administrator or by oneself."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.guard import clean
from yike.rooms.people import access, events, passwords, roles, sealing
from yike.rooms.people.models import Account, AccountSession, Attempt, Secret
from yike.rooms.trail import actions as trail_actions

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


@transaction.atomic
def create_account(
    *,
    username: str,
    display_name: str,
    password: str | passwords.Kept,
    must_change: bool = True,
    demo: bool = False,
    actor: Actor,
) -> UUID:
    """This will open an account without any role; the password is to be changed at first sign-in.

    System administrators and the house only. Refuses with NotAllowed, BadInput (user name of 2 to
    40 small letters, digits, `.`, `_`, `-`; weak password) or Clash (user name taken).
    """
    _only_system_admin(actor)
    name = username.strip().lower()
    if not _USERNAME.fullmatch(name):
        raise BadInput(
            "用户名应为 2 到 40 位小写字母、数字、点或短横线，以字母或数字开头。", field="username"
        )
    shown = clean.text(display_name, field="display_name", most=40, least=1).replace("\n", " ")
    kept = _kept(password, name, shown, actor)
    if Account.objects.filter(username=name).exists():
        raise Clash(f"用户名 {name} 已被使用。", way_on="请换一个用户名。", field="username")
    account_id, now = new_id(), clock.now()
    Account.objects.create(
        id=account_id,
        username=name,
        display_name=shown,
        demo=demo,
        created_at=now,
        created_by=actor.ref,
    )
    Secret.objects.create(
        account_id=account_id, password=kept, must_change=must_change, password_at=now
    )
    trail_actions.record(events.AccountCreated(account_id=account_id, username=name), actor=actor)
    return account_id


def _kept(password: str | passwords.Kept, name: str, shown: str, actor: Actor) -> str:
    if isinstance(password, passwords.Kept):
        if actor.kind != "system":
            raise NotAllowed("只有系统任务可以沿用已有的密码散列。")
        return password.hashed
    passwords.check_new(password, username=name, display_name=shown)
    return passwords.hashed(password)


@transaction.atomic
def deactivate_account(*, account_id: UUID, reason: str, actor: Actor) -> None:
    """This will close an account: its sessions end at their next request; its history stays.

    Refuses with NotAllowed (not oneself), NotFound, BadInput (no reason) or Clash (closed already).
    """
    account = _switched(account_id, active=False, reason=reason, actor=actor)
    Secret.objects.filter(account_id=account.id).update(session_version=F("session_version") + 1)
    trail_actions.record(
        events.AccountDeactivated(account_id=account.id, reason=reason.strip()), actor=actor
    )


@transaction.atomic
def reactivate_account(*, account_id: UUID, reason: str, actor: Actor) -> None:
    """This will open a closed account again. Refuses like deactivate_account."""
    account = _switched(account_id, active=True, reason=reason, actor=actor)
    trail_actions.record(
        events.AccountReactivated(account_id=account.id, reason=reason.strip()), actor=actor
    )


def _switched(account_id: UUID, *, active: bool, reason: str, actor: Actor) -> Account:
    _only_system_admin(actor)
    clean.text(reason, field="reason", most=200, least=2)
    account = access.account_for(actor, account_id, lock=True)
    if account.id == actor.account_id:
        raise NotAllowed("不能停用或启用自己的账号。", way_on="请由另一位系统管理员操作。")
    if account.active == active:
        raise Clash(f"账号 {account.username} 已经{'启用' if active else '停用'}。")
    account.active = active
    Account.objects.filter(id=account.id).update(active=active)
    return account


@transaction.atomic
def reset_password(*, account_id: UUID, actor: Actor) -> str:
    """This will set and return a one-time password, to be told in person; all sessions end.

    System administrators only, and not for themselves. A second factor stays: only the security
    administrator takes it off, so that neither of the two can take over an account alone.
    """
    _only_system_admin(actor)
    account = access.account_for(actor, account_id, lock=True)
    if account.id == actor.account_id:
        raise NotAllowed("不能重置自己的密码。", way_on="请在“我的账号”里修改密码。")
    fresh = passwords.one_time()
    _set_password(account.id, fresh, must_change=True)
    trail_actions.record(events.PasswordReset(account_id=account.id), actor=actor)
    return fresh


@transaction.atomic
def change_password(*, old: str, new: str, session_id: UUID | None = None, actor: Actor) -> None:
    """This will change one's own password; every other session ends, `session_id` goes on.

    Refuses with NotAllowed (not signed in) or BadInput (wrong old password, weak or same new one).
    """
    account = access.account_for(actor, _own_id(actor))
    secret = Secret.objects.select_for_update().get(account_id=account.id)
    if not passwords.matches(old, secret.password):
        raise BadInput("原密码不正确。", way_on="忘记密码请联系系统管理员重置。", field="old")
    if old == new:
        raise BadInput("新密码不能和原密码相同。", field="password")
    passwords.check_new(new, username=account.username, display_name=account.display_name)
    version = _set_password(account.id, new, must_change=False)
    if session_id is not None:
        kept = AccountSession.objects.filter(id=session_id, account_id=account.id)
        kept.update(version=version)
    trail_actions.record(events.PasswordChanged(account_id=account.id), actor=actor)


def _set_password(account_id: UUID, password: str, *, must_change: bool) -> int:
    secret = Secret.objects.select_for_update().get(account_id=account_id)
    secret.password = passwords.hashed(password)
    secret.must_change = must_change
    secret.password_at = clock.now()
    secret.session_version += 1
    secret.save(update_fields=["password", "must_change", "password_at", "session_version"])
    return secret.session_version


@transaction.atomic
def unlock_sign_in(*, account_id: UUID, actor: Actor) -> None:
    """This will end the waiting after failed sign-ins. System administrators only."""
    _only_system_admin(actor)
    account = access.account_for(actor, account_id)
    Attempt.objects.filter(who=sealing.username_index(account.username)).delete()
    trail_actions.record(events.SignInUnlocked(account_id=account.id), actor=actor)


@transaction.atomic
def forget_attempts(*, before_days: int = 1, actor: Actor) -> int:
    """This will forget failed sign-ins of long ago; a job of the house. Returns how many."""
    if actor.kind != "system":
        raise NotAllowed("只有系统任务可以清理登录失败记录。")
    old = clock.now() - timedelta(days=before_days)
    return Attempt.objects.filter(failed_at__lt=old).delete()[0]


def _only_system_admin(actor: Actor) -> None:
    admin = actor.kind == "staff" and actor.has(roles.ADMIN_SYSTEM)
    if not (admin or actor.kind == "system"):
        raise NotAllowed("只有系统管理员可以开设和停用账号。")


def _own_id(actor: Actor) -> UUID:
    if actor.account_id is None:
        raise NotAllowed("请先登录。")
    return actor.account_id
