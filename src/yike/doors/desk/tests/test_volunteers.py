"""The desk's pages of volunteers, tasks and services, and the portal's, pressed as people do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yike.doors.desk.tests.soup import soup
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.files.tests.makers import photo
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.people import purposes
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import codes

Sit = Callable[[Actor], Client]
HERE = codes.span(makers.COUNTY)
#: half past nine of a Monday
NOW = makers.MONDAY.replace(hour=9, minute=30)
SOON = NOW + timedelta(minutes=30)


@pytest.fixture(autouse=True)
def _at_work() -> Iterator[None]:
    with clock.at(NOW):
        yield


def _post(desk: Client, path: str, told: Mapping[str, object] | None = None) -> str:
    """Sends a form that is right and returns where it leads."""
    answer = desk.post(path, dict(told or {}))
    assert answer.status_code == 302, soup(answer).one("main").words[:600]
    return str(answer.headers["Location"])


@pytest.fixture
def desk(county: makers.County, sit: Sit) -> Client:
    """The dispatcher, who keeps the register."""
    return sit(county.dispatcher)


def _join(desk: Client, name: str, phone: str) -> str:
    told = {
        "name": name, "kind": "01", "region_code": makers.COUNTY, "phone": phone,
        "directions": ["consult"], "languages": "象山话", "availability": ["0m", "2a"],
    }  # fmt: skip
    where = _post(desk, "/desk/volunteers/new", told)
    for verb in ("train", "vet"):
        _post(desk, f"{where}/{verb}", {"told": "合格"})
    refused = desk.post(f"{where}/try")
    assert refused.status_code == 422
    assert "承诺书" in soup(refused).one("main").words
    _post(desk, f"{where}/undertake")
    _post(desk, f"{where}/try")
    return where


def _task(desk: Client) -> str:
    return _post(desk, "/desk/volunteer-tasks/new", {
        "title": "渔港法律咨询", "what": "在渔港摆摊解答咨询", "region_code": makers.COUNTY,
        "where": "渔港码头", "places": "1", "directions": ["consult"], "brief": "带上马甲",
        "from_at": f"{SOON.astimezone(clock.CIVIL):%Y-%m-%dT%H:%M}",
        "until_at": f"{SOON.astimezone(clock.CIVIL) + timedelta(hours=2):%Y-%m-%dT%H:%M}",
    })  # fmt: skip


def _serve(desk: Client, where: str, who: str) -> None:
    """Signs up, is confirmed, comes, is called on, leaves, is rated."""
    _post(desk, f"{where}/sign", {"volunteer_id": who.rsplit("/", 1)[1]})
    with acting(makers.SYSTEM):
        [row] = providers_queries.sign_ups_of(_id(who))
    one = {"sign_up_id": str(row.id)}
    _post(desk, f"{where}/confirm", one)
    _post(desk, f"{where}/came", one)
    with clock.at(SOON + timedelta(hours=2)):
        _post(desk, f"{where}/left", one)
        _post(desk, f"{where}/call", {"outcome": "well"})
        _post(desk, f"{where}/rate", one | {"level": "5"})
        told = {"kind": "safety", "happened": "有人滑倒", "due_on": f"{clock.today():%Y-%m-%d}"}
        _post(desk, f"{where}/incident", told)
        assert "有人滑倒" in soup(desk.get(where)).one("main").words
        _post(desk, f"{where}/done")


def _id(where: str) -> UUID:
    return UUID(where.rsplit("/", 1)[1])


def test_from_application_to_a_certificate_that_anybody_verifies(desk: Client) -> None:
    who, task = _join(desk, "王志", "19900010001"), _task(desk)
    _serve(desk, task, who)
    page = soup(desk.get(who)).one("main").words
    assert "2.0 小时" in page
    _post(desk, f"{who}/certify")
    with acting(makers.SYSTEM):
        [certificate] = providers_queries.volunteer_face(_id(who)).certificates
    assert desk.get(f"{who}/certificates/{certificate.code}").status_code == 200
    seen = soup(Client().get(f"/volunteer/verify/{certificate.code_words.lower()}"))
    assert "这份证书是真的" in seen.one("main").words
    assert Client().get("/volunteer/verify/0000111122223333").status_code == 404
    _post(desk, f"{who}/revoke", {"certificate_id": str(certificate.id), "reason": "姓名有误"})
    seen = soup(Client().get("/volunteer/verify", {"code": certificate.code}))
    assert "撤销" in seen.one("main").words


def test_the_register_is_kept_and_a_look_at_a_contact_is_told(desk: Client) -> None:
    who = _join(desk, "王志", "19900010001")
    assert "王志" in soup(desk.get("/desk/volunteers?state=probation")).one("main").words
    assert "王志" not in soup(desk.get("/desk/volunteers?state=left")).one("main").words
    assert "19900010001" not in desk.get(who).content.decode()
    shown = desk.post(f"{who}/contact", {"reason": "通知培训"})
    assert "19900010001" in shown.content.decode()
    _post(desk, f"{who}/revise", {"kind": "02", "directions": ["elder"], "phone": ""})
    assert "公证员" in soup(desk.get(who)).one("main").words
    _post(desk, f"{who}/leave", {"reason": "own"})
    assert "本人提出" in soup(desk.get(who)).one("main").words


def test_a_team_has_a_leader(desk: Client) -> None:
    who = _join(desk, "王志", "19900010001")
    told = {"name": "渔区队", "field": "sea", "region_code": makers.COUNTY}
    team = _post(desk, "/desk/volunteer-teams/new", told)
    _post(desk, f"{team}/join", {"volunteer_id": who.rsplit("/", 1)[1], "leads": "on"})
    assert "王志" in soup(desk.get("/desk/volunteer-teams")).one("main").words
    _post(desk, f"{team}/end", {"reason": "合并"})
    assert "撤销" in soup(desk.get(team)).one("main").words


def test_services_are_written_down_filtered_and_let_out(desk: Client) -> None:
    who = _join(desk, "王志", "19900010001")
    told = {
        "service": "S01", "on": f"{clock.today():%Y-%m-%d}", "minutes": "30", "where": "村委会",
        "region_code": makers.COUNTY, "giver": "volunteer", "client": "elder", "people": "2",
        "volunteer_id": who.rsplit("/", 1)[1], "result": "answered", "words_told": "解答赡养问题",
        "file": SimpleUploadedFile("现场.jpg", photo(), "image/jpeg"),
    }  # fmt: skip
    where = _post(desk, "/desk/services/new", told)
    page = soup(desk.get(where))
    [link] = [one for one in page.all("a") if one.words == "现场.jpg"]
    paper = desk.get(link.attrs["href"])
    content = b"".join(paper.streaming_content)  # type: ignore[attr-defined]
    assert content.startswith(b"\xff\xd8"), "a photograph, without what it told about itself"
    assert "解答" in page.one("main").words
    assert "村委会" in soup(desk.get("/desk/services?service=S01")).one("main").words
    assert "村委会" not in soup(desk.get("/desk/services?service=S02")).one("main").words
    sent = desk.post("/desk/services/export?service=S01", {"purpose": "", "reason": ""})
    assert sent.status_code == 422
    sent = desk.post("/desk/services/export?service=S01", {
        "purpose": purposes.EXPORTING[0][0], "reason": "季度汇总",
    })  # fmt: skip
    lines = b"".join(sent.streaming_content).decode()  # type: ignore[attr-defined]
    assert "村委会" in lines
    assert "水印" in lines
    _post(desk, f"{where}/void", {"reason": "重复登记"})
    assert "已作废" in soup(desk.get(where)).one("main").words


def test_anybody_finds_open_tasks_and_applies(desk: Client) -> None:
    task = _task(desk)
    visitor = Client()
    assert "渔港法律咨询" in soup(visitor.get("/volunteer")).one("main").words
    shown = visitor.get(f"/volunteer/tasks/{task.rsplit('/', 1)[1]}")
    assert "渔港码头" in soup(shown).one("main").words
    assert "马甲" not in shown.content.decode()
    town = soup(visitor.get("/volunteer/apply")).all("option")
    code = next(one.attrs["value"] for one in town if one.attrs["value"].startswith("3302"))
    told = {"name": "李援", "phone": "19900010002", "kind": "08", "directions": ["publicity"],
            "region_code": code}  # fmt: skip
    assert visitor.post("/volunteer/apply", {"name": "李援"}).status_code == 422
    for _ in range(2):
        assert _post(visitor, "/volunteer/apply", told) == "/volunteer/applied"
    with acting(makers.SYSTEM):
        assert [row.name for row in providers_queries.volunteers_in(HERE)] == ["李援"]
