"""Who holds what now, for rooms that tell, hand over and hide: roles, names, keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from yike.rooms.core import clock
from yike.rooms.people import being
from yike.rooms.people.models import Account, ApiKey, Grant


def roles_of(ids: Iterable[UUID]) -> dict[UUID, tuple[str, ...]]:
    """This will return the roles that accounts hold now, as far as one may see them."""
    return _by_account(Grant.objects.filter(being.current(), account__in=set(ids)))


def roles_in(org_id: UUID) -> frozenset[str]:
    """This will return the roles held in an institution now, as far as one may see them."""
    held = Grant.objects.filter(being.current(), org=org_id, account__active=True)
    return frozenset(held.values_list("role", flat=True))


def names_known() -> frozenset[str]:
    """This will return the names of all accounts one may see: what must not become a topic."""
    return frozenset(Account.objects.values_list("display_name", flat=True))


def is_good_for(key_id: UUID, scope: str) -> bool:
    """This will say whether a platform's key is in force and good for something. For the house."""
    now = clock.now()
    rows = ApiKey.objects.filter(id=key_id, active=True, active_from__lte=now)
    known = rows.filter(scopes__contains=[scope])
    return known.filter(Q(active_until=None) | Q(active_until__gt=now)).exists()


def _by_account(grants: Iterable[Grant]) -> dict[UUID, tuple[str, ...]]:
    held: dict[UUID, list[str]] = defaultdict(list)
    for grant in grants:
        held[grant.account_id].append(grant.role)
    return {account: tuple(sorted(found)) for account, found in held.items()}
