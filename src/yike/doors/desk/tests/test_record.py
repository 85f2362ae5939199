"""Writing down what somebody says: both endings, nothing lost, never twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yike.doors.desk import drawing
from yike.doors.desk.tests.soup import soup
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.faces import MatterPage
from yike.rooms.matters.models import Matter
from yike.rooms.matters.tests import makers
from yike.rooms.people import privacy_notices

Sit = Callable[[Actor], Client]


def _typed(desk: Client, **told: Any) -> dict[str, Any]:
    """A form as drawn, filled in as somebody at a window tells it."""
    key = soup(desk.get("/desk/record")).one("input", name="key").attrs["value"]
    usual = {
        "key": key, "channel": "02", "line": "12348", "phone": makers.PHONE, "name": "张三丰",
        "text": "老板拖欠我三个月工资，怎么要回来？", "demand_type": "2", "town": makers.SHIPU,
        "village": makers.JINPING, "points": "怎么要工资？\n能不能法律援助？", "do": "order",
        "on_behalf_of": "李四", "relation": "colleague", "contact_way": "sms",
        "safe_from": "18:00", "safe_until": "20:30", "contact_note": "不要打家里电话",
        "needs": ["dialect", "hearing"], "person_categories": ["migrant"],
    }  # fmt: skip
    return usual | told


def _page(actor: Actor, answer: Any) -> MatterPage:
    reference = answer.headers["Location"].split("/")[3]
    with acting(actor):
        return matters_queries.matter_page(actor, reference)


def _count() -> int:
    with acting(makers.SYSTEM):
        return Matter.objects.count()


def test_a_call_becomes_an_order_with_everything_told(county: makers.County, sit: Sit) -> None:
    desk = sit(county.clerk)
    answer = desk.post("/desk/record", _typed(desk))
    assert answer.status_code == 302
    page = _page(county.clerk, answer)
    assert (page.channel, page.line, page.region_code) == ("02", "12348", makers.JINPING)
    assert [one.words for one in page.points] == ["怎么要工资？", "能不能法律援助？"]
    assert page.party is not None
    assert (page.party.on_behalf_of, page.relation) == ("李*", "工友、同事")
    assert (page.safe_from, page.safe_until) == ("18:00", "20:30")
    assert page.needs == ("方言", "听力不便")
    receipt = soup(desk.get(answer.headers["Location"]))
    assert page.reference in receipt.one("p", class_="reference").words
    assert receipt.one("svg", class_="barcode")


def test_which_notice_the_clerk_told_is_kept(county: makers.County, sit: Sit) -> None:
    desk = sit(county.clerk)
    version = privacy_notices.current()
    box = soup(desk.get("/desk/record")).one("input", name="agreed")
    assert (box.attrs["type"], box.attrs["value"]) == ("checkbox", version)
    assert "checked" not in box.attrs
    untold = _page(county.clerk, desk.post("/desk/record", _typed(desk)))
    told = desk.post("/desk/record", _typed(desk, agreed=version, phone="13857400002"))
    page = _page(county.clerk, told)
    assert untold.party is not None
    assert page.party is not None
    assert (untold.party.agreed, page.party.agreed) == ("", version)
    shown = desk.get(f"/desk/m/{page.reference}").content.decode()
    assert "工作人员告知" in shown
    old = desk.post("/desk/record", _typed(desk, agreed="1999-1", phone="13857400003"))
    assert old.status_code == 422


def test_a_double_click_makes_one_matter(county: makers.County, sit: Sit) -> None:
    desk = sit(county.clerk)
    typed = _typed(desk)
    first, second = desk.post("/desk/record", typed), desk.post("/desk/record", typed)
    assert first.headers["Location"] == second.headers["Location"]
    assert _count() == 1


def test_an_answer_on_the_spot_makes_no_order(county: makers.County, sit: Sit) -> None:
    desk = sit(county.agent)
    spot = {"do": "spot", "answer": "先向劳动监察投诉。", "result": "answered", "minutes": "7"}
    answer = desk.post("/desk/record", _typed(desk, **spot))
    assert answer.status_code == 302, soup(answer).all("div", class_="wrongs")[0].words
    page = _page(county.agent, answer)
    assert (page.ended, page.result_name, page.minutes) == (True, "已解答", 7)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"phone": "1381234"}, "phone"),
        ({"id_number": "330225199001011235"}, "id_number"),
        ({"text": "  "}, "text"),
        ({"town": ""}, "town"),
        ({"village": "330225999999"}, "village"),
        ({"do": "spot", "answer": ""}, "answer"),
    ],
)
def test_a_wrong_field_is_named_and_all_is_kept(
    county: makers.County, sit: Sit, told: dict[str, str], field: str
) -> None:
    desk = sit(county.clerk)
    typed = _typed(desk, **told)
    paper = SimpleUploadedFile("欠条.txt", b"one IOU", "text/plain")
    answer = desk.post("/desk/record", typed | {"papers": paper})
    assert answer.status_code == 422
    page = soup(answer)
    faults = page.one("div", class_="wrongs").all("a")
    assert f"#id_{field}" in {one.attrs["href"] for one in faults}
    assert page.one("input", name="contact_note").attrs["value"] == "不要打家里电话"
    assert page.one("input", name="key").attrs["value"] == typed["key"]
    kept = page.one("input", name="file_ids")
    assert "checked" in kept.attrs
    assert _count() == 0
    right = _typed(desk) | {"key": typed["key"], "file_ids": [kept.attrs["value"]]}
    assert _page(county.clerk, desk.post("/desk/record", right)).files[0].name == "欠条.txt"


def test_a_state_secret_is_refused_and_not_kept(county: makers.County, sit: Sit) -> None:
    desk = sit(county.clerk)
    answer = desk.post("/desk/record", _typed(desk, text="附件标有 机密★10年 的文件"))
    assert answer.status_code == 422
    assert _count() == 0


def test_earlier_demands_of_the_number_are_shown(county: makers.County, sit: Sit) -> None:
    reference = makers.opened().reference
    desk = sit(county.clerk)
    part = desk.post(
        "/desk/record/earlier", {"phone": makers.PHONE}, headers={"HX-Request": "true"}
    )
    assert soup(part).all("a", href=f"/desk/m/{reference}")
    whole = soup(
        desk.post("/desk/record", {"do": "earlier", "phone": makers.PHONE, "text": "半句"})
    )
    assert whole.all("a", href=f"/desk/m/{reference}")
    assert whole.one("textarea", name="text").words.strip() == "半句"
    assert not whole.all("div", class_="wrongs")


def test_words_suggest_a_category_and_a_town_its_villages(county: makers.County, sit: Sit) -> None:
    desk = sit(county.clerk)
    part = soup(desk.post("/desk/record/suggest", {"text": "包工头拖欠农民工工资"}))
    assert "B03" in part.words
    villages = soup(desk.post("/desk/record/villages", {"town": makers.SHIPU}))
    assert villages.all("option", value=makers.JINPING)


def test_a_visitor_is_numbered_called_and_recorded(county: makers.County, sit: Sit) -> None:
    desk = sit(county.clerk)
    desk.post("/desk/reception/take")
    desk.post("/desk/reception/take")
    called = desk.post("/desk/reception/call")
    assert called.headers["Location"].endswith("called=A001")
    row = soup(desk.get("/desk/reception")).one("a", class_="btn-primary")
    ticket = row.attrs["href"].split("ticket=")[1].split("&")[0]
    answer = desk.post("/desk/record", _typed(desk, ticket=ticket, channel="01", line=""))
    assert answer.status_code == 302
    assert "接待完毕" in soup(desk.get("/desk/reception")).all("tr")[1].words


def test_the_barcode_is_code_128() -> None:
    # ISO/IEC 15417, annex: "Wikipedia" in set B has check value 88
    assert drawing.values("Wikipedia") == [104, 55, 73, 75, 73, 80, 69, 68, 73, 65, 88, 106]
    with pytest.raises(ValueError, match="Code 128"):
        drawing.values("石浦")
