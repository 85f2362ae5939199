"""Grades at the desk: a scheme is written and published, an office answers with photos, the county
reviews and decides, an appeal is decided by another, and what is missing becomes tasks."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from yike.doors.desk.tests.soup import soup
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.places import actions as places_actions
from yike.rooms.places import grade_pages, grades, schemes
from yike.rooms.places import queries as places_queries
from yike.rooms.places.tests.test_grading import SCHEME
from yike.rooms.plans import actions as plans_actions
from yike.rooms.plans import queries as plans_queries

Sit = Callable[[Actor], Client]


def _photo(name: str = "门头.jpg") -> SimpleUploadedFile:
    kept = io.BytesIO()
    Image.new("RGB", (60, 40), (20, 90, 160)).save(kept, "JPEG")
    return SimpleUploadedFile(name, kept.getvalue(), "image/jpeg")


@pytest.fixture
def station(county: makers.County) -> UUID:
    with acting(makers.SYSTEM):
        return places_actions.register_station(
            code="SP", name="石浦工作站", level=3, institution_id=county.shipu_office,
            region_code=makers.SHIPU, actor=makers.SYSTEM,
        )  # fmt: skip


@pytest.fixture
def scheme(county: makers.County) -> UUID:
    with acting(makers.SYSTEM):
        made = places_actions.draft_scheme(
            county_code=makers.COUNTY, name="示例标准", source="测试", levels=SCHEME.levels,
            grades=SCHEME.grades, criteria=SCHEME.criteria, actor=makers.SYSTEM,
        )  # fmt: skip
        places_actions.publish_scheme(
            scheme_id=made, active_from=clock.today(), actor=makers.SYSTEM
        )
        return made


def _reviewer(county: makers.County) -> Actor:
    return county.dispatcher


def _other(county: makers.County) -> Actor:
    return replace(county.director, ref=str(UUID(int=77)))


def _begun(desk: Client, station: UUID) -> str:
    answer = desk.post(f"/desk/grades/stations/{station}/begin")
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def _answered(desk: Client, station: UUID, **values: str) -> str:
    where = _begun(desk, station)
    told: dict[str, dict[str, Any]] = {
        "A": {"value": "1"}, "B": {"value": "30", "papers": _photo()}, "C": {},
        "D": {"value": "1", "papers": _photo("制度.jpg")},
    }  # fmt: skip
    for code, value in values.items():
        told[code]["value"] = value
    for code, typed in told.items():
        assert desk.post(f"{where}/items/{code}", typed).status_code == 302
    return where


def _do(desk: Client, where: str, verb: str, **typed: Any) -> Any:
    answer = desk.post(f"{where}/do/{verb}", typed)
    assert answer.status_code == 302, answer.content.decode()
    return answer


def _page(actor: Actor, where: str) -> grade_pages.AssessmentPage:
    with acting(actor):
        return grade_pages.assessment_page(actor, UUID(where.rsplit("/", 1)[1]))


def test_a_scheme_is_written_line_by_line_and_published(county: makers.County, sit: Sit) -> None:
    desk = sit(county.dispatcher)
    head = {"name": "本县标准", "source": "本县自定", "full": "100", "appeal_days": "20",
            "levels": ["3", "4"]}  # fmt: skip
    where = desk.post("/desk/grades/schemes/new", head).headers["Location"]
    first = {"code": "K1", "name": "每周开放", "points": "60", "rule": "number",
             "fact": "weekly_hours", "steps": "20 30\n35 60"}  # fmt: skip
    assert desk.post(f"{where}/criteria", first).status_code == 302
    wrong = desk.post(f"{where}/criteria", first | {"code": "K/2"})
    assert wrong.status_code == 422
    assert soup(wrong).one("input", name="name").attrs["value"] == "每周开放", "nothing is lost"
    second = {"code": "K2", "name": "公示上墙", "points": "30", "rule": "met", "evidence": "photo"}
    assert desk.post(f"{where}/criteria", second).status_code == 302
    assert desk.post(f"{where}/grades", {"grades": "示范 80 K1\n合格 60"}).status_code == 302
    today = clock.today().isoformat()
    early = desk.post(f"{where}/publish", {"active_from": today})
    assert (early.status_code, "合计 90 分" in early.content.decode()) == (422, True)
    mended = second | {"points": "40"}
    assert desk.post(f"{where}/criteria/K2", mended).status_code == 302
    _post_ok(desk, f"{where}/publish", active_from=today)
    with acting(county.dispatcher):
        page = schemes.scheme_page(county.dispatcher, UUID(where.rsplit("/", 1)[1]))
    assert (page.row.state_name, page.row.appeal_days, page.faults) == ("施行中", 20, ())
    assert [(one.name, one.must) for one in page.grades] == [("示范", ("K1",)), ("合格", ())]
    assert desk.post(f"{where}/criteria/K2/drop").status_code == 403
    shown = soup(desk.get(where))
    assert not shown.all("aside"), "a published version offers no change"
    assert shown.all("a", href=f"/desk/grades/schemes/new?like={page.row.id}")
    fresh = desk.get(f"/desk/grades/schemes/new?like={page.row.id}")
    assert soup(fresh).one("input", name="name").attrs["value"] == "本县标准"


def _post_ok(desk: Client, path: str, **typed: Any) -> None:
    assert desk.post(path, typed).status_code == 302


@pytest.mark.usefixtures("scheme")
def test_an_office_saves_photos_and_resumes(county: makers.County, sit: Sit, station: UUID) -> None:
    desk = sit(county.wang)
    where = _begun(desk, station)
    bad = desk.post(f"{where}/items/B", {"value": "31", "papers": _photo()})
    assert bad.status_code == 422
    assert "门头.jpg" in soup(bad).one("form", id="form").words, "the photo is kept"
    to = desk.post(f"{where}/items/B", {"value": "28", "next": "1"})
    assert to.headers["Location"] == f"{where}/items/D", "C is the register's own number"
    again = soup(desk.get(f"{where}/items/B"))
    (link,) = [one for one in again.all("a") if "/files/" in one.attrs.get("href", "")]
    shown = desk.get(link.attrs["href"])
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/jpeg")
    b"".join(shown)
    unready = desk.post(f"{where}/do/submit")
    assert (unready.status_code, "还有 2 条没有填好" in unready.content.decode()) == (422, True)
    other = sit(county.zhao)
    assert other.get(where).status_code == 404
    assert other.get(link.attrs["href"]).status_code == 404


@pytest.mark.usefixtures("scheme")
def test_reviewed_awarded_and_shown_to_everybody(
    county: makers.County, sit: Sit, station: UUID
) -> None:
    office, desk = sit(county.wang), sit(_reviewer(county))
    where = _answered(office, station)
    _do(office, where, "submit")
    bare = desk.post(f"{where}/items/B", {"value": "12"})
    assert (bare.status_code, "写明理由" in bare.content.decode()) == (422, True)
    onward = desk.post(f"{where}/items/B", {"value": "12", "reason": "只有一个窗口", "next": "1"})
    assert onward.headers["Location"] == f"{where}/items/C"
    offered = {one.attrs["action"].rsplit("/", 1)[1] for one in _forms(desk, where)}
    assert {"agree", "send_back"} <= offered
    assert "conclude" not in offered, "not while criteria are left"
    _do(desk, where, "agree")
    _do(desk, where, "conclude")
    offered = {one.attrs["action"].rsplit("/", 1)[1] for one in _forms(desk, where)}
    assert offered >= {"award", "tasks"}
    assert "refuse" not in offered
    day = clock.today().isoformat()
    _do(desk, where, "award", awarded_on=day, certificate="经评定，授予三星。")
    assert places_queries.station(station).grade == "三星"
    public = Client().get(f"/stations/{station}").content.decode()
    assert "三星" in public
    assert f"{clock.today():%-m月%-d日}" in public or "今天" in public
    with acting(county.dispatcher):
        (row,) = grades.recompute(makers.COUNTY)
    assert (row.points, row.difference) == (72, "")
    assert "没有不一致" in desk.get("/desk/grades/proof").content.decode()
    told = desk.get(f"/desk/grades/stations/{station}").content.decode()
    assert "四星" in told
    assert "得 12 分，满分 30 分" in told


def _forms(desk: Client, where: str) -> list[Any]:
    page = soup(desk.get(where))
    return [one for one in page.all("form") if "/do/" in one.attrs.get("action", "")]


@pytest.mark.usefixtures("scheme")
def test_refused_for_a_veto_appealed_and_decided_by_another(
    county: makers.County, sit: Sit, station: UUID
) -> None:
    office, desk, other = sit(county.wang), sit(_reviewer(county)), sit(_other(county))
    where = _answered(office, station, A="0")
    _do(office, where, "submit")
    _do(desk, where, "agree")
    _do(desk, where, "conclude")
    _do(desk, where, "refuse", reason="查实收过费")
    _do(office, where, "appeal", reason="收费的是另一家机构，不是本站。")
    assert not [one for one in _forms(desk, where) if one.attrs["action"].endswith("uphold")]
    no = desk.post(f"{where}/do/uphold", {"words": "维持原来的决定"})
    assert no.status_code == 422
    _do(other, where, "grant", words="重新核查")
    assert _page(county.director, where).state == "submitted"
    assert other.post(f"{where}/items/A", {"value": "1", "reason": "核实"}).status_code == 302


@pytest.mark.usefixtures("scheme")
def test_gaps_become_tasks_of_the_office_and_show_their_state(
    county: makers.County, sit: Sit, station: UUID
) -> None:
    office, desk = sit(county.wang), sit(_reviewer(county))
    with acting(county.dispatcher):
        force = plans_actions.found_task_force(
            county_code=makers.COUNTY, name="建设专班", founded_on=clock.today(),
            actor=county.dispatcher,
        )  # fmt: skip
    where = _answered(office, station, B="10", D="0")
    _do(office, where, "submit")
    _do(desk, where, "agree")
    _do(desk, where, "conclude")
    due = (clock.today() + timedelta(days=60)).isoformat()
    typed = {"codes": ["B", "D"], "task_force_id": str(force), "due_on": due}
    _do(desk, where, "tasks", **typed)
    again = desk.post(f"{where}/do/tasks", typed)
    assert again.status_code == 422, "each gap becomes a task once"
    page = _page(county.dispatcher, where)
    with acting(county.dispatcher):
        tasks = plans_queries.tasks_about("grade", [str(page.id)])
    assert [(one.point, one.departments, one.state) for one in tasks] == [
        ("B", ("石浦司法所",), "open"), ("D", ("石浦司法所",), "open"),
    ]  # fmt: skip
    _post_ok(office, f"/desk/tasks/{tasks[0].id}/finish", words="增设了窗口", percent="0")
    told = desk.get(f"/desk/grades/stations/{station}").content.decode()
    assert "待核验" in told


@pytest.mark.usefixtures("scheme", "station")
def test_the_overview_is_filtered_and_let_out(county: makers.County, sit: Sit) -> None:
    desk = sit(county.dispatcher)
    shown = soup(desk.get("/desk/grades?grade=-&level=3"))
    assert len(shown.all("tr", data_row="")) == 1
    assert not soup(desk.get("/desk/grades?grade=三星")).all("tr", data_row="")
    told = {"purpose": "report", "reason": "向市里报送"}
    answer = desk.post("/desk/grades/export?level=3", told)
    body = b"".join(answer).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(body)))
    assert (rows[0][0].startswith("水印："), rows[2][1]) == (True, "石浦工作站")
    assert desk.post("/desk/grades/export", {"reason": "x"}).status_code == 422
