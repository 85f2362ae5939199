"""Equal, affordable, easy: the sums are right, and what nobody knows is said to be unknown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from yike.doors.desk import effort_rules, equality
from yike.doors.desk.equality_rules import gap_of, median_of, share_of
from yike.rooms.catalogue.fees import price_of
from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.matters.tests.makers import COUNTY
from yike.rooms.quality import actions as quality_actions


def test_a_gap_has_its_two_ends_and_is_unknown_of_less_than_two() -> None:
    gap = gap_of([("远", 30.0), ("近", 10.0), ("不详", None)])
    assert gap is not None
    assert (gap.best, gap.worst, gap.difference, gap.ratio) == ("近", "远", 20.0, 3.0)
    assert gap_of([("一", 1.0), ("不详", None)]) is None
    still = gap_of([("零", 0.0), ("多", 2.0)])
    assert still is not None
    assert still.ratio is None


@pytest.mark.parametrize(
    ("values", "median"), [((), None), ((3.0,), 3.0), ((1.0, 9.0, 2.0), 2.0), ((4.0, 1.0), 2.5)]
)
def test_the_median(values: tuple[float, ...], median: float | None) -> None:
    assert median_of(values) == median


@pytest.mark.parametrize(
    ("fee", "said"),
    [
        ("免费", "free"),
        ("", "unknown"),
        ("—", "unknown"),
        ("50元/件", "paid"),
    ],
)
def test_an_empty_price_is_not_free(fee: str, said: str) -> None:
    assert price_of(fee) == said


def test_a_share_of_nothing_is_unknown() -> None:
    assert share_of(0, 0) is None
    assert share_of(1, 3) == 33.3


@pytest.mark.django_db
def test_without_a_run_the_gaps_are_unknown_and_times_are_those_of_the_demands(
    county: makers.County, sit: Callable[[Actor], Client]
) -> None:
    makers.opened()
    with acting(county.dispatcher):
        face = equality.equality_face(county.dispatcher, COUNTY, 90)
    told = {row.name: row for _, rows in face.parts for row in rows}
    assert told["乡镇之间的用时差距"].value == ""
    assert told["到办结的时间"].value == ""
    assert told["网上提出的比例"].source == "这段时间的 1 件诉求"
    by_clock = told["到办结的时间"].formula
    assert "工作时间，按单位的工作日历" in by_clock
    with acting(county.dispatcher):
        away = equality.equality_face(county.dispatcher, COUNTY, 90, makers.HEPU)
    assert "这段时间的 0 件诉求" in {row.source for _, rows in away.parts for row in rows}
    page = sit(county.dispatcher).get(f"/desk/equality?days=30&town={makers.SHIPU}")
    assert f'value="{makers.SHIPU}" selected' in page.content.decode()
    page = sit(county.dispatcher).get("/desk/equality?days=30")
    assert page.status_code == 200
    assert "不详" in page.content.decode()


D1, D2 = date(2026, 11, 2), date(2026, 11, 9)


@pytest.mark.parametrize(
    ("stated", "came", "said", "known"),
    [
        (None, (), None, (None, "")),
        (2, (), None, (2, "stated")),
        (0, (), None, (0, "stated")),
        (None, (D1, D2), None, (2, "counted")),
        (1, (D1, D2), None, (2, "counted")),
        (3, (D1,), None, (3, "stated")),
        (3, (D1, D2), 1, (1, "said")),
        (None, (), 0, (0, "said")),
    ],
)
def test_who_knows_how_often_somebody_came(
    stated: int | None, came: tuple[date, ...], said: int | None, known: tuple[int | None, str]
) -> None:
    assert effort_rules.visits_of(stated, came, said) == known


def _case(town: str, fen: int | None, visits: int | None = None) -> effort_rules.Case:
    return effort_rules.Case(
        town=town, groups=("elderly",), fen=fen, visits=visits, how="", papers=None, doors=1
    )


def test_unknown_is_no_zero_and_what_is_too_few_is_not_told_nor_given_away() -> None:
    cases = [_case("a", 0), *[_case("a", 5000)] * 5, *[_case("a", None)] * 3]
    cases += [*[_case("b", 0)] * 8, *[_case("c", 100)] * 2]
    names = [("a", "甲镇"), ("b", "乙镇"), ("c", "丙镇"), ("d", "丁镇")]
    whole = effort_rules.line("合计", cases, least=5)
    assert (whole.price.known, whole.price.unknown, whole.price.paid_percent) == (16, 3, 43.8)
    assert (whole.steps.known, whole.steps.once_percent) == (0, None)
    towns = effort_rules.lines(cases, names, lambda one: (one.town,), least=5, apart=True)
    told = [(one.name, one.price.paid_percent, one.price.median_yuan) for one in towns]
    # Two of 丙镇 are too few, and 甲镇 with the fewest besides would give them away.
    assert told == [("甲镇", None, None), ("乙镇", 0.0, None), ("丙镇", None, None)]
    (group,) = effort_rules.lines(
        cases, [("elderly", "老年人")], lambda one: one.groups, least=5, apart=False
    )
    assert (group.price.paid_percent, group.price.median_yuan) == (43.8, 50.0)


@pytest.mark.django_db
def test_what_help_cost_is_said_at_the_end_corrected_by_the_citizen_and_counted(
    county: makers.County, sit: Callable[[Actor], Client]
) -> None:
    few = {"code": "efforts.least_cases", "value": "1", "source": "示例"}
    few |= {"active_from": str(clock.today())}
    assert sit(county.director).post("/desk/advisers/norms", few).status_code == 302
    with clock.at(clock.now() - timedelta(hours=1)):
        paid = makers.worked(county, person_categories=("elderly",))
        free = makers.worked(county, item_code="PLS-YZ008", phone="13800000011")
        silent = makers.worked(county, phone="13800000012")
        seat = sit(county.wang)
        told = {"result": "answered", "reply": "已公证。", "pay": "fee", "visits": "3"}
        where = f"/desk/m/{paid}/do/close"
        page = seat.get(f"/desk/m/{paid}").content.decode()
        assert "当事人付了多少、来过几次（可以不填）" in page
        wrong = seat.post(where, told)
        assert wrong.status_code == 422
        assert "请写当事人付了多少元" in wrong.content.decode()
        odd = seat.post(where, told | {"pay": "free", "yuan": "5"})
        assert "写了金额，请选“付了钱”" in odd.content.decode()
        assert "这里还没有填写" in seat.post(where, told | {"yuan": "80.5"}).content.decode()
        told |= {"yuan": "80.5", "basis": "某收费标准（示例）"}
        assert seat.post(where, told).status_code == 302
        for one in (free, silent):
            makers.do("close", one, county.wang, result="answered", reply="请看说明。")
    with acting(county.director):
        face = equality.equality_face(county.director, COUNTY, 90).efforts
    whole, (town,), groups = face.whole, face.towns, {one.name: one for one in face.groups}
    assert (whole.price.known, whole.price.unknown, whole.price.paid_percent) == (2, 1, 50.0)
    assert (groups["老年人"].price.median_yuan, town.steps.median_visits) == (80.5, 3.0)
    assert (whole.steps.known, whole.steps.unknown, whole.steps.stated) == (1, 2, 1)
    _corrected(paid)
    desk = sit(county.director).get("/desk/equality?days=90").content.decode()
    assert "当事人说 1，数出 0，经办人写 0" in desk
    assert "80.00 元" in desk
    assert "100.0%" in desk  # came once
    with acting(county.director):
        away = equality.equality_face(county.director, COUNTY, 90, makers.HEPU).efforts
    assert away.towns == ()  # a town is told as beside the others, never by a sum of its own
    assert away.whole.cases == 3


def _corrected(reference: str) -> None:
    """The citizen rates by the link, and says otherwise."""
    with acting(makers.SYSTEM):
        path = quality_actions.invite_rating(reference=reference, actor=makers.SYSTEM)
    web = Client(REMOTE_ADDR="10.9.8.7")
    assert "经办人记的是：付了钱 80.50 元，到场 3 次" in web.get(path).content.decode()
    said = {"level": "5", "said_visits": "1", "said_yuan": "80"}
    assert "panel-done" in web.post(path, said).content.decode()


@pytest.mark.django_db
def test_a_night_and_a_weekend_are_no_working_time(county: makers.County) -> None:
    del county
    friday = datetime(2026, 11, 20, 16, tzinfo=clock.CIVIL)
    monday = datetime(2026, 11, 23, 10, tzinfo=clock.CIVIL)
    with acting(makers.SYSTEM):
        found = clocks_queries.worked_hours("office", [(friday, monday), (monday, friday)])
        assert clocks_queries.worked_hours("没有", [(friday, monday)]) is None
    assert found is not None
    assert 1 <= found[0] <= 6
    assert found[1] == 0
