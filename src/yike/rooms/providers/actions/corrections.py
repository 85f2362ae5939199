"""Comparing an entry with its source, reporting what is wrong, answering the report."""

from __future__ import annotations

from datetime import date
from secrets import choice
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import ALPHABET
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.guard import clean
from yike.rooms.providers import access, entry, events
from yike.rooms.providers import corrections as words_of
from yike.rooms.providers.models import Correction, InstitutionCheck
from yike.rooms.trail import actions as trail_actions

CODE_LENGTH = 12


@transaction.atomic
def verify_institution(
    *,
    institution_id: UUID,
    source: str,
    actor: Actor,
    checked_on: date | None = None,
    note: str = "",
) -> None:
    """This will write down that an entry was compared with its source on a day (today).

    By the department in charge of its kind, or a registrar of the place. Refuses BadInput a day to
    come and an empty source.
    """
    house = access.institution_to_check(actor, institution_id)
    today = clock.today()
    if checked_on is not None and checked_on > today:
        raise BadInput("核实日期不能晚于今天", field="checked_on")
    row = InstitutionCheck.objects.create(
        institution=house,
        source=entry.filled(source, "source", "数据来源", most=120),
        checked_on=checked_on or today,
        checked_by=actor.account_id,
        note=entry.line(note, "note", most=200),
    )
    trail_actions.record(
        events.InstitutionVerified(
            institution_id=house.pk, name=house.name, region_code=house.region_id,
            source=row.source, checked_on=row.checked_on,
        ),
        actor=actor,
    )  # fmt: skip


@transaction.atomic
def report_wrong(
    *,
    about: str,
    subject: UUID,
    name: str,
    region_code: str,
    kind: str,
    wrong: str,
    words: str,
    actor: Actor,
) -> str:
    """This will take a citizen's report about a public page and return the code of its receipt.

    `about` institution or station, found by the caller; `kind` the resource kind whose department
    answers ("" where none does). Refuses BadInput a wrong without a name, "other" without words.
    """
    said = clean.text(words, field="words", most=300)
    if wrong == "other" and not said:
        raise BadInput("请写明哪里不对", field="words")
    row = Correction.objects.create(
        code="".join(choice(ALPHABET) for _ in range(CODE_LENGTH)),
        about=entry.one_of(about, words_of.SUBJECTS, "about", "对象"),
        subject=subject,
        name=name[:100],
        region_id=region_code,
        kind=kind,
        wrong=entry.one_of(wrong, words_of.WRONGS, "wrong", "哪里不对"),
        words=said,
        made_at=clock.now(),
    )
    trail_actions.record(
        events.CorrectionReported(
            correction_id=row.pk, name=row.name, region_code=region_code, resource_kind=kind,
            wrong_name=words_of.WRONGS[wrong],
        ),
        actor=actor,
    )  # fmt: skip
    return row.code


@transaction.atomic
def answer_correction(*, correction_id: UUID, outcome: str, answer: str, actor: Actor) -> None:
    """This will answer a report: mended, right as it is, or not to be verified.

    By the department in charge or a registrar. Refuses Clash when it is answered already.
    """
    if actor.kind not in ("staff", "system"):
        raise NotAllowed("信息纠错由责任科室答复")
    row = access.correction_for(actor, correction_id)
    if row.state != "open":
        raise Clash("这条纠错已经答复", way_on="请刷新页面。")
    row.state, row.answered_at, row.answered_by = "answered", clock.now(), actor.account_id
    row.outcome = entry.one_of(outcome, words_of.OUTCOMES, "outcome", "结果")
    row.answer = clean.text(answer, field="answer", most=300, least=2)
    row.save(update_fields=["state", "answered_at", "answered_by", "outcome", "answer"])
    trail_actions.record(
        events.CorrectionAnswered(
            correction_id=row.pk, name=row.name, region_code=row.region_id,
            outcome_name=words_of.OUTCOMES[outcome],
        ),
        actor=actor,
    )  # fmt: skip
