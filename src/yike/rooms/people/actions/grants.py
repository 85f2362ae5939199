"""Giving and taking roles: by the security administrator, never to oneself, three powers apart."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.guard import clean
from yike.rooms.people import access, being, events, roles
from yike.rooms.people.models import Grant
from yike.rooms.regions import codes
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def give_grant(
    *,
    account_id: UUID,
    role: str,
    org: UUID | None = None,
    region_code: str = "",
    level: int = 1,
    until: datetime | None = None,
    reason: str = "",
    actor: Actor,
) -> UUID:
    """This will give a role in an institution and region up to a secrecy level (0 to 3).

    Security administrators (a reason of two characters is needed) and the house only. Refuses with
    NotAllowed (oneself; roles that must not meet), BadInput, NotFound, or Clash (held already;
    another institution or region than the account's other roles).
    """
    why = _allowed(actor, account_id, reason)
    if role not in roles.ROLES:
        raise BadInput("没有这个角色。", field="role")
    _check_place(role, org, region_code)
    if not 0 <= level <= 3 or (until is not None and until <= clock.now()):
        raise BadInput("密级应为 0 到 3，失效时间应在以后。", field="level")
    account = access.account_for(actor, account_id)
    _one_at_a_time(account.id)
    _check_beside(being.grants_of(account.id), role, org, region_code)
    grant_id = new_id()
    Grant.objects.create(
        id=grant_id,
        account_id=account.id,
        role=role,
        org=org,
        region_code=region_code,
        level=0 if roles.ROLES[role].apart else level,
        active_from=clock.now(),
        active_until=until,
        granted_by=actor.ref,
        reason=why,
    )
    trail_actions.record(
        events.GrantGiven(
            account_id=account.id,
            grant_id=grant_id,
            role=role,
            org=org,
            region_code=region_code,
            level=level,
            reason=why,
        ),
        actor=actor,
    )
    return grant_id


@transaction.atomic
def take_grant(*, grant_id: UUID, reason: str, actor: Actor) -> None:
    """This will end a role now. Refuses with NotAllowed, NotFound or Clash (ended already)."""
    found = Grant.objects.filter(id=grant_id).first()
    if found is None:
        raise NotFound("没有找到这项授权。")
    why = _allowed(actor, found.account_id, reason)
    now = clock.now()
    ended = Grant.objects.filter(being.current(), id=grant_id)
    if not ended.update(active_until=max(now, found.active_from), ended_by=actor.ref):
        raise Clash("这项授权已经结束。")
    trail_actions.record(
        events.GrantTaken(
            account_id=found.account_id,
            grant_id=grant_id,
            role=found.role,
            region_code=found.region_code,
            reason=why,
        ),
        actor=actor,
    )


@transaction.atomic
def confirm_grant(*, grant_id: UUID, actor: Actor) -> None:
    """This will note that a role in force was looked at again and is still needed (B15.2).

    Security administrators, of others' roles only. Refuses with NotAllowed, NotFound or Clash
    (ended meanwhile).
    """
    if actor.kind != "staff" or not actor.has(roles.ADMIN_SECURITY):
        raise NotAllowed("只有安全管理员可以复核权限。")
    found = Grant.objects.filter(id=grant_id).first()
    if found is None:
        raise NotFound("没有找到这项授权。")
    if found.account_id == actor.account_id:
        raise NotAllowed("不能复核自己的授权。", way_on="请由另一位安全管理员复核。")
    held = Grant.objects.filter(being.current(), id=grant_id)
    if not held.update(confirmed_at=clock.now(), confirmed_by=actor.ref):
        raise Clash("这项授权已经结束，不需要复核。", way_on="请刷新页面。")
    confirmed = events.GrantConfirmed(
        account_id=found.account_id,
        grant_id=grant_id,
        role=found.role,
        region_code=found.region_code,
    )
    trail_actions.record(confirmed, actor=actor)


def _allowed(actor: Actor, account_id: UUID, reason: str) -> str:
    if actor.kind == "system":
        return reason
    if actor.kind != "staff" or not actor.has(roles.ADMIN_SECURITY):
        raise NotAllowed("只有安全管理员可以授予和收回权限。")
    if actor.account_id == account_id:
        raise NotAllowed("不能给自己授权。", way_on="请由另一位安全管理员操作。")
    return clean.text(reason, field="reason", most=200, least=2)


def _check_place(role: str, org: UUID | None, region_code: str) -> None:
    if roles.ROLES[role].apart:
        if org or region_code:
            raise BadInput("管理员和审计员不属于办事机构和区划。", field="org")
        return
    if region_code and not codes.is_code(region_code):
        raise BadInput("请从区划树里选择区划。", field="region_code")
    if roles.ROLES[role].sees_region and not region_code:
        raise BadInput("这个角色需要指定区划。", field="region_code")
    if roles.ROLES[role].takes_orders and org is None:
        raise BadInput("这个角色需要指定所在机构。", field="org")


def _check_beside(held: list[Grant], role: str, org: UUID | None, region_code: str) -> None:
    if any(grant.role == role for grant in held):
        raise Clash(f"此人已有“{roles.name_of(role)}”角色。")
    against = roles.clash(frozenset(grant.role for grant in held), role)
    if against:
        raise NotAllowed(
            f"“{roles.name_of(role)}”不能与“{roles.name_of(against)}”由同一人担任。",
            way_on="系统管理、安全管理、审计和业务岗位应由不同的人担任。",
        )
    if any((grant.org, grant.region_code) != (org, region_code) for grant in held):
        raise Clash(
            "一个账号只在一个机构、一个区划任职。",
            way_on="请先收回原授权，或另开账号。",
            field="org",
        )


def _one_at_a_time(account_id: UUID) -> None:
    """Two administrators at once must not give two roles that each alone would be fine."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 7))", (f"grant/{account_id}",)
        )
