"""What orders ask of whoever takes them, and to whom their people are tied."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.core.refusal import NotAllowed, NotFound
from yike.rooms.matters.assignment import (
    EXCLUSIONS,
    Case,
)
from yike.rooms.matters.candidates.people import points_of
from yike.rooms.matters.models import (
    Matter,
    Side,
)
from yike.rooms.providers import kinds as provider_kinds
from yike.rooms.providers import queries as providers_queries

#: kind of a service item → resource kinds any of which may take it; what is not named: anybody
ITEM_KINDS = {
    "律师": ("01", "07"),
    "公证": ("02",),
    "司法鉴定": ("03",),
    "仲裁": ("04",),
    "调解": ("05",),
    "法律援助": ("06", "01", "07"),
    "基层法律服务": ("07",),
    "法治宣传": ("08",),
    "行政复议": ("09",),
}
#: need of a person → what is asked of whoever takes it
_NEEDS = {"dialect": "方言", "sign": "手语", "foreign": "外语"}


def cases(matters: Sequence[Matter]) -> dict[UUID, Case]:
    """This will return what each matter asks of whoever takes it, in three questions."""
    ids = [one.id for one in matters]
    sides: dict[UUID, set[tuple[str, str]]] = {}
    for side in Side.objects.filter(matter__in=ids, withdrawn_at=None, part="opponent"):
        sides.setdefault(side.matter_id, set()).update(marks_of(side))
    tied = _ties(ids)
    points = points_of({one.region_code for one in matters})
    wanted = {code: _kinds_wanted(code) for code in {one.item_code for one in matters}}
    return {
        one.id: _case(
            one, wanted[one.item_code], points.get(one.region_code),
            frozenset(sides.get(one.id, ())), tied.get(one.id, {}),
        )
        for one in matters
    }  # fmt: skip


def _case(
    matter: Matter, kinds: tuple[str, ...], point: tuple[float, float] | None,
    opponents: frozenset[tuple[str, str]], tied: dict[str, frozenset[UUID]],
) -> Case:  # fmt: skip
    own = {("phone", matter.phone_index), ("id", matter.id_index)}
    return Case(
        region_code=matter.region_code,
        point=point,
        category=matter.category,
        category_name=catalogue_queries.matter_name(matter.category) if matter.category else "",
        item_code=matter.item_code,
        kinds=frozenset(kinds),
        kind_names="、".join(provider_kinds.RESOURCE_KINDS[kind] for kind in kinds),
        languages=tuple(_NEEDS[need] for need in matter.needs if need in _NEEDS),
        parties=frozenset(mark for mark in own if mark[1]),
        opponents=opponents,
        served_other=tied.get("other_side", frozenset()),
        served_co_accused=tied.get("co_accused", frozenset()),
        earlier=tied.get("same", frozenset()),
    )


def marks_of(side: Side) -> tuple[tuple[str, str], ...]:
    """This will return by what somebody on the other side is found."""
    found = (("name", side.name_index), ("phone", side.phone_index), ("id", side.id_index))
    return tuple(mark for mark in found if mark[1])


def _ties(matters: Sequence[UUID]) -> dict[UUID, dict[str, frozenset[UUID]]]:
    """The accounts a matter's people are tied to, by other_side, co_accused, same.

    Also by matters that the actor may not see: an account and a word is all that is told.
    """
    found: dict[UUID, dict[str, frozenset[UUID]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_TIES, [list(matters)])
        for matter, why, accounts in cursor.fetchall():
            found.setdefault(matter, {})[why] = frozenset(accounts)
    return found


_TIES = """
select m.id, t.why, array_agg(t.account) from unnest(%s::uuid[]) m(id)
cross join lateral matters_ties(m.id) t group by 1, 2
"""


def must_be_free(matter: Matter, account: UUID) -> None:
    """This will refuse somebody in conflict or too near, by whose hands ever they are named."""
    found = _conflict(matter, account)
    if found:
        raise NotAllowed(f"不能交给这位承办人：{found}", way_on="请另选一位承办人。")


def _conflict(matter: Matter, account: UUID) -> str:
    tied = _ties([matter.id]).get(matter.id, {})
    for why in ("other_side", "co_accused"):
        if account in tied.get(why, ()):
            return EXCLUSIONS[why]
    person = providers_queries.practitioner_of_account(account)
    case = cases([matter])[matter.id] if person else None
    if person is None or case is None:
        return ""
    marks = case.parties | case.opponents
    for row in providers_queries.relations_of([person.id]).get(person.id, ()):
        if (row.index_kind, row.index) in marks:
            return EXCLUSIONS["relative"].format(what=row.relation)
    return ""


def _kinds_wanted(item_code: str) -> tuple[str, ...]:
    if not item_code:
        return ()
    try:
        return ITEM_KINDS.get(catalogue_queries.item(item_code).kind, ())
    except NotFound:  # an item that is no longer in force
        return ()
