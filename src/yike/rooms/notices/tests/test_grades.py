"""Who is told of a grade: the county when it is handed in, the office when it is decided."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection

from yike.rooms.core import actor as actors
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.notices import grades
from yike.rooms.notices.models import Notice
from yike.rooms.places import actions as places_actions
from yike.rooms.places.tests import grading_makers

pytestmark = pytest.mark.django_db
HOUSE = actors.system("test")


def _jobs() -> list[dict[str, Any]]:
    """What was deferred to be told, in order; each is told as the job would."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select args from procrastinate_jobs where task_name = %s order by id",
            ["notices.tell_of_grade"],
        )
        rows = [row[0] for row in cursor.fetchall()]
    return [json.loads(one) if isinstance(one, str) else one for one in rows]


def test_handed_in_sent_back_and_awarded_each_told_once_to_whose_turn_it_is() -> None:
    county = makers.furnish()
    with acting(HOUSE):
        found = grading_makers.ground()
        grading_makers.scheme()
    ref = grading_makers.submitted(found)
    with acting(found.reviewer):
        places_actions.send_back(assessment_id=ref, reason="照片看不清", actor=found.reviewer)
    with acting(HOUSE):
        jobs = _jobs()
        for job in (*jobs, *jobs):  # tried again, it tells nobody twice
            grades.tell_of_grade(**job, actor=HOUSE)
        rows = Notice.objects.filter(template="places.grade").order_by("id")
        told = [(one.title, one.to_account, one.to_org) for one in rows]
    title = "站点SP等级评定：自评已提交，请复核"
    assert {(title, county.dispatcher.ref, ""), (title, county.director.ref, "")} == {
        one for one in told if one[0] == title
    }
    (back,) = [one for one in told if "退回补正" in one[0]]
    assert back[2] == str(found.office)
    assert len(told) == 3
