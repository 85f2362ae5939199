"""Security administrators hear of a broken glass, once each, and nobody else does."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from django.db import connection

from yike.rooms.core.actor import system
from yike.rooms.guard.acting import acting
from yike.rooms.notices import jobs, queries
from yike.rooms.people import actions as people_actions
from yike.rooms.people.tests import makers

WHY = "家暴受害人深夜来电，须立即查看原诉求"


@pytest.mark.django_db
def test_a_broken_glass_reaches_security_once() -> None:
    security, auditor = makers.staff("admin_security"), makers.staff("auditor")
    me = makers.staff("dispatcher", region_code=makers.XIANGSHAN, org=UUID(int=9))
    with acting(me):
        people_actions.break_glass(reason=WHY, actor=me)
    with acting(system("test")), connection.cursor() as cursor:
        cursor.execute(
            "select (args->'event')::text from procrastinate_jobs"
            " where task_name = 'notices.warn_of_emergency'"
        )
        [(told_job,)] = cursor.fetchall()
    event = json.loads(told_job)
    for _ in range(2):
        jobs.warn_of_emergency(event=event)
    for reader, many in ((security, 1), (auditor, 0), (me, 0)):
        with acting(reader):
            told = list(queries.inbox(reader))
        assert len(told) == many
        if told:
            assert WHY in told[0].words
            assert me.label in told[0].words
