"""Following: reference and phone together, else the same answer; every deed allowed now."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client

from yike.doors.portal.tests import walk
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters.tests import makers
from yike.rooms.matters.tests.makers import County


def _opened(phone: str = "") -> tuple[str, str]:
    phone = phone or f"138{uuid4().int % 10**8:08d}"
    return makers.opened(phone=phone).reference, phone


def _prove(web: Client, reference: str, phone: str) -> int:
    found = web.post("/follow", {"reference": reference, "phone": phone})
    return found.status_code


def _own(reference: str, phone: str) -> Client:
    web = Client(REMOTE_ADDR=f"10.1.{uuid4().int % 250}.{uuid4().int % 250}")
    assert _prove(web, reference, phone) == 302
    return web


def test_reference_and_phone_open_it_however_they_are_typed(county: County) -> None:
    reference, phone = _opened()
    web = _own(reference.lower().replace("-", " "), f"+86 {phone[:3]} {phone[3:7]} {phone[7:]}")
    page = web.get("/follow/matter").content.decode()
    assert reference in page
    assert "石浦司法所" in page


def test_a_wrong_phone_and_an_absent_reference_get_the_same_answer(county: County) -> None:
    reference, _ = _opened()
    absent, _ = _opened()
    with acting(makers.SYSTEM):
        from yike.rooms.matters.models import Matter

        assert Matter.objects.filter(reference=absent).exists()
    web = Client(REMOTE_ADDR="10.9.9.1")
    wrong = web.post("/follow", {"reference": reference, "phone": "13900000001"})
    from yike.rooms.core import clock, refs

    unknown = refs.new_reference(clock.now())
    none = web.post("/follow", {"reference": unknown, "phone": "13900000001"})
    assert wrong.status_code == none.status_code == 422
    assert walk.wrongs(wrong) == walk.wrongs(none)
    assert web.get("/follow/matter").status_code == 302


def test_guessing_gets_slow(county: County) -> None:
    reference, phone = _opened()
    codes = [
        _prove(Client(REMOTE_ADDR=f"10.8.0.{n}"), reference, f"1390000{n:04d}") for n in range(12)
    ]
    assert codes[0] == 422
    assert codes[-1] == 429
    slowed = Client(REMOTE_ADDR="10.8.1.1").post(
        "/follow", {"reference": reference, "phone": phone}
    )
    assert slowed.status_code == 429
    assert int(slowed.headers["Retry-After"]) > 0


def test_one_address_cannot_try_many(county: County) -> None:
    from yike.rooms.core import clock, refs

    web = Client(REMOTE_ADDR="10.7.0.1")
    codes = [_prove(web, refs.new_reference(clock.now()), "13900000001") for _ in range(22)]
    assert codes[-1] == 429


def test_a_mistyped_reference_is_told_at_once_and_not_counted(county: County) -> None:
    web = Client(REMOTE_ADDR="10.6.0.1")
    for _ in range(25):
        found = web.post("/follow", {"reference": "261121-7KQ4M3XX", "phone": "13900000001"})
    assert [anchor for anchor, _ in walk.wrongs(found)] == ["id_reference"]


def test_messages_go_to_the_office(county: County) -> None:
    reference, phone = _opened()
    web = _own(reference, phone)
    empty = web.post("/follow/message", {"words": " "})
    assert empty.status_code == 422
    assert web.post("/follow/message", {"words": "还差五千没给。"}).status_code == 302
    assert "还差五千没给。" in web.get("/follow/matter").content.decode()


def test_withdrawing_asks_once_more_and_then_ends_it(county: County) -> None:
    reference, phone = _opened()
    web = _own(reference, phone)
    page = web.get("/follow/withdraw").content.decode()
    assert "不能恢复" in page
    assert web.post("/follow/withdraw", {"reason": "已经解决"}).status_code == 422
    assert web.post("/follow/withdraw", {"reason": "", "sure": "on"}).status_code == 302
    assert "/follow/withdraw" not in web.get("/follow/matter").content.decode()
    again = web.post("/follow/withdraw", {"sure": "on"})
    assert again.status_code in (403, 409, 422)


def test_the_answer_is_read_and_judged_once(county: County) -> None:
    reference, phone = _opened()
    _answered(reference, county)
    web = _own(reference, phone)
    page = web.get("/follow/matter").content.decode()
    assert "周五到司法所结清" in page
    assert 'name="level"' in page
    assert web.post("/follow/helped", {"words": "x"}).status_code == 422
    assert web.post("/follow/helped", {"level": "1", "words": "x"}).status_code == 422
    assert web.post("/follow/helped", {"level": "5", "words": "谢谢"}).status_code == 302
    page = web.get("/follow/matter").content.decode()
    assert 'name="level"' not in page
    assert "非常满意" in page


def test_papers_that_were_asked_for_are_brought(county: County) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    reference, phone = _opened()
    with acting(county.wang):
        matters_actions.sign(reference=reference, actor=county.wang)
    with acting(county.wang):
        matters_actions.ask_papers(
            reference=reference, papers=["工资条", "身份证"], words="拍照就行", actor=county.wang
        )
    web = _own(reference, phone)
    page = web.get("/follow/matter").content.decode()
    assert "工资条" in page
    assert 'action="/follow/bring"' in page
    given = SimpleUploadedFile("工资条.txt", "三月 6000 元".encode(), "text/plain")
    assert web.post("/follow/bring", {"file": given, "words": ""}).status_code == 302
    page = web.get("/follow/matter").content.decode()
    assert 'action="/follow/bring"' not in page

    link = re.search(r'href="(/follow/papers/[^"]+)"', page)
    assert link
    paper = web.get(link.group(1))
    assert b"".join(paper.streaming_content).decode() == "三月 6000 元"  # type: ignore[attr-defined]
    assert "sandbox" in paper.headers["Content-Security-Policy"]
    stranger = _own(*_opened())
    assert stranger.get(link.group(1)).status_code == 404


def test_what_a_citizen_typed_outlives_the_claim(county: County) -> None:
    found = Client().post("/follow/message", {"words": "写了很久的话"})
    assert found.status_code == 401
    assert "写了很久的话" in found.content.decode()


def test_leaving_forgets_the_claim(county: County) -> None:
    web = _own(*_opened())
    web.post("/follow/close")
    assert web.get("/follow/matter").status_code == 302


@pytest.mark.parametrize("path", ["/", "/stations", "/stations?town=330225101000", "/items",
                                  "/items/PLS-YZ001", "/follow", "/ask", "/ask/town",
                                  "/stations.csv"])  # fmt: skip
def test_open_pages_answer(county: County, path: str) -> None:
    assert Client().get(path).status_code == 200


@pytest.mark.parametrize(
    "path", ["/items/NONE", "/stations/0190f0f0-0000-7000-8000-000000000000", "/ask/nothing"]
)
def test_absent_pages_are_absent(county: County, path: str) -> None:
    assert Client().get(path).status_code == 404


def _answered(reference: str, county: County) -> None:
    with acting(county.wang):
        matters_actions.sign(reference=reference, actor=county.wang)
    with acting(county.wang):
        matters_actions.close(
            reference=reference, result="answered", reply="周五到司法所结清。", actor=county.wang
        )


def test_somebody_was_faster_is_told_with_name_and_time(county: County) -> None:
    reference, phone = _opened()
    web = _own(reference, phone)
    page = web.get("/follow/withdraw").content.decode()
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen
    _answered(reference, county)
    found = web.post("/follow/withdraw", {"sure": "on", "seen": seen.group(1)})
    assert found.status_code == 422
    assert "答复" in " ".join(sentence for _, sentence in walk.wrongs(found))
