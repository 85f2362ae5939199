"""Opening the accounts of the three administrators, whom nobody else can open an account for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, count

from django.db import transaction

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import Clash, NotAllowed
from yike.rooms.people import being, passwords, roles
from yike.rooms.people.actions.accounts import create_account
from yike.rooms.people.actions.grants import give_grant
from yike.rooms.people.models import Account, Grant

#: role and the user name it is given where that is free
_THREE = (
    (roles.ADMIN_SYSTEM, "xitong"),
    (roles.ADMIN_SECURITY, "anquan"),
    (roles.AUDITOR, "shenji"),
)


@transaction.atomic
def open_administrators(
    *, names: Sequence[str], actor: Actor
) -> tuple[tuple[str, str, str, str], ...]:
    """This will open those of the three administrators that nobody holds, and return their keys.

    `names`: of the system administrator, the security administrator, the auditor. Returns role,
    name, user name and one-time password of each. The house only, asked at its own machine;
    refuses Clash when all three are there, those of the demonstration too.
    """
    if actor.kind != "system":
        raise NotAllowed("只能在服务器上开设第一批管理员账号。")
    lacking = [
        (role, plain, name)
        for (role, plain), name in zip(_THREE, names, strict=True)
        if not _is_held(role)
    ]
    if not lacking:
        raise Clash("三个管理员都已经有人。", way_on="演示账号也算；先 ./yike demo clear 再来。")
    return tuple(_open(role, plain, name, actor) for role, plain, name in lacking)


def _is_held(role: str) -> bool:
    return Grant.objects.filter(being.current(), role=role, account__active=True).exists()


def _open(role: str, plain: str, name: str, actor: Actor) -> tuple[str, str, str, str]:
    tried = chain([plain], (f"{plain}{number}" for number in count(2)))
    username = next(one for one in tried if not Account.objects.filter(username=one).exists())
    password = passwords.one_time()
    account = create_account(
        username=username, display_name=name, password=password, actor=actor
    )  # fmt: skip
    give_grant(account_id=account, role=role, reason="第一批管理员", actor=actor)
    return roles.name_of(role), name, username, password
