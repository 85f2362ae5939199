"""Quality at the desk: calling back, mending, complaints, one's own ratings, the daily look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from django.test import Client

from yike.doors.desk.tests.soup import soup
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers as matters
from yike.rooms.notices import reference as notices_reference
from yike.rooms.people.models import Account, Secret
from yike.rooms.quality.models import Complaint, DailyCheck, Rating, Rectification
from yike.rooms.quality.tests import makers

Sit = Callable[[Actor], Client]


@pytest.fixture
def quality(county: matters.County) -> makers.Quality:
    """The county of the desk's tests, with a bureau and two supervisors."""
    with acting(makers.SYSTEM):
        notices_reference.load_reference(actor=makers.SYSTEM)
        bureau = matters._office(
            "bureau", "象山县司法局", "bureau", matters.COUNTY, handles_orders=False
        )
        ma = matters.person("majian", "马监督", "supervisor", bureau, matters.COUNTY, level=3)
        gao = matters.person("gaojian", "高监督", "supervisor", bureau, matters.COUNTY, level=3)
        for one in Account.objects.exclude(id__in=Secret.objects.values("account_id")).values_list(
            "id", flat=True
        ):
            from yike.rooms.core import clock

            Secret.objects.create(account_id=one, password="!", password_at=clock.now())
    return makers.Quality(county=county, bureau=bureau, ma=ma, gao=gao)


def _bad(quality: makers.Quality) -> UUID:
    return makers.callback_of(makers.rated(makers.answered(quality.county), 1)).id


def test_a_bad_rating_is_called_back_and_mended(quality: makers.Quality, sit: Sit) -> None:
    county, desk = quality.county, sit(quality.ma)
    case = _bad(quality)
    listed = soup(desk.get("/desk/quality"))
    where = f"/desk/quality/callback/{case}"
    assert where in [one.attrs["href"] for one in listed.all("a")]
    told = {"words": "请改进", "to_org": str(county.shipu_office), "hard": "0"}
    early = desk.post(f"{where}/do/send_mend", told)
    assert early.status_code == 422
    assert "还没有联系过当事人" in early.content.decode()
    attempt = {"result": "reached", "words": "说等了很久"}
    assert desk.post(f"{where}/do/note_attempt", attempt).status_code == 302
    empty = desk.post(f"{where}/do/send_mend", {"words": "请改进"})
    assert empty.status_code == 422
    assert soup(empty).one("textarea", id="send_mend_words").words.strip() == "请改进"
    assert desk.post(f"{where}/do/send_mend", told).status_code == 302
    with acting(makers.SYSTEM):
        made = Rectification.objects.get()
    office = sit(county.wang)
    mended = f"/desk/quality/rectification/{made.id}"
    assert office.post(f"{mended}/do/report_mended", {"words": "已整改到位"}).status_code == 302
    assert office.post(f"{mended}/do/pass_check", {"words": "已核验"}).status_code == 422
    assert desk.post(f"{mended}/do/pass_check", {"words": "已核验"}).status_code == 302
    assert desk.post(f"{mended}/do/review", {"words": "当天回复"}).status_code == 302
    ended = soup(desk.get("/desk/quality?tab=rectification&only=ended"))
    assert len(ended.all("li", class_="is-new")) + len(ended.all("li")) >= 1


def test_others_get_nothing_of_it(quality: makers.Quality, sit: Sit) -> None:
    case = _bad(quality)
    for who in (quality.county.wang, quality.county.clerk, quality.county.lawyer):
        assert sit(who).get(f"/desk/quality/callback/{case}").status_code == 404
        assert str(case) not in sit(who).get("/desk/quality").content.decode()
    assert sit(quality.county.auditor).get("/desk/quality").status_code == 403
    assert sit(quality.ma).get("/desk/quality/nothing/" + str(case)).status_code == 404
    assert sit(quality.ma).post(f"/desk/quality/callback/{case}/do/review").status_code == 404


def test_a_flagged_rating_is_checked(quality: makers.Quality, sit: Sit) -> None:
    from datetime import timedelta

    from yike.rooms.core import clock

    at = clock.now() - timedelta(seconds=3597)
    made = makers.rated(makers.answered(quality.county), 5, at=at)
    desk = sit(quality.ma)
    page = soup(desk.get("/desk/quality?tab=rating&only=held"))
    assert page.all("form", action=f"/desk/quality/ratings/{made}/check")
    assert desk.post(f"/desk/quality/ratings/{made}/check", {}).status_code == 422
    told = {"counts": "0", "words": "同事代点"}
    assert desk.post(f"/desk/quality/ratings/{made}/check", told).status_code == 302
    assert makers.rating(made).standing == "excluded"


def test_the_rated_read_and_reply(quality: makers.Quality, sit: Sit) -> None:
    made = makers.rated(makers.answered(quality.county), 2, anonymous=True, words="太慢了")
    desk = sit(quality.county.wang)
    page = desk.get("/desk/ratings").content.decode()
    assert "太慢了" in page
    assert "当事人不公开" in page
    assert desk.post(f"/desk/ratings/{made}/reply", {"words": ""}).status_code == 422
    told = {"words": "当日系统故障", "appeals": "on"}
    assert desk.post(f"/desk/ratings/{made}/reply", told).status_code == 302
    assert desk.post(f"/desk/ratings/{made}/reply", told).status_code == 422
    assert "当日系统故障" in sit(quality.ma).get("/desk/quality?tab=rating").content.decode()


