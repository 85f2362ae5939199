"""Makes people as the house makes them: by real actions."""

from __future__ import annotations

from functools import cache
from uuid import UUID, uuid4

from yike.rooms.core.actor import Actor, system, visitor
from yike.rooms.guard.acting import acting
from yike.rooms.people import actions, passwords, queries

HOUSE = system("test")
PASSWORD = "tide-lamp-orchid"
XIANGSHAN, DANCHENG, SHIPU = "330225000000", "330225100000", "330225101000"
HUAINAN = "340400000000"


@cache
def _kept() -> passwords.Kept:
    return passwords.keep(PASSWORD)


def account(username: str = "", *, must_change: bool = False) -> UUID:
    """This will open an account."""
    name = username or f"u{uuid4().hex[:12]}"
    with acting(HOUSE):
        return actions.create_account(
            username=name,
            display_name=f"某{name[-3:]}",
            password=_kept(),
            must_change=must_change,
            actor=HOUSE,
        )


def staff(
    role: str, *, region_code: str = "", org: UUID | None = None, level: int = 1, name: str = ""
) -> Actor:
    """This will open an account with one role and return its actor."""
    made = account(name)
    with acting(HOUSE):
        actions.give_grant(
            account_id=made,
            role=role,
            region_code=region_code,
            org=org,
            level=level,
            actor=HOUSE,
        )
    found = queries.actor_of(made, door="desk")
    assert found is not None
    return found


def guest(address: str = "") -> Actor:
    """This will return a visitor at the desk's sign-in form, from an address of their own."""
    return visitor("desk", address=address or uuid4().hex)
