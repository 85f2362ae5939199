"""Posts, rosters, one's own duty, swaps and substitutes through the door; and the public board."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client

from yike.doors.desk.tests.soup import soup
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.duty import actions as duty_actions
from yike.rooms.duty import queries as duty_queries
from yike.rooms.duty import solving
from yike.rooms.duty.faces import ShiftRow
from yike.rooms.duty.models import CallOut, Leave, Roster
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.providers import actions as providers_actions

Sit = Callable[[Actor], Client]
TODAY = clock.today()
MONDAY = TODAY + timedelta(days=7 - TODAY.weekday())


def _post(desk: Client, path: str, told: Mapping[str, object] | None = None) -> str:
    """Sends a form that is right and returns where it leads."""
    answer = desk.post(path, dict(told or {}))
    assert answer.status_code == 302, soup(answer).one("main").words[:600]
    return str(answer.headers["Location"])


def _words(desk: Client, path: str) -> str:
    answer = desk.get(path)
    assert answer.status_code == 200
    return soup(answer).one("main").words


@pytest.fixture
def desk(county: makers.County, sit: Sit) -> Client:
    """The dispatcher, who plans."""
    return sit(county.dispatcher)


@pytest.fixture
def lawyers(county: makers.County) -> tuple[UUID, UUID]:
    """The two lawyers of the firm in the register, linked to their accounts."""
    made = []
    with acting(makers.SYSTEM):
        for name, actor in (("孙律师", county.lawyer), ("周律师", county.other_lawyer)):
            one = providers_actions.register_practitioner(
                name=name, kind="01", institution_id=county.firm,
                active_from=TODAY - timedelta(days=400), actor=makers.SYSTEM,
            )  # fmt: skip
            assert actor.account_id is not None
            providers_actions.link_account(
                practitioner_id=one, account_id=actor.account_id, actor=makers.SYSTEM
            )
            made.append(one)
    return made[0], made[1]


@pytest.fixture
def where(desk: Client, county: makers.County, lawyers: tuple[UUID, UUID]) -> str:
    """A lawyer's post on weekday mornings, set up through the door."""
    told = {
        "code": "GW-1", "name": "12345大厅律师席", "kind": "line", "line": "12345",
        "institution_id": str(county.hotline), "region_code": makers.COUNTY, "kinds": ["01"],
        "services": ["S01"], "phone": "12345",
    }  # fmt: skip
    assert desk.post("/desk/posts/new", {"code": "GW-1"}).status_code == 422
    path = _post(desk, "/desk/posts/new", told)
    line = {
        "weekdays": ["0", "1", "2", "3", "4"], "from_time": "08:30", "until_time": "12:00",
        "people": "1", "backups": "0", "holidays": "open",
    }  # fmt: skip
    assert desk.post(f"{path}/line", {"people": "0"}).status_code == 422
    _post(desk, f"{path}/line", line)
    assert "周一至周五 08:30-12:00 1人" in _words(desk, path)
    return path


@pytest.fixture
def roster(desk: Client, where: str) -> Roster:
    """A published week, asked for, solved by the worker and published through the door."""
    _post(desk, "/desk/posts", {"from_on": MONDAY.isoformat(), "weeks": "1"})
    row = _roster()
    assert "排队等待" in _words(desk, f"/desk/rosters/{row.pk}")
    solving.carry(row.pk, seconds=5)
    page = _words(desk, f"/desk/rosters/{row.pk}")
    assert "共 5 班，都有人" in page
    _post(desk, f"/desk/rosters/{row.pk}/publish")
    return row


def _roster() -> Roster:
    with acting(makers.SYSTEM):
        return Roster.objects.get()


def _shifts(who: UUID) -> list[ShiftRow]:
    since = clock.now()
    with acting(makers.SYSTEM):
        return list(duty_queries.shifts_of(who, since, since + timedelta(days=30)))


