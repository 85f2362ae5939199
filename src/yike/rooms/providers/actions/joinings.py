"""How an institution joins the platforms, step by step, and how it leaves (B9.5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.providers import access, entry, events, joining, kinds
from yike.rooms.providers.actions.credentials import record_credential
from yike.rooms.providers.actions.institutions import register_institution
from yike.rooms.providers.actions.stationing import end_stationings_of
from yike.rooms.providers.models import Institution, Joining, JoiningPaper
from yike.rooms.regions import queries as region_queries
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def apply_to_join(
    *,
    name: str,
    kind: str,
    region_code: str,
    offers: Sequence[tuple[str, str]],
    actor: Actor,
    uscc: str = "",
    address: str = "",
    phone: str = "",
    institution_id: UUID | None = None,
    applied_on: date | None = None,
    demo: bool = False,
) -> UUID:
    """This will take down that an institution wants to join, and what it offers.

    `institution_id`: when the register has it already. Refuses Clash while it is on its way in.
    """
    access.require_registrar(actor, region_code)
    region_queries.region(region_code)
    code = entry.uscc(uscc)
    alive = Joining.objects.filter(state__in=["applied", "agreed", "checked", "active"])
    if code and alive.filter(uscc=code).exists():
        raise Clash("这个机构已在申请或已经入驻", way_on="请打开原来的申请。")
    if not offers:
        raise BadInput("请写明提供哪些服务", field="offers")
    row = Joining(
        name=entry.filled(name, "name", "机构名称", most=100),
        kind=entry.one_of(kind, kinds.INSTITUTION_KINDS, "kind", "机构类别"),
        uscc=code,
        region_id=region_code,
        address=entry.line(address, "address"),
        phone=entry.line(phone, "phone", most=40),
        offers=[list(pair) for pair in entry.supplies(offers, "offers")],
        state="applied",
        applied_on=applied_on or clock.today(),
        institution_id=institution_id,
        demo=demo,
    )
    row.save(force_insert=True)
    applied = events.JoiningApplied(joining_id=row.pk, name=row.name, region_code=region_code)
    trail_actions.record(applied, actor=actor)
    return row.pk


@transaction.atomic
def show_paper(
    *,
    joining_id: UUID,
    kind: str,
    number: str,
    valid_from: date,
    actor: Actor,
    issuer: str = "",
    valid_until: date | None = None,
) -> int:
    """This will note a licence that the institution showed; `valid_until` is exclusive."""
    row = access.joining_for(actor, joining_id)
    _refuse_settled(row)
    if valid_until is not None and valid_until <= valid_from:
        raise BadInput("证照有效期止应晚于起", field="valid_until")
    paper = JoiningPaper(
        joining=row,
        kind=entry.filled(kind, "kind", "证照名称", most=60),
        number=entry.filled(number, "number", "证照编号", most=60),
        issuer=entry.line(issuer, "issuer", most=100),
        valid_from=valid_from,
        valid_until=valid_until,
    )
    entry.insert(paper, "这份证照已经登记")
    return paper.pk


@transaction.atomic
def check_paper(*, paper_id: int, passed: bool, actor: Actor, remark: str = "") -> None:
    """This will note what came of comparing a licence with its issuer's register.

    A licence that has ended cannot pass; one that fails needs a remark.
    """
    found = JoiningPaper.objects.filter(pk=paper_id).first()
    if found is None:
        raise NotFound("没有这份证照")
    row = access.joining_for(actor, found.joining_id)
    _refuse_settled(row)
    words = entry.line(remark, "remark")
    today = clock.today()
    if passed and found.valid_until is not None and found.valid_until <= today:
        raise NotAllowed("这份证照已经到期，不能核验通过", way_on="请机构换发后重新登记。")
    if not passed and not words:
        raise BadInput("核验不通过要写明原因", field="remark")
    found.passed, found.remark, found.checked_on = passed, words, today
    found.save(update_fields=["passed", "remark", "checked_on"])
    trail_actions.record(
        events.JoiningPaperChecked(
            joining_id=row.pk, name=row.name, region_code=row.region_id, paper=found.kind,
            outcome="通过" if passed else f"不通过（{words}）",
        ),
        actor=actor,
    )  # fmt: skip


@transaction.atomic
def sign_agreement(
    *,
    joining_id: UUID,
    agreement_no: str,
    agreement_from: date,
    actor: Actor,
    agreement_until: date | None = None,
) -> None:
    """This will note the agreement with an institution; `agreement_until` is exclusive."""
    row = _taking(joining_id, "sign", actor)
    if agreement_until is not None and agreement_until <= agreement_from:
        raise BadInput("协议止应晚于起", field="agreement_until")
    row.agreement_no = entry.filled(agreement_no, "agreement_no", "协议编号", most=60)
    row.agreement_from, row.agreement_until = agreement_from, agreement_until
    row.told_days = None
    _move(row, "sign", "", actor)


@transaction.atomic
def confirm_credentials(*, joining_id: UUID, actor: Actor) -> None:
    """This will say that every licence shown was checked and passed. Refuses while one was not."""
    row = _taking(joining_id, "check", actor)
    outcomes = list(JoiningPaper.objects.filter(joining=row).values_list("passed", flat=True))
    if not outcomes:
        raise NotAllowed("还没有登记证照", way_on="请先登记机构的执业许可证等证照。")
    if not all(outcomes):
        raise NotAllowed("还有证照没有核验或没有通过", way_on="请逐份核验，或不予入驻。")
    _move(row, "check", "", actor)


@transaction.atomic
def activate_joining(*, joining_id: UUID, code: str, actor: Actor) -> UUID:
    """This will let an institution in: it enters the register with its licences and its services.

    Returns the institution. Refuses Clash a code used already.
    """
    row = _taking(joining_id, "activate", actor)
    house = row.institution_id or _register(row, code, actor)
    row.institution_id = house
    _move(row, "activate", "", actor)
    return house


@transaction.atomic
def refuse_joining(*, joining_id: UUID, reason: str, actor: Actor) -> None:
    """This will refuse an application, with the reason."""
    row = _taking(joining_id, "refuse", actor)
    row.end_reason, row.ended_on = entry.filled(reason, "reason", "不予入驻的原因"), clock.today()
    _move(row, "refuse", f"：{row.end_reason}", actor)


@transaction.atomic
def leave_platforms(
    *, joining_id: UUID, reason: str, actor: Actor, ended_on: date | None = None
) -> None:
    """This will let an institution leave: its stationings end, its services are taken off.

    Its entry in the register stays: it may serve elsewhere. Closing it is a deed of its own.
    """
    row = _taking(joining_id, "leave", actor)
    row.end_reason = entry.filled(reason, "reason", "退出原因")
    row.ended_on = ended_on or clock.today()
    assert row.institution_id is not None
    end_stationings_of(
        institution_id=row.institution_id, reason=row.end_reason, on=row.ended_on, actor=actor
    )
    Institution.objects.filter(pk=row.institution_id).update(handles_orders=False)
    _move(row, "leave", f"：{row.end_reason}", actor)


def _register(row: Joining, code: str, actor: Actor) -> UUID:
    house = register_institution(
        code=code, name=row.name, kind=row.kind, region_code=row.region_id, uscc=row.uscc,
        address=row.address, phone=row.phone, supplies=[(one, two) for one, two in row.offers],
        demo=row.demo, actor=actor,
    )  # fmt: skip
    for paper in JoiningPaper.objects.filter(joining=row, passed=True):
        record_credential(
            kind=paper.kind, number=paper.number, issuer=paper.issuer, institution_id=house,
            valid_from=paper.valid_from, valid_until=paper.valid_until,
            verified_on=paper.checked_on, actor=actor,
        )  # fmt: skip
    return house


def _taking(joining_id: UUID, verb: str, actor: Actor) -> Joining:
    row = access.joining_for(actor, joining_id)
    if not joining.may(row.state, verb):
        name = joining.VERBS[verb][0]
        raise NotAllowed(
            f"现在是“{joining.STATES[row.state]}”，不能{name}", way_on="请刷新页面查看现在的状态。"
        )
    return row


def _move(row: Joining, verb: str, reason: str, actor: Actor) -> None:
    step, _, row.state = joining.VERBS[verb]
    row.save()
    trail_actions.record(
        events.JoiningMoved(
            joining_id=row.pk, name=row.name, region_code=row.region_id, step=step,
            state=row.state, reason=reason,
        ),
        actor=actor,
    )  # fmt: skip


def _refuse_settled(row: Joining) -> None:
    if row.state in ("active", "refused", "left"):
        raise NotAllowed(f"申请已是“{joining.STATES[row.state]}”，证照请在机构页更新")
