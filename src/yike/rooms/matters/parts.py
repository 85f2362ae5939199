"""The parts of a matter's page: points, messages, papers, notes, steps, promises, verbs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from yike.rooms.clocks.faces import ClockFace
from yike.rooms.core import clock
from yike.rooms.core.gathered import Gathered
from yike.rooms.files import queries as files_queries
from yike.rooms.matters import alerts, codes, levels
from yike.rooms.matters.faces import (
    ClockPart,
    FeedbackFace,
    FilePart,
    MessageFace,
    NextPromise,
    NoteFace,
    PointFace,
    ReplyFace,
    StepFace,
    SupplementFace,
)
from yike.rooms.matters.models import (
    Attachment,
    Feedback,
    Message,
    Note,
    Point,
    Reply,
    Step,
    Supplement,
)

_SIDES = {"citizen": "当事人", "office": "承办单位"}


def points(lying: Gathered) -> tuple[PointFace, ...]:
    """This will return the questions with their answers, in order."""
    return tuple(
        PointFace(no=row.no, words=row.words, answer=row.answer, answered_at=row.answered_at)
        for row in lying.of(Point)
    )


def files(lying: Gathered) -> dict[UUID | None, list[FilePart]]:
    """This will return the papers by the message that carried them; None = given at the start."""
    rows = lying.of(Attachment)
    known = files_queries.faces([row.file_id for row in rows]) if rows else {}
    found: dict[UUID | None, list[FilePart]] = defaultdict(list)
    for row in rows:
        face = known.get(row.file_id)
        if face is not None:
            part = FilePart(
                id=face.id,
                name=face.name,
                media_type=face.media_type,
                size=face.size,
                given_by=_SIDES[row.side],
                given_at=row.given_at,
            )
            found[row.message_id].append(part)
    return found


def messages(
    lying: Gathered, papers: dict[UUID | None, list[FilePart]], *, for_citizen: bool
) -> tuple[MessageFace, ...]:
    """This will return what citizen and office wrote to one another, oldest first."""
    return tuple(
        MessageFace(
            at=row.at,
            side=row.side,
            who=_speaker(row, for_citizen),
            words=row.words,
            files=tuple(papers.get(row.id, ())),
        )
        for row in lying.of(Message)
    )


def notes(lying: Gathered, orgs: dict[UUID | None, str]) -> tuple[NoteFace, ...]:
    """This will return the opinions the actor may read: row security goes by their level."""
    return tuple(
        NoteFace(
            at=row.at,
            who=row.label,
            org_name=orgs.get(row.org, ""),
            level=row.level,
            level_name=codes.LEVELS[row.level],
            words=row.words,
        )
        for row in lying.of(Note)
    )


def steps(
    rows: Sequence[Step], orgs: dict[UUID | None, str], people: dict[UUID | None, str]
) -> tuple[StepFace, ...]:
    """This will return the chain of custody."""
    return tuple(
        StepFace(
            seq=row.seq,
            org_name=orgs.get(row.org, ""),
            account_name=people.get(row.account, ""),
            how=row.how,
            how_name=codes.HOWS[row.how],
            reason=row.reason,
            sent_at=row.sent_at,
            sign_due_at=row.sign_due_at,
            signed_at=row.signed_at,
            ended_at=row.ended_at,
        )
        for row in rows
    )


def supplement(lying: Gathered) -> SupplementFace | None:
    """This will return the one notice of missing papers, if there was one."""
    row = next(iter(lying.of(Supplement)), None)
    if row is None:
        return None
    return SupplementFace(
        asked_at=row.asked_at,
        papers=tuple(row.papers),
        words=row.words,
        brought_at=row.brought_at,
    )


def replies(
    lying: Gathered, *, for_citizen: bool, orgs: dict[UUID | None, str]
) -> tuple[ReplyFace, ...]:
    """This will return the answers, oldest first; citizens read the office's name alone."""
    names = codes.RESULTS | codes.ENDINGS
    return tuple(
        ReplyFace(
            at=row.at,
            result=row.result,
            result_name=names.get(row.result, row.result),
            words=row.words,
            who=orgs.get(row.org, "") if for_citizen else f"{orgs.get(row.org, '')} {row.label}",
        )
        for row in lying.of(Reply)
    )


def feedback(lying: Gathered) -> FeedbackFace | None:
    """This will return the citizen's last word on the answer."""
    row = next(reversed(lying.of(Feedback)), None)
    return FeedbackFace(at=row.at, helped=row.helped, words=row.words) if row else None


def clocks(running: Iterable[ClockFace]) -> tuple[ClockPart, ...]:
    """This will return the promises made for a matter, oldest first."""
    return tuple(_clock(face) for face in running)


#: inner promise → what the citizen may expect of it
_EXPECTED = {
    "sign": "{office}签收",
    "first": "{office}和您联系",
    "next": "{office}有新的进展",
    "callback": "{office}给您回电话",
}


def next_promise(faces: Iterable[ClockFace], office: str) -> NextPromise | None:
    """This will return what the citizen may expect next: the nearest inner promise that runs."""
    running = [one for one in faces if one.state == "running" and one.purpose in _EXPECTED]
    if not running:
        return None
    order = list(_EXPECTED)  # of two at one instant the one that comes first
    first = min(running, key=lambda one: (one.due_at, order.index(one.purpose)))
    what = _EXPECTED[first.purpose].format(office=office)
    return NextPromise(what=what, due_at=first.due_at)


def _clock(face: ClockFace) -> ClockPart:
    state = "broken" if face.broken_at else face.state
    return ClockPart(
        id=face.id,
        purpose=face.purpose,
        purpose_name=levels.PURPOSES.get(face.purpose, ""),
        name=face.promise_name,
        length=face.length,
        statutory=face.statutory,
        due_at=None if face.paused_at else face.due_at,
        state="kept" if state == "stopped" else state,
        running=face.state == "running",
        beyond_known=face.beyond_known,
        started_at=face.started_at,
        ended_at=face.stopped_at,
        alert=alerts.colour_of(face, clock.now()),
    )


def _speaker(row: Message, for_citizen: bool) -> str:
    if row.side == "citizen":
        return "您" if for_citizen else "当事人"
    return "承办单位" if for_citizen else row.label
