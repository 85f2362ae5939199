"""Deeds through the door: forms become actions, refusals come back with what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yike.doors.desk.tests.soup import Element, soup
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.faces import MatterPage
from yike.rooms.matters.tests import makers
from yike.rooms.trail.models import Entry

Sit = Callable[[Actor], Client]


def _page(actor: Actor, reference: str) -> MatterPage:
    with acting(actor):
        return matters_queries.matter_page(actor, reference)


def _send(desk: Client, reference: str, verb: str, **typed: Any) -> Any:
    """Sends a verb's form as the page draws it: with the version the page was drawn at."""
    page = soup(desk.get(f"/desk/m/{reference}"))
    action = f"/desk/m/{reference}/do/{verb}"
    form = page.all("form", action=action)[0]
    hidden = {
        one.attrs["name"]: one.attrs.get("value", "") for one in form.all("input", type="hidden")
    }
    return desk.post(action, hidden | typed)


def _verbs(page: Element) -> set[str]:
    return {one.attrs["id"].removeprefix("do-") for one in page.all("details", name="verb")}


def test_a_matter_is_carried_from_signing_to_its_answer(county: makers.County, sit: Sit) -> None:
    desk, reference = (
        sit(county.wang),
        makers.opened(points=("怎么要工资？", "能法援吗？")).reference,
    )
    waiting = soup(desk.get("/desk/"))
    assert waiting.all("a", href=f"/desk/m/{reference}")
    assert _send(desk, reference, "sign").status_code == 302
    answer = _send(desk, reference, "ask_papers", papers="欠条\n\n工资流水 ", words="请到所里来")
    assert answer.headers["Location"] == f"/desk/m/{reference}?done=ask_papers"
    page = _page(county.wang, reference)
    assert page.state == "33"
    assert page.supplement is not None
    assert page.supplement.papers == ("欠条", "工资流水")
    paper = SimpleUploadedFile("欠条.txt", "今欠张三丰工资壹万贰仟元".encode(), "text/plain")
    assert _send(desk, reference, "bring_papers", words="送来了", file_ids=paper).status_code == 302
    page = _page(county.wang, reference)
    assert [one.name for one in page.files] == ["欠条.txt"]
    for no in ("1", "2"):
        answer = desk.post(
            f"/desk/m/{reference}/do/answer_point",
            {"no": no, "words": f"第 {no} 点的答复", "seen": str(page.version)},
        )
        assert answer.status_code == 302
    assert _send(desk, reference, "close", result="answered", reply="可以先调解").status_code == 302
    page = _page(county.wang, reference)
    assert (page.state, page.turn) == ("50", "citizen")


def test_the_page_offers_only_what_the_flow_allows(county: makers.County, sit: Sit) -> None:
    reference = makers.opened().reference
    drawn = _verbs(soup(sit(county.wang).get(f"/desk/m/{reference}")))
    allowed = {verb.verb for verb in _page(county.wang, reference).verbs}
    assert drawn == allowed - {"answer_point"}
    assert "sign" in drawn
    assert "sign" not in _verbs(soup(sit(county.director).get(f"/desk/m/{reference}")))


def test_a_wrong_field_is_told_in_its_own_form(county: makers.County, sit: Sit) -> None:
    desk, reference = sit(county.wang), makers.worked(county)
    answer = _send(desk, reference, "ask_papers", papers="  ", words="说明写了很多")
    assert answer.status_code == 422
    box = soup(answer).one("details", id="do-ask_papers")
    assert "open" in box.attrs
    assert box.one("textarea", name="words").words.strip() == "说明写了很多"
    assert box.one("textarea", name="papers").attrs["aria-invalid"] == "true"


