"""Answering with a code, as a browser without script does."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.test import Client

from yike.doors.portal.tests import walk
from yike.rooms.core import clock
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers as matter_makers
from yike.rooms.matters.tests.makers import County
from yike.rooms.observation import actions, codes
from yike.rooms.observation.models import AnswerSheet
from yike.rooms.observation.tests import makers

GIVEN = {"q1": "4", "q2": "2", "q3": ["1", "2"]}


def _web() -> Client:
    return Client(REMOTE_ADDR=f"10.4.{uuid4().int % 250}.{uuid4().int % 250}")


def test_a_code_is_answered_once_without_a_name(county: County) -> None:
    house = matter_makers.SYSTEM
    with acting(house):
        made = makers.everything(actor=house)
        refs = actions.make_codes(
            stratum_id=made.strata[0], way="qr", number=3, actor=house, **made.at
        )
    web, (path, late, void) = _web(), (f"/observe/{codes.word(ref)}" for ref in refs)
    page = web.get(path).content.decode()
    assert "自愿、不记名" in page
    assert "12348" in page
    lacking = web.post(path, {"q1": "4", "q4": "想多一些夜间咨询"})
    assert walk.wrongs(lacking) == [
        ("id_q2_0", "第 2 题还没有回答。"), ("id_q3_0", "第 3 题还没有回答。"),
    ]  # fmt: skip
    assert walk.typed_in(lacking, "q4") == "想多一些夜间咨询"
    forged = web.post(path, GIVEN | {"q1": "9"})
    assert walk.wrongs(forged) == [("id_q1_0", "第 1 题请从列出的里面选。")]
    thanks = web.post(path, GIVEN | {"q4": "𠮷祥"})
    assert "谢谢您的回答" in thanks.content.decode()
    again = web.post(path, GIVEN)
    assert "已经用过" in again.content.decode()
    assert again.status_code == 422
    assert 'name="q1"' not in web.get(path).content.decode()
    with acting(house):
        assert AnswerSheet.objects.get(stratum=made.strata[0]).answers["4"] == "𠮷祥"
        actions.spoil_code(code_id=refs[2], actor=house, **made.at)
    assert "作废" in web.get(void).content.decode()
    with clock.at(clock.now() + timedelta(days=31)):
        assert "已经结束" in web.get(late).content.decode()
    assert web.get("/observe/0000000000000000").status_code == 404
    short = web.post("/observe", {"code": "ABC"})
    assert "16 位，您填了 3 位" in short.content.decode()
    typed = web.post("/observe", {"code": late.rsplit("/")[-1].lower()})
    assert typed.headers["Location"].lower() == late.lower()
