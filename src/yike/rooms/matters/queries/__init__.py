"""Every read of matters: frozen faces, masked for the one who asks."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.core.page import Page
from yike.rooms.core.refusal import NotFound
from yike.rooms.matters.faces import (
    Board,
    CitizenPage,
    DraftFace,
    EarlierRow,
    Filters,
    Gap,
    MatterPage,
    RouteFace,
    TicketFace,
    WaitingRow,
)

_NONE = "没有找到这项诉求"


def matters_waiting_for(
    actor: Actor, *, after: str = "", only: str = "", limit: int = 30
) -> Page[WaitingRow]:
    """This will return what waits for the actor, most urgent first, each with its reason.

    only: "" all that waits for the office, "mine", "sign", "late", "joint", "answered", "pool".
    """
    return Page(rows=(), total=0)


def matter_page(actor: Actor, reference: str) -> MatterPage:
    """This will return all that the actor may see of one matter. Refuses NotFound."""
    raise NotFound(_NONE)


def citizen_page(actor: Actor) -> CitizenPage:
    """This will return what the citizen may see of the matter they claim. Refuses NotFound."""
    raise NotFound(_NONE)


def receipt_of(actor: Actor, reference: str) -> CitizenPage:
    """This will return the public side of a matter for whoever brought it (peer, clerk)."""
    raise NotFound(_NONE)


def find_matters(actor: Actor, typed: str, *, limit: int = 30) -> Page[WaitingRow]:
    """This will find by reference, order number or phone, among what the actor may see."""
    return Page(rows=(), total=0)


def earlier_of(actor: Actor, *, phone: str = "", id_number: str = "") -> tuple[EarlierRow, ...]:
    """This will return earlier demands of the same phone or identity number."""
    return ()


def matters_matching(
    actor: Actor, filters: Filters, *, after: str = "", limit: int = 30
) -> Page[WaitingRow]:
    """This will return the matters behind a figure, newest first."""
    return Page(rows=(), total=0)


def board(actor: Actor, day: date) -> Board:
    """This will return the director's figures of one day."""
    return Board(
        day=day, opened=0, closed=0, on_spot=0, open=0, unsigned=0, unrouted=0, late=0, soon=0,
        by_town=(), by_category=(), by_type=(), by_door=(), trend=(),
    )  # fmt: skip


def coverage_gaps(actor: Actor, county: str) -> tuple[Gap, ...]:
    """This will return every village × category that nobody is responsible for."""
    return ()


def routes(actor: Actor, county: str) -> tuple[RouteFace, ...]:
    """This will return the routing table of a county."""
    return ()


def draft(key: str, actor: Actor) -> DraftFace | None:
    """This will return what was typed under this key and not sent, or None."""
    return None


def tickets(actor: Actor, org: UUID) -> tuple[TicketFace, ...]:
    """This will return today's queue of a station."""
    return ()
