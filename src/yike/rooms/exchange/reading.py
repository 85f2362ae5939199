"""A subscribed layer as it stands: what a platform would be told of each point. Never writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.db.models import Q

from yike.rooms.exchange import changes, layers
from yike.rooms.exchange.changes import Body, Table, Unmapped
from yike.rooms.exchange.models import CodeTable, Peer, Push, Subscription

#: layers of points are pushed; outlines and coverage are large and seldom new: they are read
PUSHED = tuple(one.id for one in layers.LAYERS_BY_ID.values() if one.geometry == "Point")

#: pushes that were not taken, or not whole
NOT_ALL_TAKEN = Q(fate__in=changes.BAD) | ~Q(refused=[])


def bodies(peer: Peer, sub: Subscription, table: Table) -> dict[str, Body]:
    """This will return what a platform is to be told of each point of a layer, by id."""
    found = layers.LAYERS_BY_ID[sub.layer].read(peer.region_code, False)
    return {
        one.id: changes.body_of(
            sub.layer, one.properties, None if one.shape is None else (one.shape.x, one.shape.y),
            fields=sub.fields, table=table,
        )
        for one in found
    }  # fmt: skip


def active_of(peer: Peer) -> list[Subscription]:
    """This will return the layers that a platform is told of."""
    return list(Subscription.objects.filter(peer=peer, active=True).order_by("layer"))


def newest_table(peer: Peer) -> CodeTable | None:
    """This will return the table in force."""
    return CodeTable.objects.filter(peer=peer).order_by("-version").first()


def codes_of(table: CodeTable | None) -> Table:
    """This will return a table to look codes up in."""
    rows = table.rows if table else []
    return {(kind, ours): theirs for kind, ours, theirs in rows}


def unmapped_of(peer: Peer, subs: Iterable[Subscription], table: Table) -> tuple[Unmapped, ...]:
    """This will return the codes of all subscribed layers that have no counterpart."""
    return changes.summed(
        one
        for sub in subs
        for one in changes.unmapped(sub.layer, bodies(peer, sub, table).values())
    )


def rejects_of(peer: Peer, layer: str) -> list[dict[str, Any]]:
    """This will return the pushes of a layer that were not taken, as a report keeps them."""
    rows = Push.objects.filter(NOT_ALL_TAKEN, peer=peer, layer=layer).order_by("number")
    return [
        {
            "number": row.number, "fate": row.fate, "at": row.made_at.isoformat(),
            "words": row.receipt, "points": _rejected(row),
        }
        for row in rows
    ]  # fmt: skip


def _rejected(row: Push) -> list[dict[str, Any]]:
    """All points of a push that was not taken; of one that was, those that were not."""
    points = changes.with_reasons(row.points, row.refused)
    return points if row.fate in changes.BAD else [one for one in points if "why" in one]


def as_json(found: Iterable[Unmapped]) -> list[dict[str, Any]]:
    """This will return unmapped codes as they are kept and told."""
    return [asdict(one) for one in found]
