"""Every read of people: faces and pages; row security decides which rows there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.page import Page
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.guard.acting import acting
from yike.rooms.people import access, being, device_certificates, keyfinding, roles, staffed
from yike.rooms.people.faces import (
    AccountFace,
    AccountPage,
    AccountRow,
    ApiKeyRow,
    DeviceRow,
    EmergencyRow,
    GrantRow,
    PartyFace,
    Profile,
    SessionRow,
)
from yike.rooms.people.models import (
    Account,
    AccountSession,
    ApiKey,
    Device,
    Emergency,
    Grant,
    Secret,
)
from yike.rooms.regions import codes

PAGE = 50
#: Signs of a page mark, so that a made-up one is read as the beginning.
_LONGEST_MARK = 9
#: A grant whose holder has not signed in for so long deserves a second look.
UNUSED = timedelta(days=90)
#: … and one that nobody has given or confirmed for so long.
STALE = timedelta(days=90)

staffed_orgs = staffed.staffed_orgs


def actor_of(
    account_id: UUID, *, door: str, request_id: str = "", address: str = ""
) -> Actor | None:
    """This will return the actor an active account makes now, or None. For doors: come_in."""
    own = being.holder(account_id, door=door, request_id=request_id, address=address)
    with acting(own):
        account = Account.objects.filter(id=account_id, active=True).first()
        held = being.held_by(account_id) if account else []
    return being.staff(own, account.display_name, held) if account else None


def peer_of(
    api_key: str, *, door: str = "wire", request_id: str = "", address: str = ""
) -> Actor | None:
    """This will return the actor of an API key in force, or None. For doors: admit_peer."""
    found = keyfinding.find_key(api_key)
    if found is None:
        return None
    key, under = found
    return being.peer(key, under=under, door=door, request_id=request_id, address=address)


def account_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """This will return the display names of those of these accounts that one may see."""
    return dict(Account.objects.filter(id__in=set(ids)).values_list("id", "display_name"))


def colleagues(*org_ids: UUID, actor: Actor) -> list[AccountFace]:
    """This will return the active people of these institutions, by name; staff only."""
    if actor.kind not in {"staff", "system"}:
        return []
    return _faces(Grant.objects.filter(being.current(), org__in=org_ids))


def holders_of(role: str) -> list[UUID]:
    """This will return the active accounts that hold a role now, as far as one may see them."""
    held = Grant.objects.filter(being.current(), role=role, account__active=True)
    return list(held.order_by("account_id").values_list("account_id", flat=True))


def answering_for(role: str, *, region_code: str, level: int) -> list[UUID]:
    """This will return active accounts of a role whose region holds a place, up to a level.

    For notices: who may not see a matter of that level is not told of it.
    """
    held = Grant.objects.filter(
        being.current(), role=role, level__gte=level, account__active=True
    ).order_by("account_id")
    rows = held.values_list("account_id", "region_code")
    return [account for account, region in rows if _holds(region, region_code)]


def answerable_in(span: tuple[str, str], wanted: Iterable[str]) -> list[AccountFace]:
    """This will return active accounts with one of these roles for a place in a span, by name."""
    inside = Q(region_code__gte=span[0], region_code__lt=span[1])
    return _faces(Grant.objects.filter(being.current(), inside, role__in=set(wanted)))


def _faces(grants: Iterable[Grant]) -> list[AccountFace]:
    held = _roles_by_account(grants)
    found = Account.objects.filter(id__in=held, active=True).order_by("display_name", "id")
    return [AccountFace(id=a.id, name=a.display_name, roles=held[a.id]) for a in found]


def _holds(region: str, place: str) -> bool:
    if not codes.is_code(region):
        return False
    since, until = codes.span(region)
    return since <= place < until


def party_face(party_id: UUID, *, actor: Actor) -> PartyFace:
    """This will return a party, masked. Refuses with NotFound."""
    party = access.party_for(actor, party_id)
    return PartyFace(
        id=party.id,
        kind=party.kind,
        name=party.name_mask,
        phone=party.phone_mask,
        id_type=party.id_type,
        id_number=party.id_mask,
        email=party.email_mask,
        on_behalf_of=party.behalf_mask,
        contact_noted=party.contact_noted,
        birth_year=party.birth_year,
        categories=tuple(party.categories),
        agreed=party.agreed,
        agreed_at=party.agreed_at,
    )


def accounts(*, actor: Actor, typed: str = "", after: str = "") -> Page[AccountRow]:
    """This will list accounts by user name, 50 a page; `typed` is part of a user name or name.

    Administrators only: refuses with NotAllowed.
    """
    _only_admins(actor)
    wanted = Account.objects.order_by("username")
    if typed.strip():
        part = typed.strip()
        wanted = wanted.filter(Q(username__contains=part.lower()) | Q(display_name__contains=part))
    total = wanted.count()
    found = list(wanted.filter(username__gt=after)[: PAGE + 1])
    rows = _account_rows(found[:PAGE])
    mark = found[PAGE - 1].username if len(found) > PAGE else ""
    return Page(rows=rows, after=mark, total=total)


def account_page(account_id: UUID, *, actor: Actor) -> AccountPage:
    """This will return one account with all its grants, ended ones too. Administrators only."""
    _only_admins(actor)
    account = access.account_for(actor, account_id)
    secret = Secret.objects.get(account_id=account.id)
    grants = Grant.objects.filter(account_id=account.id).order_by("-active_from")
    return AccountPage(
        row=_account_rows([account])[0],
        created_at=account.created_at,
        must_change=secret.must_change,
        grants=tuple(_grant_row(grant, account, secret) for grant in grants),
    )


def grants_review(*, actor: Actor, after: str = "", only_due: bool = False) -> Page[GrantRow]:
    """This will list grants in force, those with a concern first, 50 a page (B15.2).

    A concern: the account is closed; nobody has given or confirmed the grant for 90 days; or its
    holder has not signed in for so long and nobody has confirmed it since. `only_due` leaves out
    the others. Administrators only: refuses with NotAllowed.
    """
    _only_admins(actor)
    grants = list(Grant.objects.filter(being.current()).select_related("account"))
    secrets = Secret.objects.in_bulk([grant.account_id for grant in grants])
    rows = [_grant_row(grant, grant.account, secrets[grant.account_id]) for grant in grants]
    rows = [row for row in rows if row.concern or not only_due]
    rows.sort(key=lambda row: (not row.concern, row.username, row.role))
    start = int(after) if after.isdecimal() and len(after) < _LONGEST_MARK else 0
    mark = str(start + PAGE) if start + PAGE < len(rows) else ""
    return Page(rows=_confirmers(rows[start : start + PAGE]), after=mark, total=len(rows))


def _confirmers(rows: list[GrantRow]) -> list[GrantRow]:
    """The same rows with the names of those who confirmed them."""
    names = account_names(UUID(row.confirmed_by) for row in rows if row.confirmed_by)
    return [
        replace(row, confirmed_by=names.get(UUID(row.confirmed_by), ""))
        if row.confirmed_by
        else row
        for row in rows
    ]


def profile(*, actor: Actor) -> Profile:
    """This will return oneself: grants, second factor, sessions. Refuses with NotFound."""
    account = access.account_for(actor, _own_id(actor))
    secret = Secret.objects.get(account_id=account.id)
    grants = being.grants_of(account.id)
    return Profile(
        id=account.id,
        username=account.username,
        name=account.display_name,
        grants=tuple(_grant_row(grant, account, secret) for grant in grants),
        second_factor=secret.totp_enrolled_at is not None,
        second_factor_required=being.needs_second_factor(frozenset(g.role for g in grants)),
        recovery_left=len(secret.recovery),
        must_change=secret.must_change,
        password_at=secret.password_at,
        last_sign_in_at=secret.last_sign_in_at,
        sessions=tuple(sessions(actor=actor)),
    )


def sessions(*, actor: Actor) -> list[SessionRow]:
    """This will return one's own open sessions, the latest seen first."""
    found = AccountSession.objects.filter(account_id=_own_id(actor), ended_at=None)
    version = Secret.objects.filter(account_id=_own_id(actor)).values("session_version")
    return [
        SessionRow(
            id=s.id, started_at=s.started_at, seen_at=s.seen_at, address=s.address, door=s.door
        )
        for s in found.filter(version__in=version, seen_at__gt=clock.now() - being.rest()).order_by(
            "-seen_at"
        )
    ]


