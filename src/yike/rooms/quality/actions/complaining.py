"""Complaints about service: made, held, answered, appealed once to the upper level."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from yike.engines.seal import sm3
from yike.rooms.clocks import actions as clocks_actions
from yike.rooms.core import clock, refs
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.files import actions as files_actions
from yike.rooms.guard import clean, limits
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.faces import Service
from yike.rooms.people import actions as people_actions
from yike.rooms.people import roles
from yike.rooms.providers import queries as providers_queries
from yike.rooms.quality import access, codes, deed, events, mending, policy, telling
from yike.rooms.quality.models import Complaint
from yike.rooms.trail import actions as trail_actions

LETTER, ANSWER, APPEAL = "complaint.letter", "complaint.service", "complaint.appeal"
UPHELD = {True: "属实", False: "不属实"}
_PER_ADDRESS, _HOUR = 10, 3600


@dataclass(frozen=True, kw_only=True)
class Grievance:
    """What somebody complains about. `reference`: a matter they proved to be theirs, or ""."""

    kind: str
    words: str
    name: str = ""
    phone: str = ""
    region_code: str = ""
    reference: str = ""
    about_words: str = ""
    file_ids: tuple[UUID, ...] = ()
    demo: bool = False


@dataclass(frozen=True, kw_only=True)
class ComplaintReceipt:
    """The answer to whoever complains."""

    complaint_id: UUID
    reference: str
    letter_due_at: datetime
    due_at: datetime


@transaction.atomic
def make_complaint(*, grievance: Grievance, key: str, actor: Actor) -> ComplaintReceipt:
    """This will take a complaint in, with two promises: holding letter and answer.

    `key`: of the form; the same key makes one complaint. A citizen who claims the matter complains
    about it; a visitor about anything; staff for somebody. Refuses BadInput, TooMany, NotFound.
    """
    if actor.kind in ("visitor", "citizen"):
        limits.allow(what="complain", who=actor.address, per_seconds=_HOUR, at_most=_PER_ADDRESS)
    row = _read(grievance, actor)
    row.key = sm3(f"{actor.door}/{actor.ref}/{key}".encode()).hex()
    known = _before(row.key)
    if known:
        raise Clash(
            f"这份投诉已经收到了，编号 {known}",
            way_on="不用再交一次；凭编号和电话查看处理情况。",
        )
    return _take(row, grievance, actor)


@transaction.atomic
def give_complaint(*, complaint_id: UUID, actor: Actor) -> None:
    """This will name who deals with a new complaint: a supervisor it is not about, or a director.

    Only the house does it; repeatable.
    """
    if actor.kind != "system":
        raise NotAllowed("由系统指定处理人")
    case = access.case_for(actor, Complaint, complaint_id, lock=True)
    if case.owner_account is not None or case.owner_org is not None or case.ended_at is not None:
        return
    about = frozenset(case.about_accounts)
    case.owner_account = deed.leader_of(
        case.region_code, case.secrecy, roles.SUPERVISOR, but=about
    ) or deed.leader_of(case.region_code, case.secrecy, roles.DIRECTOR, but=about)
    case.save(update_fields=["owner_account"])
    telling.staff(
        "quality.complaint", case, "complaint", actor=actor, account=case.owner_account,
        reason=codes.COMPLAINTS[case.kind],
    )  # fmt: skip


@transaction.atomic
def send_letter(*, case_id: UUID, words: str, actor: Actor, seen: str = "") -> None:
    """This will tell who complained that it is being looked into (holding letter)."""
    doing = deed.begin("send_letter", Complaint, case_id, actor=actor, seen=seen)
    deed.stop_clocks("complaint", doing.case, actor=actor, promise=LETTER)
    doing.change(letter=deed.words(words), letter_at=doing.now, due_at=doing.case.answer_due_at)
    deed.settle(doing)
    telling.complainant(doing.case, "citizen.complaint_held", actor=actor, reason=doing.case.letter)
    deed.done(doing, events.ComplaintHeld(**_about(doing.case)))


@transaction.atomic
def answer_complaint(
    *,
    case_id: UUID,
    upheld: bool,
    words: str,
    mend_org: UUID | None = None,
    actor: Actor,
    seen: str = "",
) -> UUID | None:
    """This will answer; an upheld one becomes a rectification, whose id is returned.

    Refuses whoever it is about, and an upheld one for which nobody is named to mend it.
    """
    doing = deed.begin("answer_complaint", Complaint, case_id, actor=actor, seen=seen)
    said = deed.words(words, least=10)
    deed.stop_clocks("complaint", doing.case, actor=actor)
    doing.change(
        upheld=upheld, answer=said, answered_at=doing.now, answered_by=actor.account_id, due_at=None
    )
    made = _mend(doing.case, mend_org or doing.case.about_org, said, actor) if upheld else None
    deed.settle(doing)
    telling.complainant(
        doing.case, "citizen.complaint_answered", actor=actor, reason=UPHELD[upheld]
    )
    told = {"upheld": upheld, "upheld_name": UPHELD[upheld]}
    deed.done(doing, events.ComplaintAnswered(**(_about(doing.case) | told)))
    return made


@transaction.atomic
def hand_complaint(
    *, case_id: UUID, to_org: UUID, words: str, actor: Actor, seen: str = ""
) -> None:
    """This will let an office deal with it. Refuses the office it is about."""
    doing = deed.begin("hand_complaint", Complaint, case_id, actor=actor, seen=seen)
    if to_org == doing.case.about_org:
        raise BadInput("不能交给被投诉的单位自己处理", field="to_org")
    name = providers_queries.institution(to_org).name
    doing.change(owner_org=to_org, owner_account=None)
    deed.settle(doing)
    telling.staff(
        "quality.complaint", doing.case, "complaint", actor=actor, org=to_org,
        reason=deed.words(words),
    )  # fmt: skip
    deed.done(doing, events.ComplaintHanded(**_about(doing.case), to_org=to_org, to_name=name))


@transaction.atomic
def appeal(*, case_id: UUID, words: str, actor: Actor, seen: str = "") -> None:
    """This will take the answer to the upper level, once, within the days set."""
    doing = deed.begin("appeal", Complaint, case_id, actor=actor, seen=seen)
    due = deed.start_clock("complaint", doing.case, APPEAL, actor=actor)
    doing.change(appeal=deed.words(words), appealed_at=doing.now, due_at=due)
    deed.settle(doing)
    doing.case.did_account = doing.case.answered_by
    doing.case.save(update_fields=["did_account"])
    told = {"due_at": due.astimezone(clock.CIVIL)}
    deed.done(doing, events.ComplaintAppealed(**(_about(doing.case) | told)))


@transaction.atomic
def decide_appeal(*, case_id: UUID, upheld: bool, words: str, actor: Actor, seen: str = "") -> None:
    """This will decide for the upper level: a director who did not answer the complaint."""
    doing = deed.begin("decide_appeal", Complaint, case_id, actor=actor, seen=seen)
    said = deed.words(words, least=10)
    doing.change(
        appeal_upheld=upheld, appeal_answer=said, appeal_answered_at=doing.now, due_at=None
    )
    if upheld and not doing.case.upheld and doing.case.about_org is not None:
        _mend(doing.case, doing.case.about_org, said, actor)
    deed.settle(doing)
    name = "支持投诉人" if upheld else "维持原答复"
    telling.complainant(doing.case, "citizen.complaint_decided", actor=actor, reason=name)
    told = {"upheld": upheld, "upheld_name": name}
    deed.done(doing, events.ComplaintDecided(**(_about(doing.case) | told)))


@transaction.atomic
def withdraw_complaint(*, case_id: UUID, actor: Actor, seen: str = "") -> None:
    """This will take the complaint back, by whoever made it."""
    doing = deed.begin("withdraw_complaint", Complaint, case_id, actor=actor, seen=seen)
    doing.change(due_at=None)
    deed.settle(doing)
    deed.done(doing, events.ComplaintWithdrawn(**_about(doing.case)))


@transaction.atomic
def settle_complaints(*, now: datetime, actor: Actor, limit: int = 200) -> int:
    """This will close answered complaints that nobody appealed in time; returns how many."""
    if actor.kind != "system":
        raise NotAllowed("只有系统可以到期办结")
    before = now - timedelta(days=policy.value("appeal.days"))
    old = Complaint.objects.filter(state="answered", answered_at__lt=before)
    found = list(old.order_by("answered_at").values_list("id", flat=True)[:limit])
    for case_id in found:
        doing = deed.begin("settle_complaint", Complaint, case_id, actor=actor)
        deed.settle(doing)
        deed.done(doing, events.ComplaintSettled(**_about(doing.case)))
    return len(found)


def _read(told: Grievance, actor: Actor) -> Complaint:
    if told.kind not in codes.COMPLAINTS:
        raise BadInput("请选择投诉什么", field="kind")
    row = Complaint(
        id=new_id(),
        state="received",
        kind=told.kind,
        words=clean.text(told.words, field="words", most=deed.WORDS_MOST, least=5),
        about_words=clean.text(told.about_words, field="about_words", most=100),
        channel="desk" if actor.kind == "staff" else "web",
        found_at=clock.now(),
        region_code=told.region_code,
        demo=told.demo,
    )
    if told.reference:
        _about_matter(row, matters_queries.service_of(actor, told.reference))
    if not row.region_code:
        raise BadInput("请选择在哪个乡镇", field="region_code")
    return row


def _about_matter(row: Complaint, service: Service) -> None:
    row.matter_id, row.region_code = service.matter_id, service.region_code
    row.secrecy, row.about_org, row.demo = service.level, service.holder_org, service.demo
    row.about_accounts = sorted(service.served_accounts)
    row.phone_index, row.party_mask = service.phone_index, service.party_mask


def _before(key: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("select reference from quality_complained_before(%s)", [key])
        found = cursor.fetchone()
    return str(found[0]) if found else ""


def _take(row: Complaint, told: Grievance, actor: Actor) -> ComplaintReceipt:
    """Written in one go: a visitor does not see it afterwards. A job names its owner."""
    row.reference = refs.new_reference(row.found_at)
    _know(row, told, actor)
    letter, answer = clocks_actions.start_clocks(
        subject_kind="complaint", subject_id=row.id, promise_codes=[LETTER, ANSWER],
        region_code=row.region_code, actor=actor,
    )  # fmt: skip
    row.due_at, row.answer_due_at = letter.due_at, answer.due_at
    row.file_ids = list(told.file_ids)
    Complaint.objects.bulk_create([row])
    if told.file_ids:
        files_actions.attach_files(
            file_ids=row.file_ids, about="complaint", subject=str(row.id),
            level=row.secrecy, actor=actor,
        )  # fmt: skip
    event = events.ComplaintMade(
        **_about(row),
        kind_code=row.kind,
        kind_name=codes.COMPLAINTS[row.kind],
        channel=row.channel,
        letter_due_at=letter.due_at.astimezone(clock.CIVIL),
        due_at=answer.due_at.astimezone(clock.CIVIL),
        demo=row.demo,
    )
    trail_actions.record(event, actor=actor)
    return ComplaintReceipt(
        complaint_id=row.id, reference=row.reference, letter_due_at=letter.due_at,
        due_at=answer.due_at,
    )  # fmt: skip


def _know(row: Complaint, told: Grievance, actor: Actor) -> None:
    """Who complains: as the matter knows them, or as they say now, sealed."""
    if row.phone_index:
        return
    if not told.phone.strip() or not told.name.strip():
        raise BadInput("请写姓名和电话：查看处理情况和答复您都要用到", field="phone")
    person = people_actions.PartyTold(name=told.name, phone=told.phone)
    known = people_actions.record_party(told=person, actor=actor)
    row.party_id, row.party_mask, row.phone_index = (
        known.id, known.name_mask, known.phone_index,
    )  # fmt: skip


def _about(case: Complaint) -> dict[str, Any]:
    return {
        "complaint_id": case.id, "reference": case.reference, "region_code": case.region_code,
    }  # fmt: skip


def _mend(case: Complaint, org: UUID | None, said: str, actor: Actor) -> UUID:
    if org is None:
        raise BadInput("属实的投诉要有单位整改，请选择单位", field="mend_org")
    return mending.assign(
        mending.Task(
            source="complaint",
            org=org,
            title=f"投诉整改：{codes.COMPLAINTS[case.kind]}",
            task=said,
            found_at=case.found_at,
            complaint=case.id,
        ),
        of=case,
        actor=actor,
    )
