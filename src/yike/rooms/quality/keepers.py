"""Who is named to look every day at institutions' waiting lists, and their deputies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from yike.rooms.providers import queries as providers_queries


@dataclass(frozen=True, kw_only=True)
class Named:
    """Accounts of the keeper and the deputy; None = nobody is named, the whole office is asked."""

    keeper: UUID | None = None
    deputy: UUID | None = None


def of(institution_ids: Iterable[UUID]) -> dict[UUID, Named]:
    """This will return who is named for each institution that has somebody named."""
    return {
        org: Named(keeper=one.keeper_account, deputy=one.deputy_account)
        for org, one in providers_queries.keepers_of_many(institution_ids).items()
    }
