"""A small county of institutions for tests, made by real actions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.providers import actions
from yike.rooms.regions.tests.makers import COUNTY, HOUSE, SHIPU


def institution(code: str = "XS-SFJ", *, actor: Actor = HOUSE, **facts: Any) -> UUID:
    """An institution of 象山县, the bureau unless told otherwise."""
    known: dict[str, Any] = {"name": f"机构{code}", "kind": "bureau", "region_code": COUNTY}
    return actions.register_institution(code=code, actor=actor, **(known | facts))


def office(code: str = "XS-SP-SFS", **facts: Any) -> UUID:
    """The judicial office of 石浦镇."""
    known: dict[str, Any] = {"name": "石浦司法所", "kind": "office", "region_code": SHIPU}
    return institution(code, **(known | {"handles_orders": True} | facts))


def lawyer(institution_id: UUID, *, actor: Actor = HOUSE, **facts: Any) -> UUID:
    """A lawyer of an institution."""
    known: dict[str, Any] = {"name": "陈一平", "kind": "01"}
    return actions.register_practitioner(
        institution_id=institution_id, actor=actor, **(known | facts)
    )
