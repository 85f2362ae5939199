"""Complaints: letter in a day, answer in fifteen, one appeal; never shown to the accused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers as matters
from yike.rooms.people import sealing
from yike.rooms.quality import queries
from yike.rooms.quality.actions import ComplaintReceipt, Grievance
from yike.rooms.quality.models import Complaint
from yike.rooms.quality.tests import makers
from yike.rooms.quality.tests.makers import Quality

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
PHONE = "13857499999"


def _made(actor: Actor = makers.VISITOR, key: str = "", **told: Any) -> ComplaintReceipt:
    usual: dict[str, Any] = {
        "kind": "01", "words": "工作人员态度很差，不肯受理。", "name": "赵六", "phone": PHONE,
        "region_code": matters.SHIPU,
    }  # fmt: skip
    grievance = Grievance(**{**usual, **told})
    actor = replace(actor, address=str(new_id()))
    receipt: ComplaintReceipt = makers.do(
        "make_complaint", actor, grievance=grievance, key=key or str(new_id())
    )
    makers.house("give_complaint", complaint_id=receipt.complaint_id)
    return receipt


def _row(case_id: UUID) -> Complaint:
    with acting(makers.SYSTEM):
        return Complaint.objects.get(id=case_id)


def _claimant(receipt: ComplaintReceipt, phone: str = PHONE) -> Actor:
    return makers.VISITOR.claiming(receipt.reference, sealing.phone_index(phone))


def test_it_has_two_promises_and_an_owner(county: Quality) -> None:
    receipt = _made()
    assert f"{receipt.letter_due_at.astimezone(clock.CIVIL):%m-%d}" == "11-17"
    assert f"{receipt.due_at.astimezone(clock.CIVIL):%m-%d}" == "12-07"
    assert _row(receipt.complaint_id).owner_account in (
        county.ma.account_id, county.gao.account_id,
    )  # fmt: skip


def test_a_resend_is_one_complaint(county: Quality) -> None:
    receipt = _made(key="once-and-only")
    with pytest.raises(Clash, match=receipt.reference):
        _made(key="once-and-only")


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "77"}, {"words": "差"}, {"phone": ""}, {"region_code": ""}, {"name": ""}],
)
def test_what_is_missing_is_said(county: Quality, wrong: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        _made(**wrong)


def test_it_is_followed_by_reference_and_phone_only(county: Quality) -> None:
    receipt = _made()
    with acting(_claimant(receipt)) as citizen:
        face = queries.complaint_face(citizen)
    assert (face.kind_name, face.can) == ("服务态度", frozenset({"withdraw_complaint"}))
    with acting(_claimant(receipt, "13857400000")) as other, pytest.raises(NotFound):
        queries.complaint_face(other)


def test_the_accused_neither_see_nor_answer_it(county: Quality) -> None:
    cast = county.county
    reference = makers.answered(cast)
    citizen = matters.citizen(reference)
    receipt = _made(citizen, reference=reference, phone="", name="")
    row = _row(receipt.complaint_id)
    assert row.about_org == cast.shipu_office
    assert row.phone_index == citizen.claim_key
    for who in (cast.wang, cast.li, cast.dispatcher):
        with pytest.raises(NotFound):
            makers.do("send_letter", who, case_id=row.id, words="已收到您的投诉")
    with pytest.raises(BadInput, match="被投诉"):
        makers.do(
            "hand_complaint", county.ma, case_id=row.id, to_org=cast.shipu_office, words="自己看"
        )


def test_the_whole_ladder(county: Quality) -> None:
    cast = county.county
    reference = makers.answered(cast)
    receipt = _made(matters.citizen(reference), reference=reference, phone="", name="")
    case = receipt.complaint_id
    makers.do("send_letter", county.ma, case_id=case, words="您的投诉已收到，正在核查。")
    assert _row(case).due_at == receipt.due_at
    said = "经核查工作人员当日有两次未接电话，情况不属实。"
    makers.do("answer_complaint", county.ma, case_id=case, upheld=False, words=said)
    claimant = _claimant(receipt, matters.PHONE)
    makers.do("appeal", claimant, case_id=case, words="录音可以证明")
    with pytest.raises(NotAllowed):
        makers.do("appeal", claimant, case_id=case, words="再来一次")
    for who in (county.ma, county.gao):
        with pytest.raises(NotAllowed):
            makers.do("decide_appeal", who, case_id=case, upheld=True, words=said)
    told = {"upheld": True, "words": "调取录音后认定投诉属实，责成整改。"}
    makers.do("decide_appeal", cast.director, case_id=case, **told)
    assert _row(case).state == "closed"
    with acting(county.ma):
        page = queries.case_page(county.ma, "complaint", case)
    assert [noun for noun, _, _ in page.related] == ["rectification"]


def test_an_upheld_one_is_mended(county: Quality) -> None:
    receipt = _made()
    told = {"case_id": receipt.complaint_id, "upheld": True, "words": "经核查属实，向您道歉。"}
    with pytest.raises(BadInput) as no:
        makers.do("answer_complaint", county.ma, **told)
    assert no.value.field == "mend_org"
    made = makers.do("answer_complaint", county.ma, mend_org=county.county.hepu_office, **told)
    with acting(county.county.zhao):
        assert queries.case_page(county.county.zhao, "rectification", made).row.mine


def test_after_thirty_days_there_is_no_appeal_and_it_is_settled(county: Quality) -> None:
    receipt = _made()
    told = {"upheld": False, "words": "经核查，不属实，特此答复。"}
    makers.do("answer_complaint", county.ma, case_id=receipt.complaint_id, **told)
    later = makers.MONDAY + timedelta(days=31)
    with clock.at(later):
        with pytest.raises(NotAllowed, match="期限已过"):
            makers.do("appeal", _claimant(receipt), case_id=receipt.complaint_id, words="我不同意")
        assert makers.house("settle_complaints", now=later) == 1
    assert _row(receipt.complaint_id).state == "closed"