def test_a_roster_is_made_fairly_shown_as_a_grid_and_published(
    desk: Client, county: makers.County, sit: Sit, roster: Roster, lawyers: tuple[UUID, UUID]
) -> None:
    grid = soup(desk.get(f"/desk/rosters/{roster.pk}")).one("table", class_="roster")
    assert len(grid.all("a", class_="who")) == 5
    stood = sorted(len(_shifts(one)) for one in lawyers)
    assert stood in ([2, 3], [1, 4])
    # a clerk reads it and may alter nothing
    clerk = sit(county.clerk)
    assert "12345大厅律师席" in _words(clerk, f"/desk/rosters/{roster.pk}")
    assert clerk.post(f"/desk/rosters/{roster.pk}/repair").status_code == 403
    assert "折算工时" in _words(desk, f"/desk/posts/fairness?day={MONDAY}")


def test_hand_changes_are_held_against_the_rules(
    desk: Client, roster: Roster, lawyers: tuple[UUID, UUID]
) -> None:
    shift = _shifts(lawyers[0])[0]
    with acting(makers.SYSTEM):
        duty_actions.ask_leave(
            practitioner_id=lawyers[1], from_on=shift.day, last_on=shift.day, actor=makers.SYSTEM
        )
    page = desk.get(f"/desk/shifts/{shift.id}")
    assert "周律师（海平律师事务所）：这一天已请假" in soup(page).one("aside").words
    told = {"practitioner_id": str(lawyers[1])}
    assert desk.post(f"/desk/shifts/{shift.id}", told).status_code == 422
    _post(desk, f"/desk/shifts/{shift.id}", {"practitioner_id": ""})
    assert "没有人" in _words(desk, f"/desk/shifts/{shift.id}")


def test_leave_is_asked_granted_and_planned_around(
    desk: Client, county: makers.County, sit: Sit, roster: Roster, lawyers: tuple[UUID, UUID]
) -> None:
    own = sit(county.lawyer)
    mine = _shifts(lawyers[0])
    day = mine[0].day
    told = {"from_on": day.isoformat(), "last_on": day.isoformat(), "reason": "开庭"}
    assert own.post("/desk/duty/ask/leave", {}).status_code == 422
    _post(own, "/desk/duty/ask/leave", told)
    _post(own, "/desk/duty/ask/wish", {"kind": "avoid", "weekday": "2"})
    assert "尽量不排：周三" in _words(own, "/desk/duty")
    assert "孙律师请假" in _words(desk, "/desk/posts")
    with acting(makers.SYSTEM):
        leave = Leave.objects.get()
    _post(desk, f"/desk/posts/decide/leave/{leave.pk}/yes")
    _post(desk, f"/desk/rosters/{roster.pk}/repair")
    solving.carry_again(roster.pk)
    assert [one.day for one in _shifts(lawyers[0])] == [one.day for one in mine[1:]]
    assert "上次调整改动 1 班" in _words(desk, f"/desk/rosters/{roster.pk}")


def test_a_swap_needs_the_other_and_the_dispatcher(
    desk: Client, county: makers.County, sit: Sit, roster: Roster, lawyers: tuple[UUID, UUID]
) -> None:
    one, other = sit(county.lawyer), sit(county.other_lawyer)
    mine, theirs = _shifts(lawyers[0])[0], _shifts(lawyers[1])[0]
    told = {"shift_id": str(mine.id), "other_shift_id": str(theirs.id), "reason": "开庭"}
    _post(one, "/desk/duty/ask/swap", told)
    page = soup(other.get("/desk/duty"))
    agree = next(
        form.attrs["action"] for form in page.all("form") if "/agree/" in form.attrs["action"]
    )
    assert one.post(agree).status_code == 403
    _post(other, agree)
    approve = next(
        form.attrs["action"]
        for form in soup(desk.get("/desk/posts")).all("form")
        if form.attrs.get("action", "").endswith("/yes")
    )
    _post(desk, approve)
    assert theirs.id in {row.id for row in _shifts(lawyers[0])}
    assert mine.id in {row.id for row in _shifts(lawyers[1])}


