"""Rating by link and complaining, as a browser without script does."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.test import Client

from yike.doors.portal.tests import walk
from yike.rooms.core import clock
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.matters.tests.makers import County
from yike.rooms.quality import actions as quality_actions
from yike.rooms.quality.models import Complaint, Rating


def _web() -> Client:
    return Client(REMOTE_ADDR=f"10.3.{uuid4().int % 250}.{uuid4().int % 250}")


def _answered(county: County) -> tuple[str, str]:
    phone = f"138{uuid4().int % 10**8:08d}"
    with clock.at(clock.now() - timedelta(hours=1)):
        reference = makers.worked(county, phone=phone)
        makers.do("close", reference, county.wang, result="answered", reply="请向劳动监察投诉。")
    return reference, phone


def _link(reference: str) -> str:
    with acting(makers.SYSTEM):
        return quality_actions.invite_rating(reference=reference, actor=makers.SYSTEM)


def test_a_link_rates_once_without_signing_in(county: County) -> None:
    reference, phone = _answered(county)
    path, web = _link(reference), _web()
    page = web.get(path).content.decode()
    assert reference in page
    assert phone not in page
    nothing = web.post(path, {"words": "好"})
    assert walk.wrongs(nothing) == [("id_level_0", "请先选一个满意程度。")]
    bad = web.post(path, {"level": "2", "words": "没人接电话"})
    assert walk.wrongs(bad)[0][0] == "id_reasons_0"
    assert walk.typed_in(bad, "words") == "没人接电话"
    thanks = web.post(path, {"level": "2", "reasons": ["slow"], "words": "没人接电话"})
    assert thanks.status_code == 200
    assert "panel-done" in thanks.content.decode()
    again = web.get(path).content.decode()
    assert 'name="level"' not in again
    assert web.post(path, {"level": "5"}).status_code == 422
    with acting(makers.SYSTEM):
        assert Rating.objects.get(matter__reference=reference).level == 2


def test_wrong_links_all_get_one_answer(county: County) -> None:
    codes = {_web().get(f"/rate/{token}").status_code for token in ("x", "0" * 26, "评价")}
    assert codes == {404}


def test_a_complaint_is_made_followed_and_appealed(county: County) -> None:
    web, key = _web(), str(uuid4())
    told = {
        "kind": "01", "words": "工作人员说话很难听。", "region_code": makers.SHIPU, "name": "赵六",
        "phone": "13857499999", "key": key,
    }  # fmt: skip
    page = web.get("/complain")
    assert page.status_code == 200
    assert len(walk.typed_in(page, "key")) == 36
    lacking = web.post("/complain", {"key": key, "words": "工作人员说话很难听。"})
    assert {anchor for anchor, _ in walk.wrongs(lacking)} == {
        "id_kind_0", "id_region_code", "id_name", "id_phone",
    }  # fmt: skip
    assert walk.typed_in(lacking, "words") == "工作人员说话很难听。"
    assert web.post("/complain", told).status_code == 302
    assert web.post("/complain", told).status_code == 422
    mine = web.get("/complain/mine")
    reference = walk.reference(mine)
    other = _web()
    wrong = other.post("/complain/follow", {"reference": reference, "phone": "13900000000"})
    assert wrong.status_code == 422
    own = {"reference": reference, "phone": "13857499999"}
    assert other.post("/complain/follow", own).status_code == 302
    assert reference in other.get("/complain/mine").content.decode()
    assert other.post("/complain/appeal", {"words": "不同意"}).status_code == 422
    assert other.post("/complain/withdraw").status_code == 302
    with acting(makers.SYSTEM):
        assert Complaint.objects.get(reference=reference).state == "withdrawn"


def test_a_complaint_about_a_matter_needs_its_phone(county: County) -> None:
    reference, phone = _answered(county)
    told = {
        "kind": "02", "words": "等了三个星期没有答复。", "reference": reference, "phone": phone,
        "key": str(uuid4()),
    }  # fmt: skip
    web = _web()
    wrong = web.post("/complain", told | {"phone": "13900000001"})
    assert walk.wrongs(wrong)[0][0] == "id_reference"
    assert web.post("/complain", told).status_code == 302
    with acting(makers.SYSTEM):
        made = Complaint.objects.get(matter__reference=reference)
    assert made.about_org == county.shipu_office
    linked = _web().get(f"/complain?reference={reference}")
    assert walk.typed_in(linked, "reference") == reference