def emergencies(*, actor: Actor) -> list[EmergencyRow]:
    """This will list the last hundred broken glasses one may see, those not reviewed first."""
    if actor.kind not in {"staff", "system"}:
        return []
    found = Emergency.objects.order_by(F("reviewed_at").asc(nulls_first=True), "-started_at")
    shown = list(found[:100])
    names = account_names(row.account_id for row in shown)
    return [
        EmergencyRow(
            id=row.id,
            account_id=row.account_id,
            account_name=names.get(row.account_id, ""),
            reason=row.reason,
            started_at=row.started_at,
            until=row.until,
            reviewed_at=row.reviewed_at,
            review=row.review,
        )
        for row in shown
    ]


def api_keys(*, actor: Actor) -> list[ApiKeyRow]:
    """This will list other platforms' keys by name. Administrators only."""
    _only_admins(actor)
    return [
        ApiKeyRow(
            id=key.id,
            name=key.name,
            prefix=key.prefix,
            org=key.org,
            region_code=key.region_code,
            scopes=tuple(key.scopes),
            per_minute=key.per_minute,
            networks=tuple(key.networks),
            active=key.active,
            active_from=key.active_from,
            active_until=key.active_until,
        )
        for key in ApiKey.objects.order_by("name", "id")
    ]


def devices(*, actor: Actor) -> list[DeviceRow]:
    """This will list the registered devices, those in force first. Administrators only."""
    _only_admins(actor)
    now = clock.now()
    return [
        DeviceRow(
            id=row.id,
            name=row.name,
            org=row.org,
            station=row.station,
            fingerprint=row.fingerprint,
            serial=row.serial,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            revoked_at=row.revoked_at,
            revoked_reason=row.revoked_reason,
            in_force=row.revoked_at is None and row.valid_until > now,
        )
        for row in Device.objects.order_by(F("revoked_at").asc(nulls_first=True), "name", "id")
    ]