def test_an_absence_calls_out_and_the_first_takes_it(
    desk: Client, county: makers.County, sit: Sit, roster: Roster, lawyers: tuple[UUID, UUID]
) -> None:
    one, other = sit(county.lawyer), sit(county.other_lawyer)
    mine = _shifts(lawyers[0])[0]
    assert other.post(f"/desk/duty/absent/{mine.id}").status_code == 404
    _post(one, f"/desk/duty/absent/{mine.id}")
    assert "孙律师缺勤" in _words(desk, "/desk/posts")
    with acting(makers.SYSTEM):
        call = CallOut.objects.get()
        assert duty_actions.call_out(call_id=call.pk, actor=makers.SYSTEM) == 1
    assert "请您替班" in _words(other, "/desk/duty")
    _post(other, f"/desk/duty/take/{call.pk}")
    assert mine.day in {row.day for row in _shifts(lawyers[1])}
    assert "请您替班" not in _words(other, "/desk/duty")


def test_nobody_can_stand_in_then_the_dispatcher_is_alarmed_and_names_one(
    desk: Client, county: makers.County, sit: Sit, roster: Roster, lawyers: tuple[UUID, UUID]
) -> None:
    mine = _shifts(lawyers[0])[0]
    with acting(makers.SYSTEM):
        leave = duty_actions.ask_leave(
            practitioner_id=lawyers[1], from_on=mine.day, last_on=mine.day, actor=makers.SYSTEM
        )
    _post(desk, f"/desk/shifts/{mine.id}/absent", {"reason": "生病"})
    with acting(makers.SYSTEM):
        call = CallOut.objects.get()
        assert duty_actions.call_out(call_id=call.pk, actor=makers.SYSTEM) == 0
    assert "没有人能替班" in _words(desk, "/desk/posts")
    with acting(makers.SYSTEM):
        duty_actions.withdraw_leave(leave_id=leave, actor=makers.SYSTEM)
    _post(desk, f"/desk/shifts/{mine.id}", {"practitioner_id": str(lawyers[1])})
    assert mine.day in {row.day for row in _shifts(lawyers[1])}


def test_today_s_board_and_calendars_are_public(
    county: makers.County, sit: Sit, roster: Roster, lawyers: tuple[UUID, UUID]
) -> None:
    anybody = Client()
    board = _words(anybody, f"/duty?day={MONDAY}")
    assert "12345大厅律师席" in board
    assert "08:30-12:00" in board
    assert anybody.get("/duty?day=x").status_code == 422
    own = sit(county.lawyer)
    answer = own.post("/desk/duty/calendar/new")
    address = next(
        one.attrs["href"]
        for one in soup(answer).all("a")
        if "/duty/mine/" in one.attrs.get("href", "")
    )
    path = address.split("testserver")[1]
    calendar = anybody.get(path)
    assert calendar.headers["Content-Type"].startswith("text/calendar")
    assert calendar.content.count(b"BEGIN:VEVENT") == len(_shifts(lawyers[0]))
    _post(own, "/desk/duty/calendar/end")
    assert anybody.get(path).status_code == 404


def test_an_impossible_post_says_who_is_missing(
    desk: Client, county: makers.County, where: str
) -> None:
    told = {
        "code": "GW-2", "name": "公证窗口", "kind": "window", "institution_id": str(county.pool),
        "region_code": makers.COUNTY, "kinds": ["02"],
    }  # fmt: skip
    path = _post(desk, "/desk/posts/new", told)
    line = {
        "weekdays": ["1"], "from_time": "09:00", "until_time": "12:00", "people": "1",
        "backups": "0", "holidays": "open",
    }  # fmt: skip
    _post(desk, f"{path}/line", line)
    _post(desk, "/desk/posts", {"from_on": date.isoformat(MONDAY), "weeks": "1"})
    row = _roster()
    solving.carry(row.pk, seconds=5)
    page = _words(desk, f"/desk/rosters/{row.pk}")
    assert "没有人能值的班（1）" in page
    assert "名录里没有符合要求的人（公证）" in page
