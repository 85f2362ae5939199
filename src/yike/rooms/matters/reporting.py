"""What the platform that fed a matter is told by itself: the same as it may ask for."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.clocks.faces import ClockFace
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.matters.faces import CitizenPage
from yike.rooms.matters.models import Matter
from yike.rooms.matters.queries.pages import receipt_of
from yike.rooms.notices import actions as notices_actions
from yike.rooms.notices import link_kinds
from yike.rooms.notices import queries as notices_queries
from yike.rooms.people import holding as people_holding

#: the scope a key needs to follow its matters
SCOPE = "matters:follow"
_ANSWERS = frozenset({"MatterAnswered", "MatterAnsweredOnSpot", "MatterDeclined"})
#: platforms tell three sides apart; who of the offices it is stays inside
_WAITS_FOR = {"citizen": "citizen", "peer": "citizen", "nobody": "nobody"}


def waits_for(turn: str) -> str:
    """This will return whose turn it is in a platform's words: office, citizen or nobody."""
    return _WAITS_FOR.get(turn, "office")


def report(matter: Matter, kind: str, *, once: str, actor: Actor) -> None:
    """This will tell the platform that fed the matter how it goes on, if it left an address.

    Nothing goes to a key that has ended or may not follow its matters.
    """
    key_id = UUID(matter.peer_id)
    if not notices_queries.hears(key_id) or not people_holding.is_good_for(key_id, SCOPE):
        return
    page = receipt_of(actor, matter.reference)
    answered = kind in _ANSWERS
    notices_actions.report(
        key_id=key_id,
        event=link_kinds.ANSWERED if answered else link_kinds.PROGRESS,
        title=page.state_name,
        reference=matter.reference,
        data=_data(matter, page),
        once=f"{once}/peer",
        actor=actor,
    )


def _data(matter: Matter, page: CitizenPage) -> dict[str, Any]:
    faces = clocks_queries.faces_of("matter", matter.id)
    last = page.timeline[-1] if page.timeline else None
    reply = page.reply
    base = str(settings.YIKE.public_url).rstrip("/")
    return {
        "reference": page.reference,
        "peer_ref": matter.peer_ref,
        "order_no": page.order_no,
        "version": page.version,
        "state": page.state,
        "state_name": page.state_name,
        "ended": page.ended,
        "holder": page.holder_name,
        "waits_for": waits_for(page.turn),
        "due_at": _civil(page.due_at),
        "late": page.late,
        "sign": _sign(faces),
        "next_promise": _next(page),
        "step": {"at": _civil(last.at), "sentence": last.sentence} if last else None,
        "answer": {
            "at": _civil(reply.at), "result": reply.result_name, "words": reply.words,
        } if reply else None,
        "url": f"{base}/api/v1/matters/{page.reference}",
    }  # fmt: skip


def _sign(faces: tuple[ClockFace, ...]) -> dict[str, Any] | None:
    """The promise to sign, as it was last made: until when, and when it was kept."""
    found = [one for one in faces if one.purpose == "sign"]
    if not found:
        return None
    one = found[-1]
    return {
        "due_at": _civil(one.due_at),
        "signed_at": _civil(one.stopped_at),
        "late": one.broken_at is not None,
    }


def _next(page: CitizenPage) -> dict[str, Any] | None:
    """What may be expected next, in the words the citizen reads."""
    found = page.next_promise
    return {"name": found.what, "due_at": _civil(found.due_at)} if found else None


def _civil(moment: datetime | None) -> str | None:
    return moment.astimezone(clock.CIVIL).isoformat(timespec="seconds") if moment else None
