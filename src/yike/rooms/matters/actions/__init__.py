"""Every write of matters: look, check and lock in one step, one transaction, one sentence.

All take `actor`; deeds on a matter take its public `reference` and may take `seen`, the version the
page showed: when somebody was faster, the refusal says who did what and when.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.matters.demand import Demand
from yike.rooms.matters.faces import DraftFace, Receipt, TicketFace

_SOON = "这项功能还在安装，请稍后再试"


def open_matter(*, demand: Demand, key: str, actor: Actor) -> Receipt:
    """This will open one matter; the same key brings the same receipt again."""
    raise NotAllowed(_SOON)


def answer_on_spot(
    *, demand: Demand, answer: str, result: str, minutes: int | None, key: str, actor: Actor
) -> Receipt:
    """This will record a demand answered where it was told (即时办结)."""
    raise NotAllowed(_SOON)


def continue_as(*, reference: str, item_code: str, actor: Actor, seen: str = "") -> Receipt:
    """This will open a following matter for another service without retyping."""
    raise NotAllowed(_SOON)


def sign(*, reference: str, actor: Actor, seen: str = "") -> None:
    """This will sign for the matter (签收)."""
    raise NotAllowed(_SOON)


def give_back(*, reference: str, reason: str, actor: Actor, seen: str = "") -> None:
    """This will give it back to who sent it (退回)."""
    raise NotAllowed(_SOON)


def transfer(*, reference: str, to_org: UUID, reason: str, actor: Actor, seen: str = "") -> None:
    """This will hand it up, down or across (流转)."""
    raise NotAllowed(_SOON)


def assign(*, reference: str, account_id: UUID, reason: str, actor: Actor, seen: str = "") -> None:
    """This will name who handles it."""
    raise NotAllowed(_SOON)


def invite(*, reference: str, to_org: UUID, reason: str, actor: Actor, seen: str = "") -> None:
    """This will ask another office to help (会办)."""
    raise NotAllowed(_SOON)


def ask_papers(
    *, reference: str, papers: Sequence[str], words: str = "", actor: Actor, seen: str = ""
) -> None:
    """This will ask for missing papers, once; the promise waits (补正)."""
    raise NotAllowed(_SOON)


def bring_papers(
    *,
    reference: str,
    words: str = "",
    file_ids: Sequence[UUID] = (),
    actor: Actor,
    seen: str = "",
) -> None:
    """This will hand in the papers asked for; the promise runs again."""
    raise NotAllowed(_SOON)


def stop_waiting(*, reference: str, reason: str, actor: Actor, seen: str = "") -> None:
    """This will go on without the missing papers."""
    raise NotAllowed(_SOON)


def send_message(
    *, reference: str, words: str, file_ids: Sequence[UUID] = (), actor: Actor, seen: str = ""
) -> None:
    """This will send a message between citizen and office."""
    raise NotAllowed(_SOON)


def add_note(
    *, reference: str, words: str, level: int | None = None, actor: Actor, seen: str = ""
) -> None:
    """This will write an internal opinion."""
    raise NotAllowed(_SOON)


def add_point(*, reference: str, words: str, actor: Actor, seen: str = "") -> int:
    """This will note one more question; returns its number."""
    raise NotAllowed(_SOON)


def answer_point(*, reference: str, no: int, words: str, actor: Actor, seen: str = "") -> None:
    """This will answer one question."""
    raise NotAllowed(_SOON)


def recategorise(
    *,
    reference: str,
    reason: str,
    category: str = "",
    item_code: str = "",
    demand_type: str = "",
    actor: Actor,
    seen: str = "",
) -> None:
    """This will correct what kind of demand it is; empty = unchanged."""
    raise NotAllowed(_SOON)


def set_urgency(*, reference: str, urgency: int, reason: str, actor: Actor, seen: str = "") -> None:
    """This will change how urgent it is."""
    raise NotAllowed(_SOON)


def set_level(*, reference: str, level: int, reason: str, actor: Actor, seen: str = "") -> None:
    """This will change who may see it."""
    raise NotAllowed(_SOON)


def close(*, reference: str, result: str, reply: str, actor: Actor, seen: str = "") -> None:
    """This will answer and close (答复办结)."""
    raise NotAllowed(_SOON)


def decline(*, reference: str, reason: str, actor: Actor, seen: str = "") -> None:
    """This will refuse the demand with a reason (不予受理)."""
    raise NotAllowed(_SOON)


def withdraw(*, reference: str, reason: str = "", actor: Actor, seen: str = "") -> None:
    """This will take the demand back."""
    raise NotAllowed(_SOON)


def say_helped(
    *, reference: str, helped: bool, words: str = "", actor: Actor, seen: str = ""
) -> None:
    """This will say whether the answer helped; the first no has it done once more."""
    raise NotAllowed(_SOON)


def settle_answered(*, now: datetime, actor: Actor, limit: int = 200) -> int:
    """This will close what was answered long ago and nobody objected to."""
    raise NotAllowed(_SOON)


def save_draft(*, key: str, fields: Mapping[str, str], actor: Actor) -> DraftFace:
    """This will keep what was typed, sealed, under the form's key."""
    raise NotAllowed(_SOON)


def set_route(
    *,
    region_code: str,
    org: UUID,
    category: str = "",
    item_code: str = "",
    active_from: date | None = None,
    active_until: date | None = None,
    note: str = "",
    actor: Actor,
) -> UUID:
    """This will write one line of the routing table."""
    raise NotAllowed(_SOON)


def end_route(*, route_id: UUID, actor: Actor) -> None:
    """This will end one line of the routing table, today."""
    raise NotAllowed(_SOON)


def lay_routes(*, county: str, actor: Actor) -> int:
    """This will give every town without a route its own office; returns how many were written."""
    raise NotAllowed(_SOON)


def take_ticket(*, org: UUID, actor: Actor) -> TicketFace:
    """This will give the next number of the day at a station."""
    raise NotAllowed(_SOON)


def call_ticket(*, org: UUID, actor: Actor) -> TicketFace | None:
    """This will call the next number; None when nobody waits."""
    raise NotAllowed(_SOON)


def serve_ticket(*, ticket_id: UUID, reference: str = "", actor: Actor) -> None:
    """This will mark a visitor as served."""
    raise NotAllowed(_SOON)
