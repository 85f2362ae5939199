"""Ratings, complaints, alerts and bookings are shown to whom they concern, and to nobody else."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from checks import scene as scenes
from checks.test_leaks import SEES, shows, who
from yike.demo import cast
from yike.rooms.booking import queries as booking_queries
from yike.rooms.guard.acting import acting
from yike.rooms.observation import queries as observation_queries
from yike.rooms.places import grade_pages, grades
from yike.rooms.quality import queries as quality_queries
from yike.rooms.reach import queries as reach_queries

#: role → what it sees of quality: noun, how many. All else is nothing.
_QUALITY = {
    "officer": {"rectification": 1, "mine": 2},
    "director": {"rectification": 1, "complaint": 1, "rating": 2, "callback": 1, "alert": 30},
    "supervisor": {"rectification": 1, "complaint": 1, "rating": 2, "callback": 1, "alert": 30},
}


@pytest.mark.parametrize("role", [role for role in SEES if role != "peer"])
def test_quality_is_shown_to_whom_it_concerns(role: str, scene: scenes.Scene) -> None:
    expected = _QUALITY.get(role, {})
    actor = who(scene, role)
    with scenes.undone(), acting(actor):
        nouns = ("callback", "rectification", "alert", "complaint")
        found = {noun: len(quality_queries.cases(actor, noun).rows) for noun in nouns}
        found["rating"] = len(quality_queries.ratings(actor).rows)
        mine = quality_queries.my_ratings(actor).rows
        found["mine"] = len(mine)
        assert {noun: n for noun, n in found.items() if n} == expected
        named = {row.reference for row in mine}
        assert named <= {"", scene.references["bad"]}, "who asked not to be named is named"
        for noun, name in (("rectification", "rectification"), ("complaint", "complaint")):
            opened = shows(
                lambda: quality_queries.case_page(actor, noun, UUID(scene.ids[name]))  # noqa: B023
            )
            assert opened == (noun in expected)


#: who reads what was answered at 石浦司法所's observation point
_OBSERVATION = {"officer", "dispatcher", "director"}


def test_sheets_are_the_offices_and_running_figures_nobodys(scene: scenes.Scene) -> None:
    wave = UUID(scene.ids["wave"])
    for role in scenes.ROLES:
        actor = who(scene, role)
        with scenes.undone(), acting(actor), connection.cursor() as cursor:
            for table in ("answersheet", "answercode"):
                cursor.execute(f"select count(*) > 0 from observation_{table}")
                assert cursor.fetchone() == (role in _OBSERVATION,), (role, table)
            if actor.kind == "staff":
                rows = observation_queries.wave_page(actor, wave).rows
                told = [row.progress.answered for row in rows if row.progress.answered]
                assert told == ([1] if role in _OBSERVATION else []), role
                assert not any(row.open_to for row in rows), role


#: who sees a booking of 石浦司法所: the office, and those who answer for the county
_BOOKING_SEEN = {"clerk", "agent", "officer", "dispatcher", "director"}


@pytest.mark.parametrize("role", scenes.ROLES)
def test_a_booking_is_seen_only_by_its_office_and_region(role: str, scene: scenes.Scene) -> None:
    actor, reference = who(scene, role), scene.ids["booked"]
    with scenes.undone(), acting(actor):
        listed = booking_queries.day_list(actor, scenes.MORNING.date() + timedelta(days=1))
        found = {one.reference for one in listed}
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from booking_booking")
            assert cursor.fetchone() == ((1 if role in _BOOKING_SEEN else 0),)
    assert (reference in found) == (role in _BOOKING_SEEN)


#: who sees that 鹤浦 handed its assessment in: its office, the county, who watches, who audits
_GRADES_SEEN = {"stranger", "dispatcher", "director", "supervisor", "auditor"}


@pytest.mark.parametrize("role", [role for role in SEES if role not in ("peer", "citizen")])
def test_an_assessment_is_seen_by_its_office_and_the_county(role: str, scene: scenes.Scene) -> None:
    actor, ref = who(scene, role), UUID(scene.ids["submitted"])
    with scenes.undone(), acting(actor):
        listed = {row.last.id for row in grades.overview(actor, cast.COUNTY) if row.last}
        assert (ref in listed) == (role in _GRADES_SEEN)
        assert shows(lambda: grade_pages.assessment_page(actor, ref)) == (role in _GRADES_SEEN)
        results = {row.assessment_id: row.points for row in grades.recompute(cast.COUNTY)}
        told = [points for made, points in results.items() if made and points is not None]
        assert bool(told) == (role in _GRADES_SEEN - {"stranger"})
        station = next(row.station_id for row in grades.recompute(cast.COUNTY) if row.assessment_id)
        page = grades.station_grade(actor, station)
        assert bool(page.assessments) == (role in _GRADES_SEEN - {"stranger"})
        assert all(one.kind != "refused" for one in page.awards)


#: who sees what a county planned: its staff and auditors; no practitioner, citizen or platform
_CIRCLE_SEEN = {"clerk", "agent", "officer", "stranger", "dispatcher", "director", "auditor"}


@pytest.mark.parametrize("role", scenes.ROLES)
def test_the_circle_is_seen_by_the_staff_of_the_county(role: str, scene: scenes.Scene) -> None:
    actor, run = who(scene, role), UUID(scene.ids["run"])
    seen = role in _CIRCLE_SEEN | {"supervisor"}
    with scenes.undone(), acting(actor):
        face = reach_queries.overview(actor, county=cast.COUNTY)
        assert bool(face.networks and face.people and face.runs) == seen
        assert bool(face.waiting or face.last) == seen
        assert shows(lambda: reach_queries.run_page(actor, run)) == seen
        assert shows(lambda: reach_queries.access_page(actor, run)) == seen
        assert shows(lambda: reach_queries.villages_csv(actor, run)) == seen
        assert shows(lambda: reach_queries.cells_geojson(actor, run)) == seen
        plan = UUID(scene.ids["siting"])
        assert bool(reach_queries.siting_plans(actor, county=cast.COUNTY)) == seen
        assert shows(lambda: reach_queries.siting_plan(actor, plan)) == seen
        assert shows(lambda: reach_queries.siting_geojson(actor, plan)) == seen