def device_authority(*, actor: Actor) -> bytes:
    """This will return the certificate (PEM) that the proxy checks devices against.

    Security administrators only: refuses with NotAllowed.
    """
    if not actor.has(roles.ADMIN_SECURITY):
        raise NotAllowed("只有安全管理员可以下载设备根证书。")
    file = settings.DEVICE_AUTHORITY_FILE
    return device_certificates.authority(file, now=clock.now()).pem


def _only_admins(actor: Actor) -> None:
    admin = actor.kind == "staff" and actor.has(roles.ADMIN_SYSTEM, roles.ADMIN_SECURITY)
    if not (admin or actor.kind == "system"):
        raise NotAllowed("只有系统管理员和安全管理员可以查看账号和授权。")


def _own_id(actor: Actor) -> UUID:
    if actor.account_id is None:
        raise NotAllowed("请先登录。")
    return actor.account_id


def _roles_by_account(grants: Iterable[Grant]) -> dict[UUID, tuple[str, ...]]:
    held: dict[UUID, list[str]] = defaultdict(list)
    for grant in grants:
        held[grant.account_id].append(grant.role)
    return {account: tuple(sorted(found)) for account, found in held.items()}


def _account_rows(found: list[Account]) -> list[AccountRow]:
    ids = [account.id for account in found]
    secrets = Secret.objects.in_bulk(ids)
    held = _roles_by_account(Grant.objects.filter(being.current(), account_id__in=ids))
    return [
        AccountRow(
            id=account.id,
            username=account.username,
            name=account.display_name,
            active=account.active,
            demo=account.demo,
            roles=held.get(account.id, ()),
            second_factor=secrets[account.id].totp_enrolled_at is not None,
            last_sign_in_at=secrets[account.id].last_sign_in_at,
        )
        for account in found
    ]


def _grant_row(grant: Grant, account: Account, secret: Secret) -> GrantRow:
    return GrantRow(
        id=grant.id,
        account_id=account.id,
        account_name=account.display_name,
        username=account.username,
        role=grant.role,
        role_name=roles.name_of(grant.role),
        org=grant.org,
        region_code=grant.region_code,
        level=grant.level,
        active_from=grant.active_from,
        active_until=grant.active_until,
        last_sign_in_at=secret.last_sign_in_at,
        concern=_concern(grant, account, secret.last_sign_in_at),
        confirmed_at=grant.confirmed_at,
        confirmed_by=grant.confirmed_by,
    )


def _concern(grant: Grant, account: Account, last: datetime | None) -> str:
    now = clock.now()
    looked_at = max(grant.active_from, grant.confirmed_at or grant.active_from)
    if not account.active:
        return "账号已停用，授权仍在"
    if now - looked_at <= STALE:
        return ""  # whoever gave or confirmed it knew
    if last is None:
        return "授权后从未登录"
    if now - last > UNUSED:
        return f"已 {(now - last).days} 天未登录"
    return f"{(now - looked_at).days} 天未复核"
