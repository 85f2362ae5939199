"""The play is made by real actions: every matter has one holder, its steps, and its mark."""

from __future__ import annotations

import importlib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from yike.demo import attending, cast, circle, clearing, duties, furnish, load, play, script, ways
from yike.demo.play import HOUSE
from yike.house import firststart
from yike.house.testing import Databases
from yike.rooms.catalogue import halls
from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.clocks import actions as clocks_actions
from yike.rooms.core import clock
from yike.rooms.duty import queries as duty_queries
from yike.rooms.guard.acting import acting
from yike.rooms.matters import flow
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.models import Matter, Route
from yike.rooms.people.models import Account
from yike.rooms.places import queries as places_queries
from yike.rooms.reach import child
from yike.rooms.reach import queries as reach_queries
from yike.rooms.reach.reckoning import __main__ as reckoning_words
from yike.rooms.trail.models import Entry

UNTIL = datetime(2026, 11, 20, 15, 0, tzinfo=clock.CIVIL)


def _villages() -> tuple[str, ...]:
    return furnish.villages()


class TestScript:
    def test_the_same_seed_gives_the_same_year(self) -> None:
        one = script.year(UNTIL, ["330225101004"], count=50)
        assert one == script.year(UNTIL, ["330225101004"], count=50)

    def test_a_year_covers_every_legal_matter_and_every_door(self) -> None:
        parts = script.year(UNTIL, ["330225101004"], count=3000)
        assert {part.category for part in parts} == set(script.told())
        assert {part.door for part in parts} == {"portal", "desk", "wire"}
        assert all(UNTIL - timedelta(days=366) < part.at < UNTIL for part in parts)

    def test_no_place_is_left_unfilled(self) -> None:
        parts = script.year(UNTIL, ["330225101004"], count=3000)
        assert not [part.text for part in parts if "{" in part.text]


