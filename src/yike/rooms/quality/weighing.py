"""What rewards and punishments do to the giving of orders: told to matters by account."""

from __future__ import annotations

from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.matters import actions as matters_actions
from yike.rooms.providers import queries as providers_queries
from yike.rooms.quality import codes
from yike.rooms.quality.models import Reward


def weigh(row: Reward, *, percent: int, actor: Actor) -> None:
    """This will give those a record is about so many percent of their usual orders while it lasts.

    An institution's record reaches everybody who serves there now; 100 ends what it did.
    """
    for account in _accounts(row):
        matters_actions.set_assignment_weight(
            account_id=account,
            percent=percent,
            reason=f"{codes.REWARDS[row.kind]}：{row.basis}"[:200],
            active_from=row.active_from,
            active_until=row.active_until,
            source=f"reward/{row.id.hex[-12:]}/{account.hex[-12:]}",
            actor=actor,
        )


def _accounts(row: Reward) -> list[UUID]:
    if row.account is not None:
        return [row.account]
    if row.institution_id is None:
        return []
    there = providers_queries.practitioners_of(row.institution_id)
    return [one.account_id for one in there if one.account_id is not None]