def test_who_was_faster_is_named_and_nothing_typed_is_lost(county: makers.County, sit: Sit) -> None:
    slow, fast, reference = sit(county.li), sit(county.wang), makers.opened().reference
    form = soup(slow.get(f"/desk/m/{reference}")).one("details", id="do-give_back")
    seen = form.one("input", name="seen").attrs["value"]
    assert _send(fast, reference, "sign").status_code == 302
    answer = slow.post(
        f"/desk/m/{reference}/do/give_back", {"reason": "不属于石浦管辖", "seen": seen}
    )
    assert answer.status_code == 422
    said = soup(answer).one("section", class_="wrongs").words
    assert "王" in said
    assert "签收" in said
    assert "不属于石浦管辖" in said
    assert _page(county.wang, reference).state == "30"


def test_an_unknown_verb_and_a_hidden_matter_are_absent(county: makers.County, sit: Sit) -> None:
    reference = makers.opened().reference
    assert sit(county.wang).post(f"/desk/m/{reference}/do/settle_all").status_code == 404
    assert sit(county.lawyer).post(f"/desk/m/{reference}/do/sign").status_code == 404
    assert sit(county.auditor).post(f"/desk/m/{reference}/do/sign").status_code == 403


def test_an_identity_is_shown_once_for_a_reason_and_leaves_an_entry(
    county: makers.County, sit: Sit
) -> None:
    desk, reference = sit(county.wang), makers.worked(county)
    where = f"/desk/m/{reference}/unmask"
    assert makers.PHONE not in desk.get(f"/desk/m/{reference}").content.decode()
    refused = desk.post(where, {"parts": ["phone"], "purpose": "contact", "reason": ""})
    assert makers.PHONE not in refused.content.decode()
    answer = desk.post(
        where, {"parts": ["phone", "name"], "purpose": "contact", "reason": "电话回访核实情况"}
    )
    assert makers.PHONE in answer.content.decode()
    with acting(makers.SYSTEM):
        assert Entry.objects.filter(kind="people.PartyUnmasked").count() == 1
    part = desk.post(
        where,
        {"parts": ["phone"], "purpose": "contact", "reason": "再次核实"},
        headers={"HX-Request": "true"},
    )
    assert not soup(part).all("h1")


def test_a_paper_is_streamed_to_who_sees_the_matter(county: makers.County, sit: Sit) -> None:
    desk, reference = sit(county.wang), makers.worked(county)
    note = SimpleUploadedFile("证明.txt", b"proof of wages", "text/plain")
    assert _send(desk, reference, "send_message", words="请看", file_ids=note).status_code == 302
    (paper,) = _page(county.wang, reference).files
    where = f"/desk/m/{reference}/files/{paper.id}"
    answer = desk.get(where)
    assert b"".join(answer.streaming_content) == b"proof of wages"  # type: ignore[attr-defined]
    assert "attachment" in answer.headers["Content-Disposition"]
    assert sit(county.lawyer).get(where).status_code == 404
    other = makers.worked(county)
    assert desk.get(f"/desk/m/{other}/files/{paper.id}").status_code == 404


def test_a_lying_paper_is_refused_by_name(county: makers.County, sit: Sit) -> None:
    desk, reference = sit(county.wang), makers.worked(county)
    lying = SimpleUploadedFile("照片.png", b"MZ\x90\x00 not a picture", "image/png")
    answer = _send(desk, reference, "send_message", words="见附件", file_ids=lying)
    assert answer.status_code == 422
    box = soup(answer).one("details", id="do-send_message")
    assert "照片.png" in box.one("div", class_="wrongs").words
    assert box.one("textarea", name="words").words.strip() == "见附件"


def test_continuing_as_legal_aid_opens_the_new_matter(county: makers.County, sit: Sit) -> None:
    desk, reference = sit(county.wang), makers.worked(county)
    answer = _send(desk, reference, "continue_as", item_code="PLS-YZ001")
    assert answer.status_code == 302
    made = answer.headers["Location"].split("/")[3].split("?")[0]
    assert made != reference
    assert _page(county.wang, made).follows == reference
