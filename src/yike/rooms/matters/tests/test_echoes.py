"""What follows a deed: jobs that exist with it, notices told once, promises broken and marked."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from yike.rooms.clocks import actions as clocks_actions
from yike.rooms.core import clock
from yike.rooms.core.refusal import Refusal
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions, jobs
from yike.rooms.matters.models import Matter
from yike.rooms.matters.tests import makers
from yike.rooms.matters.tests.makers import do, opened, page
from yike.rooms.notices import queries as notices_queries
from yike.rooms.trail import wiring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def jobs_left() -> list[tuple[str, dict[str, Any]]]:
    """The jobs deferred in this transaction, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute("select task_name, args::text from procrastinate_jobs order by id")
        return [(name, json.loads(args)) for name, args in cursor.fetchall()]


def tell_all() -> None:
    """Does what the worker would do with the jobs of this room."""
    for name, args in jobs_left():
        if name == "matters.tell":
            jobs.tell(**args)
        if name == "matters.warn":
            jobs.warn(**args)
        if name == "matters.mark_late":
            jobs.mark_late(**args)


def titles(actor: Any) -> list[str]:
    """What stands in somebody's inbox."""
    with acting(actor):
        return [row.title for row in notices_queries.inbox(actor).rows]


def test_office_and_citizen_are_told_once(county: makers.County) -> None:
    reference = opened().reference
    tell_all()
    tell_all()
    assert titles(county.wang) == ["新工单待签收"]
    assert titles(makers.citizen(reference)) == ["您的诉求已受理"]
    assert titles(county.zhao) == []


def test_an_arrival_is_no_news_once_the_order_is_signed_for(county: makers.County) -> None:
    """The job came late, because the worker was down: the citizen is told all the same."""
    reference = opened().reference
    do("sign", reference, county.wang)
    tell_all()
    assert titles(county.wang) == []
    assert titles(makers.citizen(reference)) == ["您的诉求已受理"]


def test_a_late_job_tells_of_the_last_arrival_only(county: makers.County) -> None:
    reference = opened().reference
    do("transfer", reference, county.wang, to_org=county.hepu_office, reason="当事人在鹤浦")
    tell_all()
    assert titles(county.wang) == []
    assert titles(county.zhao) == ["工单转来"]


def test_an_order_without_office_alarms_the_pool(county: makers.County) -> None:
    opened(region_code="330225104000")
    tell_all()
    assert titles(county.dispatcher) == ["有工单没有承办单位"]


def test_who_speaks_is_not_told_of_it(county: makers.County) -> None:
    reference = opened().reference
    do("sign", reference, county.wang)
    do("send_message", reference, makers.citizen(reference), words="补充一句")
    tell_all()
    assert "群众有新留言" in titles(county.wang)
    assert "有新的回复" not in titles(makers.citizen(reference))


def test_a_refused_deed_leaves_no_job(county: makers.County) -> None:
    reference = opened().reference
    before = jobs_left()
    with pytest.raises(Refusal):
        do("close", reference, county.wang, result="answered", reply="太早了")
    assert jobs_left() == before


def test_history_written_down_long_after_tells_nobody(county: makers.County) -> None:
    before = jobs_left()  # what furnishing the county left over
    with wiring.without_later():
        opened(demo=True)
    assert jobs_left() == before


def test_a_demonstration_is_told_like_the_real_thing(county: makers.County) -> None:
    before = jobs_left()
    opened(demo=True)
    assert len(jobs_left()) > len(before)


def test_a_broken_promise_marks_its_matter_and_tells_the_holder(county: makers.County) -> None:
    reference = opened().reference
    do("sign", reference, county.wang)
    late = makers.MONDAY + timedelta(days=21)
    with clock.at(late):
        with acting(makers.SYSTEM) as house:
            clocks_actions.tick(now=late, limit=50, actor=house)
        tell_all()
        seen = page(county.wang, reference)
        assert seen.late
        assert any("已超时限" in line.sentence for line in seen.timeline)
        assert "红色预警：工单已超期" in titles(county.wang)
    with acting(makers.SYSTEM):
        assert Matter.objects.get(reference=reference).broken


def test_only_the_house_marks_and_moves(county: makers.County) -> None:
    receipt = opened()
    with acting(county.wang) as wang, pytest.raises(Refusal):
        actions.mark_late(matter_id=receipt.matter_id, clock_id=receipt.matter_id, actor=wang)
    with acting(makers.SYSTEM) as house:
        matter = Matter.objects.get(reference=receipt.reference)
        assert matter.finish_clock is not None
        later = makers.MONDAY + timedelta(days=9)
        actions.follow_clock(
            matter_id=matter.id, clock_id=matter.finish_clock, due_at=later, actor=house
        )
    assert page(county.wang, receipt.reference).due_at == later
