"""What lies beside a matter, by one question instead of one for each table."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from yike.rooms.core.gathered import Gathered, Part, gather
from yike.rooms.matters.models import (
    Attachment,
    Call,
    Escalation,
    Extension,
    Feedback,
    Joint,
    Link,
    Matter,
    Message,
    Note,
    Point,
    Redo,
    Reply,
    ReplyDraft,
    Return,
    Step,
    Supervision,
    Supplement,
    Suspension,
)
from yike.rooms.matters.models.thread import OfMatter

_Table = type[OfMatter] | type[Step] | type[Supplement]


def _part(model: _Table, *order: str, by: tuple[str, ...] = ("matter_id",)) -> Part:
    return Part(model, by, order)


_STEPS, _POINTS = _part(Step, "seq"), _part(Point, "no")
_SUPPLEMENT, _JOINTS = _part(Supplement, "asked_at"), _part(Joint, "asked_at")
_EXTENSIONS, _DRAFTS = _part(Extension, "asked_at"), _part(ReplyDraft, "at")
_SUPERVISIONS = _part(Supervision, "no")
#: what was said and given
_THREAD = (
    _POINTS, _SUPPLEMENT, _part(Attachment, "given_at", "id"), _part(Message, "at", "id"),
    _part(Reply, "at", "id"), _part(Feedback, "at"),
)  # fmt: skip
#: what forbids a deed, or makes it needed
_FACTS = (
    _STEPS, _POINTS, _SUPPLEMENT, _JOINTS, _EXTENSIONS, _DRAFTS, _SUPERVISIONS,
)  # fmt: skip
_WAY = (
    _part(Note, "at", "id"), _part(Return, "no"), _part(Redo, "no"), _part(Suspension, "from_at"),
    _part(Escalation, "reached_at"), _part(Call, "at"),
    _part(Link, "at", by=("matter_id", "other_id")),
)  # fmt: skip
_RECEIPT: Final = tuple(dict.fromkeys((*_THREAD, *_FACTS)))
_WHOLE: Final = tuple(dict.fromkeys((*_THREAD, *_FACTS, *_WAY)))


def whole(matter: Matter) -> Gathered:
    """This will return all that lies beside a matter, as far as row security shows it."""
    return gather(_WHOLE, matter.id)


def receipt(matter: Matter) -> Gathered:
    """This will return what was said and given, and what may forbid a deed of whoever reads it."""
    return gather(_RECEIPT, matter.id)


def facts(matter: Matter) -> Gathered:
    """This will return what may forbid a deed: help, extensions, drafts, supervision, papers."""
    return gather(_FACTS, matter.id)


def kin(matter: Matter, lying: Gathered) -> list[Matter]:
    """This will return the matters tied to one: its parts, main, sources and followers, links."""
    linked = [one for row in lying.of(Link) for one in (row.matter_id, row.other_id)]
    tied = {*linked, matter.parent_id, matter.merged_into_id, matter.follows_id}
    near = Q(parent=matter.id) | Q(merged_into=matter.id) | Q(follows=matter.id)
    rows = Matter.objects.filter(near | Q(id__in=tied - {None, matter.id}))
    return list(rows.order_by("opened_at", "id"))