def test_a_clerk_rates_for_the_citizen_and_who_served_cannot(
    quality: makers.Quality, sit: Sit
) -> None:
    reference = makers.answered(quality.county)
    told = {"channel": "window", "level": "4", "words": "谢谢"}
    link = sit(quality.county.clerk).post(f"/desk/m/{reference}/rate/link")
    assert soup(link).all("svg")
    assert sit(quality.county.wang).post(f"/desk/m/{reference}/rate/link").status_code == 403
    there = soup(sit(quality.county.clerk).get(f"/desk/m/{reference}"))
    assert there.all("a", href=f"/desk/m/{reference}/rate")
    assert sit(quality.county.wang).get(f"/desk/m/{reference}/rate").status_code == 403
    clerk = sit(quality.county.clerk)
    assert clerk.post(f"/desk/m/{reference}/rate", {"channel": "window"}).status_code == 422
    assert clerk.post(f"/desk/m/{reference}/rate", told).status_code == 302
    with acting(makers.SYSTEM):
        assert Rating.objects.get().channel == "window"
    again = clerk.get(f"/desk/m/{reference}/rate")
    assert not soup(again).all("input", name="level")


def test_a_clerk_writes_down_what_the_citizen_says_it_cost(
    quality: makers.Quality, sit: Sit
) -> None:
    reference, clerk = makers.answered(quality.county), sit(quality.county.clerk)
    path, told = f"/desk/m/{reference}/rate", {"channel": "hotline", "level": "4"}
    assert "经办人没有记" in soup(clerk.get(path)).one("main").words
    wrong = clerk.post(path, {**told, "said_visits": "-1", "said_yuan": "abc"})
    assert wrong.status_code == 422
    assert not _ratings()
    right = {**told, "said_visits": "3", "said_yuan": "80.50"}
    assert clerk.post(path, right).status_code == 302
    [made] = _ratings()
    assert (made.said_visits, made.said_fen) == (3, 8050)


def _ratings() -> list[Rating]:
    with acting(makers.SYSTEM):
        return list(Rating.objects.all())


def test_a_complaint_is_taken_down_and_answered(quality: makers.Quality, sit: Sit) -> None:
    clerk = sit(quality.county.clerk)
    key = soup(clerk.get("/desk/complaints")).one("input", name="key").attrs["value"]
    told = {
        "kind": "03", "words": "司法所让我去找镇里，镇里又推回来。", "region_code": matters.SHIPU,
        "name": "赵六", "phone": "13857499999", "key": key,
    }  # fmt: skip
    assert clerk.post("/desk/complaints", told | {"phone": "12"}).status_code == 422
    taken = clerk.post("/desk/complaints", told)
    with acting(makers.SYSTEM):
        made = Complaint.objects.get()
    makers.house("give_complaint", complaint_id=made.id)
    assert made.reference in taken.content.decode()
    assert clerk.get(f"/desk/quality/complaint/{made.id}").status_code == 404
    desk = sit(quality.ma)
    where = f"/desk/quality/complaint/{made.id}"
    assert desk.post(f"{where}/do/send_letter", {"words": "已收到"}).status_code == 302
    answer = {"upheld": "1", "words": "经核查属实，已责成整改。"}
    assert desk.post(f"{where}/do/answer_complaint", answer).status_code == 422
    full = answer | {"mend_org": str(quality.county.hepu_office)}
    assert desk.post(f"{where}/do/answer_complaint", full).status_code == 302


def test_the_daily_list_is_looked_at(quality: makers.Quality, sit: Sit) -> None:
    makers.house("make_daily_checks", now=makers.MONDAY)
    from yike.rooms.core import clock

    with clock.at(makers.MONDAY):
        desk = sit(quality.county.wang)
        with acting(quality.county.wang):
            mine = DailyCheck.objects.get()
        page = soup(desk.get("/desk/daily"))
        assert page.all("form", action=f"/desk/daily/{mine.id}/seen")
        assert desk.post(f"/desk/daily/{mine.id}/seen").status_code == 302
        assert sit(quality.county.zhao).post(f"/desk/daily/{mine.id}/seen").status_code == 404
        assert not soup(desk.get("/desk/daily")).all("form", action=f"/desk/daily/{mine.id}/seen")


def test_directors_reward_and_set_parameters(quality: makers.Quality, sit: Sit) -> None:
    desk, ma = sit(quality.county.director), sit(quality.ma)
    told = {
        "institution_id": str(quality.county.firm), "kind": "talk", "weight_percent": "50",
        "basis": "工单办法", "words": "多次超期", "active_until": str(date(2099, 1, 1)),
    }  # fmt: skip
    assert desk.post("/desk/rewards", told | {"weight_percent": "150"}).status_code == 422
    assert desk.post("/desk/rewards", told).status_code == 302
    assert ma.post("/desk/rewards", told).status_code == 200
    forms = soup(desk.get("/desk/rewards")).all("form", method="post")
    (revoke,) = [one for one in forms if one.attrs["action"].endswith("/revoke")]
    assert desk.post(revoke.attrs["action"], {"reason": ""}).status_code == 422
    assert desk.post(revoke.attrs["action"], {"reason": "登记错了"}).status_code == 302
    change = {"code": "daily.hour", "value": "9", "reason": "早一点"}
    assert ma.post("/desk/quality/rules", change).status_code == 422
    assert desk.post("/desk/quality/rules", change).status_code == 302
    assert "第 1 版" in ma.get("/desk/quality/rules").content.decode()


def test_an_order_of_supervision(quality: makers.Quality, sit: Sit) -> None:
    desk = sit(quality.ma)
    told = {"to_org": str(quality.county.hepu_office), "title": "清理积案", "words": "三天内清理"}
    assert desk.post("/desk/quality/supervise", {"title": "清理积案"}).status_code == 422
    where = desk.post("/desk/quality/supervise", told).headers["Location"]
    assert sit(quality.county.zhao).get(where).status_code == 200
    assert sit(quality.county.wang).get(where).status_code == 404
    assert desk.get("/desk/warnings").status_code == 200
