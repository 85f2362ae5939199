"""B2.1, B2.3: orders of another platform, signed in time; it is called, not left asking."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from yike.doors.wire.tests.conftest import Platform, make_platform
from yike.rooms.clocks import actions as clocks_actions
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import Clash
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.notices import actions as notices_actions
from yike.rooms.notices import outbox
from yike.rooms.notices import queries as notices_queries
from yike.rooms.notices.tests import platform as platforms
from yike.rooms.people import actions as people_actions
from yike.rooms.people.models import ApiKey

SECURITY = Actor(
    kind="staff", ref="00000000-0000-7000-8000-0000000000f1", roles=frozenset({"admin_security"})
)


@pytest.fixture
def server(settings: Any, county: makers.County) -> Iterator[platforms.Platform]:
    """The platform's own server, on loopback; its link ends with it."""
    settings.EMAIL_HOST = ""
    settings.YIKE = replace(settings.YIKE, link_hosts="127.0.0.1")
    found = platforms.Platform()
    yield found
    found.stop()
    with acting(SECURITY):
        for link in notices_queries.links(actor=SECURITY):
            if link.state != "ended":
                notices_actions.end_link(link_id=link.id, reason="试完了", actor=SECURITY)


@pytest.fixture
def fed(platform: Platform, server: platforms.Platform) -> Any:
    """The link of the newest key, registered by security."""
    forget_jobs()
    with acting(makers.SYSTEM):
        key = ApiKey.objects.order_by("-id").first()
    assert key is not None
    return link_to(key.id, server)


def link_to(key_id: UUID, server: platforms.Platform) -> Any:
    with acting(SECURITY):
        return notices_actions.make_link(
            name="安徽法律服务网", url=server.url, region_code=makers.COUNTY, key_id=key_id,
            actor=SECURITY,
        )  # fmt: skip


def forget_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs where status = 'todo'")


def work() -> None:
    """Does the jobs that tell, as the worker would; the rest is not asked for here."""
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from procrastinate_jobs where status = 'todo' "
            "and task_name = any(%s) returning id, task_name, args",
            (["matters.tell", "matters.mark_late", "notices.relay"],),
        )
        jobs = sorted(cursor.fetchall())
    for _, name, args in jobs:
        told = json.loads(args) if isinstance(args, str) else args
        app.tasks[name].func(**told)
    outbox.hand_over_all()


def data(server: platforms.Platform) -> list[dict[str, Any]]:
    return [one["data"] for one in server.told()]


def test_from_handing_over_to_the_answer(
    platform: Platform, county: makers.County, server: platforms.Platform, fed: Any
) -> None:
    reference = platform.open(peer_ref="AH-2026-0001").json()["reference"]
    work()
    (opened,) = data(server)
    assert platforms.proves(server.taken[0], fed.secret)
    assert (opened["reference"], opened["peer_ref"]) == (reference, "AH-2026-0001")
    assert (opened["holder"], opened["waits_for"], opened["ended"]) == (
        "石浦司法所",
        "office",
        False,
    )
    assert opened["answer"] is None
    deadline = opened["sign"]["due_at"]
    assert opened["sign"]["signed_at"] is None
    assert opened["next_promise"]["due_at"] == deadline, "to sign comes first"
    with clock.at(makers.MONDAY + timedelta(minutes=20)):
        makers.do("sign", reference, county.wang)
        work()
    signed = data(server)[-1]
    assert signed["sign"] == {
        "due_at": deadline, "signed_at": "2026-11-16T10:20:00+08:00", "late": False,
    }  # fmt: skip
    assert signed["version"] > opened["version"]
    assert signed["next_promise"]["name"] == "石浦司法所和您联系"
    with clock.at(makers.MONDAY + timedelta(hours=2)):
        makers.do("close", reference, county.wang, result="answered", reply="可申请劳动仲裁")
        work()
    last = server.told()[-1]
    assert last["type"] == "matter.answered"
    assert last["data"]["answer"]["words"] == "可申请劳动仲裁"
    assert last["data"]["waits_for"] == "citizen"
    asked = platform.get(f"/matters/{reference}").json()
    told = last["data"]
    same = ("state", "state_name", "holder", "waits_for", "ended", "late", "order_no")
    assert {name: told[name] for name in same} == {name: asked[name] for name in same}
    assert told["answer"]["words"] == asked["answer"]["words"], "called and asked say the same"
    every = json.dumps(server.told(), ensure_ascii=False)
    assert not [one for one in ("张三丰", makers.PHONE) if one in every]


def test_a_deadline_to_sign_that_passed_is_told_too(
    platform: Platform, server: platforms.Platform, fed: Any
) -> None:
    platform.open(peer_ref="AH-6")
    work()
    server.taken.clear()
    late = makers.MONDAY + timedelta(days=3)
    with clock.at(late):
        with acting(makers.SYSTEM):
            clocks_actions.tick(now=late, limit=500, actor=makers.SYSTEM)
        work()
    told = [one for one in data(server) if one["peer_ref"] == "AH-6"]
    assert told
    assert told[-1]["sign"]["late"] is True
    assert told[-1]["sign"]["signed_at"] is None


def test_a_job_that_runs_twice_reports_once(
    platform: Platform, server: platforms.Platform, fed: Any
) -> None:
    platform.open(peer_ref="AH-2")
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_jobs (queue_name, task_name, args, status) "
            "select queue_name, task_name, args, 'todo' from procrastinate_jobs "
            "where status = 'todo' and task_name = 'matters.tell'"
        )
    work()
    assert len(server.taken) == 1


def test_a_platform_that_is_down_hears_in_the_end(
    platform: Platform, county: makers.County, server: platforms.Platform, fed: Any
) -> None:
    server.answer(502)
    reference = platform.open(peer_ref="AH-3").json()["reference"]
    work()
    makers.do("sign", reference, county.wang)
    work()
    server.taken.clear()
    server.answer(200)
    with clock.at(makers.MONDAY + timedelta(minutes=10)):
        outbox.hand_over_all()
    assert sorted(one["version"] for one in data(server)) == sorted(
        {one["version"] for one in data(server)}
    )
    assert {one["reference"] for one in data(server)} == {reference}
    assert len(data(server)) == 2


def test_nobody_elses_matter_and_no_key_that_ended(
    platform: Platform, server: platforms.Platform, fed: Any
) -> None:
    make_platform(name="第三家").open(peer_ref="X-1")
    work()
    assert server.taken == []
    reference = platform.open(peer_ref="AH-4").json()["reference"]
    with acting(makers.SYSTEM):
        key = ApiKey.objects.get(id=UUID(_peer_of(reference)))
        people_actions.end_api_key(key_id=key.id, reason="合作结束", actor=makers.SYSTEM)
    work()
    assert server.taken == []


def test_a_key_that_may_not_follow_is_not_told(
    county: makers.County, server: platforms.Platform
) -> None:
    opener = make_platform(scopes=["matters:open"])
    with acting(makers.SYSTEM):
        key = ApiKey.objects.order_by("-id").first()
    assert key is not None
    link_to(key.id, server)
    forget_jobs()
    opener.open(peer_ref="AH-5")
    work()
    assert server.taken == []


def test_one_address_for_each_platform(server: platforms.Platform, fed: Any) -> None:
    with acting(makers.SYSTEM):
        key = ApiKey.objects.order_by("-id").first()
    assert key is not None
    with pytest.raises(Clash, match="已经登记"):
        link_to(key.id, server)


def _peer_of(reference: str) -> str:
    from yike.rooms.matters.models import Matter

    return str(Matter.objects.get(reference=reference).peer_id)
