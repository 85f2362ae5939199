"""One case, whole, with the deeds its reader may do now; and a complaint as its maker sees it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.files import queries as files_queries
from yike.rooms.files.faces import FileFace
from yike.rooms.matters import queries as matters_queries
from yike.rooms.people import queries as people_queries
from yike.rooms.quality import access, codes, facts, flow, policy
from yike.rooms.quality.faces import AttemptFace, CasePage, ComplaintFace
from yike.rooms.quality.models import Alert, Attempt, Callback, Complaint, Rectification
from yike.rooms.quality.models.cases import Case
from yike.rooms.quality.queries import describing, rowing, verbs
from yike.rooms.trail import queries as trail_queries


def case_page(actor: Actor, noun: str, case_id: UUID) -> CasePage:
    """This will return one case with its history and deeds. Refuses NotFound."""
    if noun not in access.MODELS or actor.kind not in ("staff", "system"):
        raise NotFound("没有找到这一条", way_on="请从清单重新进入。")
    case: Any = access.case_for(actor, access.MODELS[noun], case_id)
    history = trail_queries.history_of(noun, str(case_id), actor=actor)
    return CasePage(
        row=rowing.rows([case], actor)[0],
        version=case.version,
        facts=describing.facts_of(case),
        texts=describing.texts_of(case),
        reference=_reference(case, actor),
        attempts=_attempts(case),
        files=_files(case),
        related=_related(case),
        history=tuple((one.at, one.sentence, one.actor_label) for one in history.rows),
        verbs=verbs.of(case, actor),
    )


def complaint_face(actor: Actor) -> ComplaintFace:
    """This will return the complaint that a citizen claims by reference and phone.

    Refuses NotFound in the same words for a wrong phone and an unknown reference.
    """
    found = Complaint.objects.filter(reference=actor.claim_ref).first()
    if actor.kind != "citizen" or found is None:
        raise NotFound("没有找到这份投诉", way_on="请核对编号和电话。")
    allowed = flow.allowed(
        "complaint", found.state, access.standing_of(found, actor), facts.of(found, actor)
    )
    until = found.answered_at and found.answered_at + timedelta(days=policy.value("appeal.days"))
    return ComplaintFace(
        id=found.id,
        reference=found.reference,
        version=found.version,
        state=found.state,
        state_name=flow.STATES["complaint"][found.state],
        ended=found.ended_at is not None,
        kind_name=codes.COMPLAINTS[found.kind],
        words=found.words,
        made_at=found.found_at,
        due_at=found.due_at,
        letter=found.letter,
        letter_at=found.letter_at,
        upheld=found.upheld,
        answer=found.answer,
        answered_at=found.answered_at,
        appeal=found.appeal,
        appealed_at=found.appealed_at,
        appeal_answer=found.appeal_answer,
        appeal_answered_at=found.appeal_answered_at,
        appeal_until=until,
        can=frozenset(row.verb for row in allowed),
    )


def _reference(case: Case, actor: Actor) -> str:
    matter = None
    if isinstance(case, Callback):
        matter = case.rating.matter_id
    elif isinstance(case, Complaint):
        matter = case.matter_id
    elif isinstance(case, Rectification) and case.rating is not None:
        matter = case.rating.matter_id
    elif isinstance(case, Alert) and case.subject_kind == "matter":
        matter = UUID(case.subject)
    found = matters_queries.services(actor, [matter]).get(matter) if matter else None
    return found.reference if found else ""


def _attempts(case: Case) -> tuple[AttemptFace, ...]:
    if not isinstance(case, Callback):
        return ()
    rows = list(Attempt.objects.filter(callback=case.id).order_by("at"))
    names = people_queries.account_names([row.by_account for row in rows if row.by_account])
    return tuple(
        AttemptFace(
            at=row.at,
            who=names.get(row.by_account, "") if row.by_account else "系统",
            result_name=codes.RESULTS[row.result],
            words=row.words,
        )
        for row in rows
    )


def _files(case: Case) -> tuple[FileFace, ...]:
    return tuple(files_queries.files_of(rowing.noun_of(case), str(case.id)))


def _related(case: Case) -> tuple[tuple[str, UUID, str], ...]:
    """What it led to (rectifications), or came from."""
    if isinstance(case, Rectification):
        came = (("alert", case.alert_id), ("complaint", case.complaint_id))
        seen = [(noun, one, access.NAMES[noun]) for noun, one in came if one is not None]
        call = Callback.objects.filter(rating=case.rating_id).first() if case.rating_id else None
        return (*seen, *([("callback", call.id, "差评回访")] if call else []))
    column = {"callback": "rating", "complaint": "complaint", "alert": "alert"}[
        rowing.noun_of(case)
    ]
    key = case.rating_id if isinstance(case, Callback) else case.id
    rows = Rectification.objects.filter(**{column: key}).order_by("found_at")
    return tuple(("rectification", row.id, row.title) for row in rows)
