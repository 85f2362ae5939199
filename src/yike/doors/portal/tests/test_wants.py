"""What somebody wants: to ask, to be helped, to complain, to propose."""

from __future__ import annotations

import pytest
from django.test import Client

from yike.doors.portal.tests.walk import PERSON, WORDS, answer, reference, send
from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.guard.acting import acting
from yike.rooms.matters.models import Matter
from yike.rooms.matters.tests.makers import JINPING, SHIPU, SYSTEM, County


@pytest.mark.parametrize(
    ("wants", "kept", "words"),
    [("", "1", "问清楚该怎么办"), ("2", "2", "请人出面，帮忙解决"), ("5", "5", "提一个建议")],
)
def test_what_is_wanted_decides_what_is_promised(
    wants: str, kept: str, words: str, county: County
) -> None:
    web = Client()
    answer(web, "/ask", text=WORDS)
    answer(web, "/ask/kind", category="B03", item_code="none", demand_type=wants)
    answer(web, "/ask/town", town=SHIPU)
    answer(web, "/ask/village", town=SHIPU, village=JINPING)
    answer(web, "/ask/person", **PERSON)
    assert words in web.get("/ask/check").content.decode()
    assert send(web).status_code == 302
    with acting(SYSTEM):
        matter = Matter.objects.get(reference=reference(web.get("/ask/sent")))
        faces = clocks_queries.faces_of("matter", matter.id)
        finish = next(one.promise_code for one in faces if one.purpose == "finish")
    assert matter.demand_type == kept
    assert finish.startswith({"1": "consult", "2": "help", "5": "suggestion"}[kept])


def test_a_want_that_is_not_offered_is_refused(county: County) -> None:
    web = Client()
    answer(web, "/ask", text=WORDS)
    told = {"category": "B03", "item_code": "none", "demand_type": "9"}
    assert web.post("/ask/kind", told).status_code == 422
