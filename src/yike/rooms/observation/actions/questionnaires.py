"""Questionnaires in versions: drafted, published, retired; sources of law checked by another."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.guard import clean
from yike.rooms.observation import access, entry, events, flow, scoring
from yike.rooms.observation.models import Question, Questionnaire, Wave
from yike.rooms.providers.access import require_registrar
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def draft_questionnaire(
    *, county_code: str, title: str, intro: str = "", demo: bool = False, actor: Actor
) -> UUID:
    """This will begin a questionnaire, without questions."""
    require_registrar(actor, county_code)
    row = Questionnaire(
        id=new_id(), county_code=county_code, demo=demo,
        title=entry.filled(title, "title", "名称", most=80),
        intro=clean.text(intro, field="intro", most=500),
    )  # fmt: skip
    row.family = row.id
    row.save(force_insert=True)
    _tell(row, "起草", actor)
    return row.id


@transaction.atomic
def draft_version(*, questionnaire_id: UUID, actor: Actor) -> UUID:
    """This will begin the next version with the same questions; checks of sources are kept."""
    old = access.kept(Questionnaire, actor, questionnaire_id)
    versions = Questionnaire.objects.filter(family=old.family)
    if versions.filter(state=flow.DRAFT).exists():
        raise NotAllowed("已经有一版草稿", way_on="请先发布那一版，或直接改它。")
    newest = versions.order_by("-version").values_list("version", flat=True)[0]
    row = Questionnaire(
        id=new_id(), county_code=old.county_code, family=old.family, version=newest + 1,
        title=old.title, intro=old.intro, demo=old.demo,
    )  # fmt: skip
    row.save(force_insert=True)
    questions = list(Question.objects.filter(questionnaire=old))
    for one in questions:
        one.id, one.questionnaire = new_id(), row
    Question.objects.bulk_create(questions)
    _tell(row, "起草", actor)
    return row.id


@transaction.atomic
def put_question(
    *,
    questionnaire_id: UUID,
    kind: str,
    words: str,
    dimension: str = "",
    weight: int = 0,
    options: str = "",
    knowledge: bool = False,
    source: str = "",
    actor: Actor,
) -> UUID:
    """This will add a question to a draft, as its last. `options`: one a line, * before the right.

    Refuses BadInput what scoring.fault says; NotAllowed what is published.
    """
    sheet = access.draft(actor, questionnaire_id)
    entry.one_of(kind, scoring.KINDS, "kind", "题型")
    rows = Question.objects.filter(questionnaire=sheet)
    if rows.count() >= scoring.MOST_QUESTIONS:
        raise BadInput(f"一份问卷最多 {scoring.MOST_QUESTIONS} 题。", field="words")
    if not 0 <= weight <= scoring.MOST_WEIGHT:
        raise BadInput(f"权重是 0 到 {scoring.MOST_WEIGHT} 的整数。", field="weight")
    offered, right = scoring.read_options(kind, clean.text(options, field="options", most=2000))
    last = rows.order_by("-no").values_list("no", flat=True).first() or 0
    asked = scoring.Asked(
        no=last + 1, kind=kind, words=entry.filled(words, "words", "题目", most=300),
        dimension=entry.line(dimension, "dimension", most=30), weight=weight, options=offered,
        right=right, knowledge=knowledge, source=entry.line(source, "source"),
    )  # fmt: skip
    field, wrong = scoring.fault(asked)
    if wrong:
        raise BadInput(wrong, field=field)
    row = Question.objects.create(
        id=new_id(), questionnaire=sheet, no=asked.no, kind=kind, words=asked.words,
        dimension=asked.dimension if weight else "", weight=weight, options=list(offered),
        right=list(right), knowledge=knowledge, source=asked.source, written_by=actor.account_id,
    )  # fmt: skip
    _tell_question(sheet, "增加", row.no, actor)
    return row.id


@transaction.atomic
def drop_question(*, questionnaire_id: UUID, question_id: UUID, actor: Actor) -> None:
    """This will take a question out of a draft. Refuses NotFound."""
    sheet = access.draft(actor, questionnaire_id)
    row = Question.objects.filter(questionnaire=sheet, pk=question_id).first()
    if row is None:
        raise NotFound("没有这道题")
    row.delete()
    _tell_question(sheet, "删除", row.no, actor)


@transaction.atomic
def verify_source(*, questionnaire_id: UUID, question_id: UUID, actor: Actor) -> None:
    """This will say that a source of law was looked up and is right: by another than who wrote it.

    Refuses NotAllowed the writer, a question without a source, one that is checked.
    """
    row = access.question(actor, question_id)
    if row.questionnaire_id != questionnaire_id:
        raise NotFound("没有这道题")
    if not row.source or row.verified_on is not None:
        raise NotAllowed("这道题没有写法律出处，或已经核对过")
    if actor.kind == "staff" and row.written_by == actor.account_id:
        raise NotAllowed("自己拟的题不能自己核对", way_on="请另一位同事查原文后核对。")
    row.verified_on, row.verified_label = clock.today(), actor.label[:80]
    row.save(update_fields=["verified_on", "verified_label"])
    _tell_question(row.questionnaire, "核对法律出处：", row.no, actor)


@transaction.atomic
def move_questionnaire(*, questionnaire_id: UUID, deed: str, actor: Actor) -> None:
    """This will publish or retire a questionnaire ("publish", "retire").

    Refuses NotAllowed what the state does not permit, a questionnaire without a scored question,
    and to retire what a period asks now.
    """
    row = access.kept(Questionnaire, actor, questionnaire_id)
    state, words = flow.moved("questionnaire", deed, row.state)
    if not state:
        raise NotAllowed(f"问卷{flow.QUESTIONNAIRE[row.state]}，不能这样做")
    if deed == "publish":
        if not Question.objects.filter(questionnaire=row, weight__gt=0).exists():
            raise NotAllowed("问卷还没有一道计分的题", way_on="请先增加题目。")
        row.published_on = clock.today()
    elif Wave.objects.filter(questionnaire=row).exclude(state=flow.CLOSED).exists():
        raise NotAllowed("有观测期正在用这份问卷", way_on="请先关闭观测期。")
    row.state = state
    row.save(update_fields=["state", "published_on"])
    _tell(row, words, actor)


def _tell(row: Questionnaire, deed: str, actor: Actor) -> None:
    told = events.QuestionnaireMoved(
        questionnaire_id=row.pk, title=row.title, version=row.version, deed=deed,
        region_code=row.county_code,
    )  # fmt: skip
    trail_actions.record(told, actor=actor)


def _tell_question(row: Questionnaire, deed: str, no: int, actor: Actor) -> None:
    told = events.QuestionKept(
        questionnaire_id=row.pk, title=row.title, version=row.version, deed=deed, no=no,
        region_code=row.county_code,
    )  # fmt: skip
    trail_actions.record(told, actor=actor)
