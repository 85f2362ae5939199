"""Who stands where in the play: posts of the centre, the stations and the lines, and a roster.

Posts are set up before the house opens; the engine makes the roster of four weeks around today in
the background, since that takes longer than anybody waits for a first page.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from yike.demo import cast, furnish, stage
from yike.demo.stage import HOUSE
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.duty import actions as duty_actions
from yike.rooms.duty import queries as duty_queries
from yike.rooms.duty import solving
from yike.rooms.duty.actions import Line
from yike.rooms.guard.acting import acting
from yike.rooms.people import actions as people_actions
from yike.rooms.people import passwords, roles
from yike.rooms.places import queries as places_queries
from yike.rooms.providers import actions as providers_actions
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import codes
from yike.rooms.trail.wiring import without_later

#: what the engine may take for the play's roster
SECONDS = 25.0
MORNING, AFTERNOON = (time(8, 30), time(12)), (time(14), time(17, 30))
#: kinds of practitioners that posts ask for
_ON_POSTS = ("01", "02", "05", "06", "07")
EVERY, WORKDAYS = tuple(range(7)), (0, 1, 2, 3, 4)
#: the days on which the ferry of an island's town brings somebody
_FERRY = {"hepu": (0, 2, 4), "gaotangdao": (1, 3)}


def set_up(*, actor: Actor) -> None:
    """This will set up the posts and what they need; does nothing the second time."""
    if duty_queries.post_by_code(stage.code("duty-12348")):
        return
    offices = furnish.place_offices(actor=actor)
    _lines(offices, actor)
    _windows(offices, actor)
    for number, (region, short, key) in enumerate(cast.TOWNS):
        _station(number, region, short, key, offices[key], actor)


def make_roster() -> None:
    """This will let the engine make the roster around today and publish it; once.

    What a killed load left as a draft is gone on with.
    """
    today = clock.today()
    monday = today - timedelta(days=today.weekday() + 14)
    with clock.at(datetime.combine(monday - timedelta(days=3), time(9), tzinfo=clock.CIVIL)):
        with acting(HOUSE):
            known = duty_queries.rosters(cast.COUNTY)
            if not known:
                _sign_up()
            roster = known[-1].id if known else _begin(monday)
        if known and known[-1].state != "draft":
            return
        solving.carry(roster, seconds=SECONDS)
        with acting(HOUSE), without_later():
            if duty_queries.roster_page(roster).row.work == "done":
                duty_actions.publish_roster(roster_id=roster, actor=HOUSE)


def _sign_up() -> None:
    """Whoever may stand at a post signs in by themselves: to check in, to be asked, to swap."""
    kept = passwords.keep(cast.PASSWORD)
    people = providers_queries.practitioners_in(codes.span(cast.COUNTY), _ON_POSTS)
    for number, row in enumerate(one for one in people if one.account_id is None):
        account = people_actions.create_account(
            username=f"zhiban{number:02d}", display_name=row.name, password=kept,
            must_change=False, demo=True, actor=HOUSE,
        )  # fmt: skip
        people_actions.give_grant(
            account_id=account, role=roles.PRACTITIONER, org=row.institution_id, region_code="",
            reason="演示账号", actor=HOUSE,
        )  # fmt: skip
        providers_actions.link_account(practitioner_id=row.id, account_id=account, actor=HOUSE)


def _begin(monday: date) -> UUID:
    return duty_actions.begin_roster(
        county=cast.COUNTY,
        from_on=monday,
        until_on=monday + timedelta(weeks=5),
        demo=True,
        actor=HOUSE,
    )


def _lines(offices: dict[str, UUID], actor: Actor) -> None:
    day = tuple(_line(hours, EVERY, "open") for hours in (MORNING, AFTERNOON))
    office = tuple(_line(hours, WORKDAYS) for hours in (MORNING, AFTERNOON))
    night = Line(
        from_time=time(17, 30), until_time=time(8, 30), weekdays=EVERY, holidays="open", backups=1
    )
    law = ("01", "07")
    for key, name, line, kinds, lines in (
        ("duty-12348", "12348热线律师", "12348", law, day),
        ("duty-12345", "12345大厅律师席", "12345", ("01",), office),
        ("duty-night", "夜间法律咨询热线", "night", ("01",), (night,)),
    ):
        made = duty_actions.register_post(
            code=stage.code(key), name=name, kind="line", line=line, kinds=kinds, phone="12348",
            institution_id=offices["hotline"], region_code=cast.COUNTY, services=("S01",),
            active_from=furnish.OPENED, demo=True, actor=actor,
        )  # fmt: skip
        _need(made, lines, actor)


def _windows(offices: dict[str, UUID], actor: Actor) -> None:
    centre = places_queries.station_by_code(stage.code("st-centre"))
    both = tuple(_line(hours, WORKDAYS) for hours in (MORNING, AFTERNOON))
    for key, name, services, kinds, lines in (
        ("law", "县中心律师咨询窗口", ("S01", "S02"), ("01",), both),
        ("aid", "县中心法律援助窗口", ("S06",), ("06", "01"), both),
        ("peace", "县中心人民调解窗口", ("S07",), ("05",), both[:1]),
        ("notary", "县中心公证窗口", ("S03",), ("02",), (_line(MORNING, (1, 3)),)),
    ):
        made = duty_actions.register_post(
            code=stage.code(f"duty-{key}"), name=name, kind="window", services=services,
            kinds=kinds, institution_id=offices["centre"], region_code=cast.COUNTY,
            place_id=centre.id if centre else None, point=centre.point if centre else None,
            active_from=furnish.OPENED, demo=True, actor=actor,
        )  # fmt: skip
        _need(made, lines, actor)


def _station(number: int, region: str, short: str, key: str, office: UUID, actor: Actor) -> None:
    """Each town two or three mornings a week; on an island the days the ferry runs."""
    place = places_queries.station_by_code(stage.code(f"st-{key}"))
    island, ferry = cast.ISLANDS.get(region, ""), _FERRY.get(key, ())
    days = ferry or ((0, 2, 4), (1, 3))[number % 2]
    made = duty_actions.register_post(
        code=stage.code(f"duty-{key}"), name=f"{short}工作站值班律师、调解员", kind="station",
        institution_id=office, region_code=region, place_id=place.id if place else None,
        services=("S01", "S02", "S07", "S09"), kinds=("01", "05", "07"), phone="12348",
        island=island, ferry_weekdays=ferry, point=place.point if place else None,
        active_from=furnish.OPENED, demo=True, actor=actor,
    )  # fmt: skip
    hours = (time(9), time(15)) if island else MORNING
    _need(made, (_line(hours, days),), actor)


def _need(post: UUID, lines: tuple[Line, ...], actor: Actor) -> None:
    duty_actions.set_demand(post_id=post, lines=lines, from_on=furnish.OPENED, actor=actor)


def _line(hours: tuple[time, time], days: tuple[int, ...], holidays: str = "closed") -> Line:
    return Line(from_time=hours[0], until_time=hours[1], weekdays=days, holidays=holidays)
