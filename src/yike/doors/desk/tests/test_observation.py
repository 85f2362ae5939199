"""An observation point at the desk: questions, sample, codes, paper, and what is let out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.test import Client

from yike.doors.desk.tests.soup import soup
from yike.doors.desk.tests.test_featured import station
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.observation import actions, queries

Sit = Callable[[Actor], Client]
COUNTY = "330225000000"
TOLD = {
    "kind": "observe", "unit": "石浦司法所", "evidence": "挂牌", "number": "", "function": "",
}  # fmt: skip


def test_a_point_from_the_questionnaire_to_the_frozen_index(
    county: makers.County, sit: Sit
) -> None:
    desk, office, home = sit(county.dispatcher), sit(county.wang), "/desk/observation"
    new = f"{home}/in/{COUNTY}"
    assert "系统不带现成的题目" in desk.get(home).content.decode()
    ref = station()
    sent = TOLD | {"since": f"{clock.today()}"}
    assert office.post(f"/desk/together/station/{ref}/tell", sent).status_code == 302
    told = {"host": f"station:{ref}", "institution_id": f"{county.shipu_office}"}
    assert office.post(f"{new}/point", told).status_code == 422, "set up by the county"
    assert desk.post(f"{new}/point", told).status_code == 302
    assert desk.post(f"{new}/questionnaire", {"title": "服务问卷"}).status_code == 302
    with acting(county.dispatcher):
        face = queries.overview(county.dispatcher, COUNTY)
    sheet, where = f"{home}/questionnaires/{face.questionnaires[0].id}", face.points[0].id
    scale = {"kind": "scale", "words": "服务怎么样？", "dimension": "感受", "weight": "2"}
    law = {"kind": "yesno", "words": "要收费吗？", "dimension": "知晓", "weight": "1",
           "options": "*否", "knowledge": "on"}  # fmt: skip
    assert desk.post(f"{sheet}/put", scale | {"dimension": ""}).status_code == 422
    assert desk.post(f"{sheet}/put", scale).status_code == 302
    assert "哪部法" in desk.post(f"{sheet}/put", law).content.decode()
    assert desk.post(f"{sheet}/put", law | {"source": "演示出处"}).status_code == 302
    assert desk.post(f"{sheet}/publish").status_code == 302
    assert "未核对" in soup(desk.get(sheet)).one("main").words
    plan = {
        "questionnaire_id": f"{face.questionnaires[0].id}", "name": "第一期", "unit": "person",
        "whom": "居民", "source": "村台账", "from_on": f"{clock.today()}", "least": "10",
        "last_on": f"{clock.today() + timedelta(days=9)}", "strata": "成年，村民\n老人，村民",
    }  # fmt: skip
    assert desk.post(f"{new}/wave", plan | {"last_on": "2020-01-01"}).status_code == 422
    assert desk.post(f"{new}/wave", plan).status_code == 302
    with acting(county.dispatcher):
        made = queries.overview(county.dispatcher, COUNTY).waves[0].id
        (young, _), (old, _) = queries.wave_page(county.dispatcher, made).strata
    wave = f"{home}/waves/{made}"
    numbers = {"point_id": f"{where}", f"n_{young}": "20", f"n_{old}": "10"}
    assert desk.post(f"{wave}/plan", numbers).status_code == 302
    assert desk.post(f"{wave}/open").status_code == 302
    _asked(office, f"{wave}/points/{where}", f"{young}", county)
    page = soup(desk.get(wave)).one("main").words
    assert "83.3" not in page, "nobody watches the index move"
    assert "10 / 30，33%" in page
    point = (
        soup(office.get(f"{wave}/points/{where}")).one("section", aria_labelledby="h-index").words
    )
    assert "关闭以后才出指数" in point
    assert "答卷太少" not in point, "ten sheets are enough: it is the period that runs"
    assert desk.post(f"{wave}/close").status_code == 302
    page = soup(desk.get(wave)).one("main").words
    assert "83.3（答案全部相同，估不出区间）" in page
    assert "和定格的指数一致" in page
    why = {"purpose": "report", "reason": "季度小结要用"}
    file = b"".join(desk.post(f"{wave}/export", why).streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert file.startswith("水印：")
    assert "指数,石浦特色站,总指数,83.33,,,,10," in file
    assert sit(county.qian).get(wave).status_code == 404, "the next county sees nothing"


def _asked(office: Client, where: str, layer: str, county: makers.County) -> None:
    """Ten sheets of paper, typed in; one that lacks an answer is not lost."""
    told = {"stratum_id": layer, "way": "paper", "number": "10"}
    assert office.post(f"{where}/codes", told | {"number": "101"}).status_code == 422
    assert office.post(f"{where}/codes", told).status_code == 302
    papers = [
        one.attrs["href"] for one in soup(office.get(where)).all("a")
        if "/papers/" in one.attrs.get("href", "")
    ]  # fmt: skip
    lacking = office.post(papers[0], {"q2": "2"})
    assert lacking.status_code == 422
    assert "第 1 题还没有回答" in lacking.content.decode()
    assert soup(lacking).one("input", name="q2", value="2").attrs.get("checked") is not None
    for one in papers:
        assert office.post(one, {"q1": "4", "q2": "2"}).status_code == 302
    assert office.post(papers[0], {"q1": "4", "q2": "2"}).status_code == 422, "once"
    assert office.post(f"{where}/codes", told | {"way": "qr", "number": "1"}).status_code == 302
    slip = soup(office.get(f"{where}/sheet")).one("main").words
    assert "/observe/" in slip
    with acting(county.wang):
        (left,) = queries.point_page(county.wang, *_ids(where)).codes
        actions.spoil_code(
            wave_id=_ids(where)[0], point_id=_ids(where)[1], code_id=left.id, actor=county.wang
        )


def _ids(where: str) -> tuple[UUID, UUID]:
    _, _, wave, _, point = where.rsplit("/", 4)
    return UUID(wave), UUID(point)