@pytest.mark.commits
def test_the_last_days_load_twice_and_are_cleared(
    committed: str, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    firststart.load_reference()
    monkeypatch.setattr(load, "COUNT", 400)
    for _ in range(2):
        with clock.at(UNTIL):
            load.foreground()
        with acting(HOUSE):
            assert 3 <= Matter.objects.count() == Matter.objects.filter(demo=True).count()
            assert Matter.objects.filter(holder_org=None).count() == 0
            assert Matter.objects.filter(unrouted=True).count() == 0
            assert not matters_queries.coverage_gaps(HOUSE, cast.COUNTY)
            assert len({row.circuit_id for row in duty_queries.next_visits(cast.COUNTY)}) == 2
            assert len(halls.items_without_hall(cast.COUNTY)) < len(catalogue_queries.items())
            # centre, towns, points at known centres, featured villages, the harbour
            assert len(places_queries.public_register(cast.COUNTY)) == 1 + 18 + 8 + 2 + 1
    with psycopg.connect(databases.dsn_of(committed)) as owner:
        clearing.clear_everything(owner)
    with acting(HOUSE):
        left = [Matter.objects.count(), Route.objects.count(), Account.objects.count()]
        assert left == [0, 0, 0]
        assert not places_queries.public_register(cast.COUNTY)


@pytest.mark.django_db
class TestPlay:
    def test_every_fate_is_played(self) -> None:
        firststart.load_reference()
        with clock.at(UNTIL), acting(HOUSE):
            furnish.everything(actor=HOUSE)
            offices = furnish.place_offices(actor=HOUSE)
            players = play.company(offices, load._peer())
            for part in script.year(UNTIL, _villages(), count=3000)[-120:]:
                play.play(part, players, UNTIL, quiet=False)
            states = set(Matter.objects.values_list("state", flat=True))
            cost = matters_queries.efforts_in(HOUSE, UNTIL.date() - timedelta(90), UNTIL.date())
            assert {"free", "aid", "reduced", "fee"} <= {one.pay for one in cost}
            assert {0, 1} <= {one.visits for one in cost}
            assert any(one.papers for one in cost)
        assert {"60", "50"} & states
        assert {"21", "30"} & states

    def test_promises_of_old_orders_broke_at_their_instants_and_alarm_nobody(self) -> None:
        firststart.load_reference()
        with clock.at(UNTIL), acting(HOUSE):
            furnish.everything(actor=HOUSE)
            players = play.company(furnish.place_offices(actor=HOUSE), load._peer())
            before = _jobs()
            year = script.year(UNTIL, _villages(), count=3000)
            unfinished = [part for part in year[:-60] if part.fate == "open"]
            for part in (*unfinished[-20:], *year[-420:-360]):
                play.play(part, players, UNTIL, quiet=True)
            assert _jobs() == before
            assert clocks_actions.tick(now=UNTIL, actor=HOUSE) == 0
            late = Matter.objects.filter(due_at__lt=UNTIL, state__in=flow.GOING)
            assert Matter.objects.filter(broken=True).exists()
            assert all(late.values_list("broken", flat=True))
            with connection.cursor() as cursor:
                cursor.execute(
                    "select max(at - (body::json->>'due_at')::timestamptz) from trail_entry"
                    " where kind = 'clocks.ClockBroken'"
                )
                (longest,) = cursor.fetchone()
        assert longest == timedelta(seconds=1)


def _jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs")
        (count,) = cursor.fetchone()
        return int(count)


@pytest.mark.commits
def test_the_engine_makes_the_roster_around_today(
    committed: str,
    databases: Databases,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
    tmp_path: Path,
) -> None:
    firststart.load_reference()
    settings.NETWORKS_DIR, settings.INCOMING_DIR = tmp_path / "networks", tmp_path / "incoming"
    monkeypatch.setattr(duties, "SECONDS", 12.0)
    monkeypatch.setattr(child, "ask", _here)
    with clock.at(UNTIL):
        with acting(HOUSE):
            furnish.everything(actor=HOUSE)
            duties.set_up(actor=HOUSE)
            duties.set_up(actor=HOUSE)
        for _ in range(2):
            duties.make_roster()
        with acting(HOUSE):
            [roster] = duty_queries.rosters(cast.COUNTY)
            board = duty_queries.public_board(cast.COUNTY)
        attending.everything()
        for _ in range(2):
            circle.measure()
            circle.plan()
        _circle_is_filled()
        with acting(HOUSE):
            month = duty_queries.rotation(cast.COUNTY, UNTIL.date(), actor=HOUSE).total
    assert (roster.state, roster.work) == ("published", "done")
    assert roster.shifts > 300
    assert month["came"] > 0.85 * (month["due"] - month["unfilled"]), month
    assert all(month[what] for what in ("late", "early", "absent", "substituted")), month
    assert roster.empty <= 5  # on a crowded machine a few are left, never many
    assert {row.line for row in board} >= {"12348", "12345", "night"}
    with psycopg.connect(databases.dsn_of(committed)) as owner:
        clearing.clear_everything(owner)
    with acting(HOUSE):
        assert duty_queries.posts_in(cast.COUNTY) == ()
        bare = reach_queries.overview(HOUSE, county=cast.COUNTY)
        assert not bare.networks
        assert bare.people is None
        assert not bare.runs
        assert bare.timetable is None


def _here(word: str, **asked: Any) -> dict[str, Any]:
    """What a child of a job does, without the process."""
    return importlib.import_module(reckoning_words.WORDS[word]).run(asked)  # type: ignore[no-any-return]


def _circle_is_filled() -> None:
    """Networks, people, runs and a plan: all named examples, everybody counted once."""
    with acting(HOUSE):
        face = reach_queries.overview(HOUSE, county=cast.COUNTY)
        [plan] = reach_queries.siting_plans(HOUSE, county=cast.COUNTY)
    assert [row.state for row in face.networks] == ["current"] * 3
    assert face.people is not None
    assert (face.people.count, face.people.total) == (410, 484_236)  # as in 2000
    assert [row.state for row in face.runs] == ["done"] * 4
    assert face.last is not None
    assert face.last.row.name in (circle.RUN, circle.SHARED)
    assert face.timetable is not None
    assert (face.timetable.state, face.timetable.over) == ("current", False)
    assert sum(bool(row.snapshot) for row in face.runs) == 1
    assert plan.state == "done"
    named = [plan.name, face.people.name, *(row.name for row in face.runs)]
    named += [f"{row.source}{row.licence}" for row in face.networks]
    assert all("演示" in name for name in named), named
    assert face.last is not None
    assert 0 < (face.last.row.percent or 0) < 100, "an example without gaps teaches nothing"


@pytest.mark.django_db
def test_orders_go_every_way_of_the_script() -> None:
    firststart.load_reference()
    with clock.at(UNTIL), acting(HOUSE):
        furnish.everything(actor=HOUSE)
        players = play.company(furnish.place_offices(actor=HOUSE), load._peer())
        parts = [part for part in script.desks(UNTIL, _villages()) if part.way]
        assert {part.way for part in parts} == set(ways._WAYS)
        for part in parts:
            play.play(part, players, UNTIL, quiet=False)
        told = set(Entry.objects.filter(kind__startswith="matters.").values_list("kind", flat=True))
    missing = _WAYS_TELL - {kind.partition(".")[2] for kind in told}
    assert not missing


_WAYS_TELL = {
    "OfficeInvited", "OpinionGiven", "SubOrderSent", "MatterGivenBack", "ReturnRefused",
    "ExtensionAsked", "MatterExtended", "MatterSuspended", "MatterSupervised",
    "SupervisionReported", "MatterHurried", "ReplySubmitted",
}  # fmt: skip
