"""The way in: one question a page; nothing typed is lost; one matter opens, however often sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yike.doors.portal import ask
from yike.doors.portal.tests import walk
from yike.doors.portal.tests.walk import PERSON, WORDS, answer, reference, send
from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.guard.acting import acting
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.models import Draft, Matter
from yike.rooms.matters.tests import makers
from yike.rooms.matters.tests.makers import JINPING, SHIPU, SYSTEM, County
from yike.rooms.people import privacy_notices
from yike.rooms.people.models import Party


def _matters() -> int:
    with acting(makers.SYSTEM):
        return Matter.objects.count()


def test_the_way_in_ends_with_a_receipt(county: County) -> None:
    web = Client()
    walk.tell(web)
    check = web.get("/ask/check").content.decode()
    assert walk.WORDS in check
    assert "农民工讨薪" in check
    assert "石浦镇" in check
    assert walk.send(web).headers["Location"] == "/ask/sent"
    receipt = web.get("/ask/sent")
    assert len(walk.reference(receipt)) == 15
    assert "石浦司法所" in receipt.content.decode()
    assert web.get("/follow/matter").status_code == 200
    with acting(makers.SYSTEM):
        found = Matter.objects.get(reference=walk.reference(receipt))
    assert found.region_code == JINPING
    assert found.category == "B03"
    assert found.door == "portal"


def test_sending_twice_opens_one(county: County) -> None:
    web = Client()
    walk.tell(web)
    given = SimpleUploadedFile("工资条.txt", "三月 6000 元".encode(), "text/plain")
    assert web.post("/ask/papers", {"file": given}).status_code == 302
    before = _matters()
    cookie = web.cookies["yike_draft"].value
    walk.send(web)
    first = walk.reference(web.get("/ask/sent"))
    web.cookies["yike_draft"] = cookie  # the second click of a double click, or a resend
    assert walk.send(web).headers["Location"] == "/ask/sent"
    assert walk.reference(web.get("/ask/sent")) == first
    assert _matters() == before + 1


def test_the_way_back_after_sending_leads_to_the_receipt_and_opens_nothing(county: County) -> None:
    web = Client()
    walk.tell(web)
    walk.send(web)
    before = _matters()
    assert web.get("/ask/check").headers["Location"] == "/ask/sent"
    assert walk.send(web).headers["Location"] == "/ask/sent"
    assert _matters() == before


def test_answers_lead_on_to_the_first_open_question(county: County) -> None:
    web = Client()
    assert web.get("/ask/check").headers["Location"] == "/ask"
    walk.answer(web, "/ask", text=walk.WORDS)
    assert web.get("/ask/check").headers["Location"] == "/ask/kind"
    walk.answer(web, "/ask/kind", category="Z99", item_code="none")
    assert web.get("/ask/check").headers["Location"] == "/ask/town"
    walk.answer(web, "/ask/town", town=SHIPU)
    assert web.get("/ask/check").headers["Location"] == "/ask/village"
    nothing = web.post("/ask/village", {"town": SHIPU})
    assert [field for field, _ in walk.wrongs(nothing)] == ["id_village_0"]
    walk.answer(web, "/ask/village", town=SHIPU, village="unknown")
    assert web.get("/ask/check").headers["Location"] == "/ask/person"


def test_what_was_typed_waits_for_the_same_browser_only(county: County) -> None:
    web = Client()
    walk.answer(web, "/ask", text=walk.WORDS)
    assert walk.typed_in(web.get("/ask"), "text") == walk.WORDS
    assert walk.typed_in(Client().get("/ask"), "text") == ""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("𠮷野家欠我钱😀", "𠮷野家欠我钱😀"),
        ("坏\x00字\x07符", "坏字符"),
        ("第一行\r\n第二行", "第一行\n第二行"),
        ("<script>alert(1)</script>怎么办", "<script>alert(1)</script>怎么办"),
    ],
)
def test_strange_signs_behave(county: County, typed: str, kept: str) -> None:
    web = Client()
    walk.answer(web, "/ask", text=typed)
    assert walk.typed_in(web.get("/ask"), "text") == kept


@pytest.mark.parametrize("typed", ["", "   \n ", "\x00\x01", "字" * 100_000])
def test_empty_and_endless_words_are_told_and_kept(county: County, typed: str) -> None:
    found = Client().post("/ask", {"text": typed})
    assert found.status_code == 422
    assert [anchor for anchor, _ in walk.wrongs(found)] == ["id_text"]
    assert walk.typed_in(found, "text").strip("\x00\x01") == typed.strip("\x00\x01")


def test_state_secrets_are_refused_and_not_kept(county: County) -> None:
    web = Client()
    with acting(makers.SYSTEM):
        before = Draft.objects.count()
    typed = "秘密★10年\n关于某项目的请示，我想问怎么办。"
    found = web.post("/ask", {"text": typed})
    assert found.status_code == 422
    assert walk.wrongs(found)
    assert "yike_draft" not in web.cookies
    with acting(makers.SYSTEM):
        assert Draft.objects.count() == before


@pytest.mark.parametrize(
    ("wrong", "anchor"),
    [
        ({"phone": "1381234567"}, "id_phone"),
        ({"phone": ""}, "id_phone"),
        ({"name": ""}, "id_name"),
        ({"id_number": "330225199001011230"}, "id_id_number"),
        ({"party_kind": "company"}, "id_uscc"),
        ({"party_kind": "company", "uscc": "91330225MA2AAAAAAA"}, "id_uscc"),
        ({"for_other": "yes"}, "id_on_behalf_of"),
        ({"name": "王" * 61}, "id_name"),
    ],
)
def test_a_wrong_person_is_told_at_the_field(
    county: County, wrong: dict[str, str], anchor: str
) -> None:
    web = Client()
    typed = walk.PERSON | {"relation": "女儿"} | wrong
    found = web.post("/ask/person", typed)
    assert found.status_code == 422
    assert [field for field, _ in walk.wrongs(found)] == [anchor]
    for name in ("name", "phone", "relation"):
        assert walk.typed_in(found, name) == typed[name]


def test_a_flood_from_one_address_is_slowed_and_loses_nothing(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask, "_OPEN_MOST", 1)
    for status in (302, 429):
        web = Client()
        walk.tell(web)
        found = web.post("/ask/check", {"agreed": "on"}, REMOTE_ADDR="192.0.2.77")
        assert found.status_code == status
    assert walk.typed_in(web.get("/ask"), "text") == walk.WORDS


def test_places_outside_the_tree_are_refused(county: County) -> None:
    web = Client()
    found = web.post("/ask/town", {"town": "340422100000"})
    assert [field for field, _ in walk.wrongs(found)] == ["id_town_0"]
    found = web.post("/ask/village", {"town": SHIPU, "village": makers.DASHA})
    assert [field for field, _ in walk.wrongs(found)] == ["id_village_0"]
    assert web.post("/ask/village", {"town": "999999999999"}).status_code == 404


@pytest.mark.parametrize(
    ("lon", "lat", "inside"), [("121.94", "29.21", True), ("116.4", "39.9", False),
                               ("nan", "x", False), ("1e99", "-400", False)],
)  # fmt: skip
def test_a_position_is_proposed_or_kindly_refused(
    county: County, lon: str, lat: str, inside: bool
) -> None:
    found = Client().post("/ask/position", {"lon": lon, "lat": lat})
    assert found.status_code == 200
    assert ('name="town"' in found.content.decode()) is inside


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.pdf", b""),
        ("lying.pdf", b"MZ\x90\x00" + b"0" * 300),
        ("绝密★.txt", b"hello"),
        ("virus.txt", b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"),
        ("big.txt", b"a" * (20 * 1024 * 1024 + 1)),
    ],
)
def test_a_bad_paper_is_refused_at_the_field(county: County, name: str, content: bytes) -> None:
    found = Client().post("/ask/papers", {"file": SimpleUploadedFile(name, content)})
    assert found.status_code == 422
    assert [anchor for anchor, _ in walk.wrongs(found)] in (["id_file"], ["form"])


def test_a_paper_of_another_browser_cannot_be_dropped(county: County) -> None:
    mine, theirs = Client(), Client()
    walk.tell(mine)
    mine.post("/ask/papers", {"file": SimpleUploadedFile("a.txt", "欠条".encode())})
    import re

    found = re.search(r'name="drop" value="([^"]+)"', mine.get("/ask/papers").content.decode())
    assert found
    walk.tell(theirs)
    assert theirs.post("/ask/papers", {"drop": found.group(1)}).status_code == 404
    assert theirs.post("/ask/papers", {"drop": "nonsense"}).status_code == 404
    assert mine.post("/ask/papers", {"drop": found.group(1)}).status_code == 302
    assert 'name="drop"' not in mine.get("/ask/papers").content.decode()


def test_danger_is_asked_about_before_the_place(county: County) -> None:
    web = Client()
    walk.answer(web, "/ask", text="老公喝了酒就打我，我很怕")
    kind = walk.answer(web, "/ask/kind", category="A01", item_code="none")
    assert kind.headers["Location"] == "/ask/care"
    page = web.get("/ask/care").content.decode()
    assert 'href="tel:110"' in page
    assert 'href="/leave"' in page
    wrong = web.post("/ask/care", {"contact_way": "safe"})
    assert [field for field, _ in walk.wrongs(wrong)] == ["id_safe_from"]
    walk.answer(
        web, "/ask/care", contact_way="safe", safe_from="09:00", safe_until="11:00",
        contact_note="接电话不是我请说打错了",
    )  # fmt: skip
    gone = web.get("/leave")
    assert gone.status_code == 302
    assert walk.typed_in(web.get("/ask"), "text") == ""


def test_changing_an_answer_leads_back_to_the_check(county: County) -> None:
    web = Client()
    walk.tell(web)
    found = web.post("/ask?to=check", {"text": "改一下：拖欠工资两万。"})
    assert found.headers["Location"] == "/ask/check"
    town = web.post("/ask/town?to=check", {"town": makers.HEPU})
    assert town.headers["Location"] == "/ask/village?to=check"
    assert web.get("/ask/check").headers["Location"] == "/ask/village"
    village = web.post("/ask/village?to=check", {"town": makers.HEPU, "village": makers.DASHA})
    assert village.headers["Location"] == "/ask/check"
    assert "鹤浦镇" in web.get("/ask/check").content.decode()


def test_four_presses_at_the_same_moment_open_one(county: County) -> None:
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    from django.db import connection

    web = Client()
    walk.tell(web, phone="13700001111")
    before, together = _matters(), Barrier(4)

    def press(_: int) -> int:
        hand = Client()
        hand.cookies["yike_draft"] = web.cookies["yike_draft"].value
        together.wait()
        try:
            return int(walk.send(hand).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as hands:
        codes = list(hands.map(press, range(4)))
    assert codes == [302] * 4
    assert _matters() == before + 1


def test_words_are_kept_while_they_are_written(county: County) -> None:
    web = Client()
    assert web.post("/ask/keep", {"text": "还没写完的半句"}).status_code == 204
    assert walk.typed_in(web.get("/ask"), "text") == "还没写完的半句"
    assert web.post("/ask/keep", {"text": "绝密★长期 的事"}).status_code == 204
    assert walk.typed_in(web.get("/ask"), "text") == "还没写完的半句"
    assert web.get("/ask/keep").status_code == 405


def test_a_company_asks_for_somebody_with_needs(county: County) -> None:
    web = Client()
    walk.tell(
        web, party_kind="company", name="象山海味食品有限公司", phone="0574-65712345",
        uscc="91330225MA2AG0XX0T"[:17] + _uscc_check("91330225MA2AG0XX0"), for_other="yes",
        on_behalf_of="李四", relation="股东", needs="dialect",
    )  # fmt: skip
    check = web.get("/ask/check").content.decode()
    for told in ("象山海味食品有限公司", "李四（股东）", "方言", "91330225MA2AG0XX0"):
        assert told in check
    assert walk.send(web).headers["Location"] == "/ask/sent"
    with acting(makers.SYSTEM):
        found = Matter.objects.get(reference=walk.reference(web.get("/ask/sent")))
        assert found.party is not None
        assert found.party.behalf_mask == "李*"
    assert found.needs == ["dialect"]


def test_the_receipt_leads_back_by_its_square_code(county: County) -> None:
    web = Client()
    walk.tell(web, phone="13700002222")
    walk.send(web)
    receipt = web.get("/ask/sent")
    assert "<svg" in receipt.content.decode()
    reference = walk.reference(receipt)
    found = Client().get(f"/follow?reference={reference}")
    assert walk.typed_in(found, "reference") == reference


def _uscc_check(body: str) -> str:
    from yike.rooms.people import numbers

    return numbers.uscc_check(body)


def test_what_was_agreed_to_is_kept_with_its_version_and_time(county: County) -> None:
    web = Client()
    walk.tell(web)
    page = web.get("/ask/check").content.decode()
    version = privacy_notices.current()
    assert f'value="{version}"' in page
    before = _matters()
    assert web.post("/ask/check", {"agreed": "on", "notice": "1999-1"}).status_code == 422
    assert _matters() == before
    assert web.post("/ask/check", {"agreed": "on", "notice": version}).status_code == 302
    with acting(makers.SYSTEM):
        party = Party.objects.get(agreed=version)
    assert (party.agreed, party.agreed_at) == (version, party.created_at)
    words = web.get(f"/privacy/{version}").content.decode()
    assert "谁看得到" in words
    assert web.get("/privacy/1999-1").status_code == 404


def test_a_service_asks_its_own_questions_and_keeps_the_answers(county: County) -> None:
    item = next(one for one in catalogue_queries.items() if _form(one.code))
    form = _form(item.code)
    web = Client()
    answer(web, "/ask", text=WORDS)
    kind = web.post("/ask/kind", {"category": "B03", "item_code": item.code})
    if kind.status_code == 422:  # not among the likely ones: chosen from the guide
        web.post(f"/ask?item={item.code}", {"text": WORDS, "item": item.code})
        answer(web, "/ask/kind", category="B03", item_code=item.code)
    page = web.get("/ask/details").content.decode()
    assert all(field["label"] in page for field in form)
    typed = {f"own_{field['name']}": _sample(field) for field in form}
    number = next((f for f in form if f["kind"] in ("date", "number")), None)
    if number:
        wrong = web.post("/ask/details", typed | {f"own_{number['name']}": "不知道"})
        assert wrong.status_code == 422
    answer(web, "/ask/details", **typed)
    answer(web, "/ask/town", town=SHIPU)
    answer(web, "/ask/village", town=SHIPU, village=JINPING)
    answer(web, "/ask/person", **PERSON)
    assert send(web).status_code == 302
    kept = reference(web.get("/ask/sent"))
    with acting(SYSTEM):
        answers = dict(matters_queries.matter_page(SYSTEM, kept).answers)
    assert set(answers) == {field["label"] for field in form}


def test_what_one_does_not_know_stays_empty_and_the_rest_is_shown_and_kept(county: County) -> None:
    item = next(
        one
        for one in catalogue_queries.items()
        if sum(bool(field.get("required")) for field in _form(one.code)) > 1
    )
    form = _form(item.code)
    web = Client()
    web.post(f"/ask?item={item.code}", {"text": WORDS, "item": item.code})
    answer(web, "/ask/kind", category="B03", item_code=item.code)
    told = form[0]
    answer(web, "/ask/details", **{f"own_{told['name']}": _sample(told)})
    answer(web, "/ask/town", town=SHIPU)
    answer(web, "/ask/village", town=SHIPU, village=JINPING)
    answer(web, "/ask/person", **PERSON)
    page = web.get("/ask/check").content.decode()
    assert told["label"] in page
    assert form[1]["label"] not in page
    assert send(web).status_code == 302
    kept = reference(web.get("/ask/sent"))
    with acting(SYSTEM):
        assert set(dict(matters_queries.matter_page(SYSTEM, kept).answers)) == {told["label"]}


def _form(code: str) -> Any:
    return catalogue_queries.item_guide(code).form


def _sample(field: Any) -> str:
    if field["kind"] == "choice":
        return str(field["options"][0])
    return {"date": "2026-05-01", "number": "3", "yesno": "是"}.get(field["kind"], "石浦镇")
