"""The worker as `./yike up` starts it, on tables that really commit: promises, jobs, sudden death.

Nothing here is timed: each wait has a generous limit, and instants are compared as they are stored.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection

from yike.house import firststart, stalled
from yike.house.testing import ROOT, STATE, Databases, connected
from yike.rooms.clocks import actions as clocks_actions
from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.clocks.faces import ClockFace
from yike.rooms.core import clock
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions
from yike.rooms.matters.models import Matter
from yike.rooms.matters.tests import makers
from yike.rooms.notices import queries as notices_queries
from yike.rooms.notices.tests import post
from yike.rooms.trail import queries as trail_queries

pytestmark = pytest.mark.commits

PATIENCE = 180.0
#: Of the promise that the matters here are given: a minute, yellow and orange near its end.
NEAR, DUE = timedelta(seconds=54), timedelta(seconds=60)


@dataclass
class House:
    """A furnished database, its people, a post office, and the worker that may be started."""

    name: str
    dsn: str
    county: makers.County
    office: post.PostOffice
    port: int
    log: Path
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    command: ClassVar = (sys.executable, "-m", "yike.house.worker")

    def start(self) -> subprocess.Popen[bytes]:
        """This will start a worker as the supervisor does, with a mail server to send by."""
        environ = os.environ | {
            "YIKE_DB_NAME": self.name,
            "YIKE_STATE_DIR": str(STATE),
            "YIKE_SMTP_HOST": "127.0.0.1",
            "YIKE_SMTP_PORT": str(self.port),
            "PYTHONPATH": str(ROOT / "src"),
        }
        with self.log.open("ab") as log:
            worker = subprocess.Popen(self.command, env=environ, cwd=ROOT, stdout=log, stderr=log)
        self.workers.append(worker)
        return worker

    def end(self) -> None:
        """This will end every worker that still runs."""
        for worker in self.workers:
            worker.terminate()
        for worker in self.workers:
            worker.wait(timeout=PATIENCE)
        self.workers.clear()

    def ask(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """This will ask as the owner of the server, who sees every row and every session."""
        with psycopg.connect(self.dsn) as asking:
            return asking.execute(sql, values).fetchall()

    def wait(self, whether: Callable[[], Any], what: str) -> Any:
        """This will return what comes within the limit, or fail with the worker's own words."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = whether()
            if found:
                return found
            time.sleep(0.1)
        jobs = self.ask("select task_name, status, attempts, args from procrastinate_jobs")
        pytest.fail(f"{what}: not within {PATIENCE:.0f} s\n{jobs}\n{self.log.read_text()[-3000:]}")

    def jobs(self) -> list[tuple[Any, ...]]:
        """This will return the jobs whose turn is now: in doing, failed, or waiting."""
        return self.ask(
            "select task_name, status from procrastinate_jobs"
            " where status <> 'todo' or coalesce(scheduled_at, now()) <= now()"
        )


@pytest.fixture(scope="module")
def furnished(
    databases: Databases, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """One database with reference data and a small county for all tests of this page."""
    name = f"{os.environ['YIKE_DB_NAME']}_work"
    databases.copy(name)
    office = post.PostOffice()
    server = post.opened(office)
    log = tmp_path_factory.mktemp("worker") / "worker.log"
    try:
        with connected(name, django_db_blocker):
            firststart.load_reference()
            county = makers.furnish()
            _promise_of_a_minute(county)
        port = int(server.port)
        yield House(name, databases.dsn_of(name), county, office, port, log)
    finally:
        server.stop()
        databases.drop(name)


@pytest.fixture
def house(furnished: House, django_db_blocker: Any) -> Iterator[House]:
    """The house with no worker yet; those that a test starts are ended after it."""
    furnished.log.write_text("")
    with connected(furnished.name, django_db_blocker):
        try:
            yield furnished
        finally:
            furnished.end()


def _promise_of_a_minute(county: makers.County) -> None:
    """A consultation is answered within a minute, by day and night; all are warned at once.

    In force since yesterday: what was asked two hours ago may have been asked before midnight.
    """
    with acting(makers.SYSTEM):
        clocks_actions.set_promise(
            code="consult.finish", name="咨询答复", amount=1, unit="elapsed_minutes",
            calendar_code="hotline", near_percent=90, warn_percent=95,
            active_from=clock.today() - timedelta(days=1), actor=makers.SYSTEM,
        )  # fmt: skip
    with acting(county.director):
        actions.set_alerts(
            recipients={"yellow": ["office"], "orange": ["office"], "red": ["office", "director"]},
            reason="试行", rest_days=False, again_minutes=0, red_at_once=True,
            actor=county.director,
        )  # fmt: skip


def _asked(*, ago: timedelta) -> tuple[str, ClockFace]:
    """A question put so long ago: its reference and the clock of its answer."""
    with clock.at(clock.now() - ago):
        reference = makers.opened(demand_type="1").reference
    return reference, _finish_clock(reference)


def _finish_clock(reference: str) -> ClockFace:
    with acting(makers.SYSTEM):
        matter = _matter_id(reference)
        faces = clocks_queries.faces_of("matter", matter)
        return next(face for face in faces if face.promise_code == "consult.finish")


def _matter_id(reference: str) -> UUID:
    return Matter.objects.values_list("id", flat=True).get(reference=reference)


def _titles(house: House, reference: str) -> list[str]:
    """What the officer of the office that holds it finds in the inbox about one matter."""
    with acting(makers.SYSTEM):
        matter = str(_matter_id(reference))
    with acting(house.county.wang):
        found = notices_queries.inbox(house.county.wang)
    return [notice.title for notice in found.rows if notice.subject == matter]


def _told(house: House, clock_id: Any) -> dict[str, datetime]:
    """When the trail says that each warning of a clock was told."""
    rows = house.ask(
        "select kind, at from trail_entry where kind like 'clocks.Clock%%' and body like %s",
        f"%{clock_id}%",
    )
    assert len({kind for kind, _ in rows}) == len(rows), "each is told once"
    return dict(rows)


def _check_told(house: House, reference: str, made: ClockFace, *, since: datetime) -> None:
    """All three are in the trail and on the clock, none before its instant, and in the inbox."""
    told = house.wait(
        lambda: len(found := _told(house, made.id)) == 3 and found, "three warnings in the trail"
    )
    shown = _finish_clock(reference)
    for kind, due, marked in (
        ("clocks.ClockNeared", made.near_at, shown.neared_at),
        ("clocks.ClockWarned", made.warn_at, shown.warned_at),
        ("clocks.ClockBroken", made.due_at, shown.broken_at),
    ):
        assert due is not None
        assert marked is not None
        assert max(due, since) <= marked <= told[kind] + timedelta(seconds=1)
    house.wait(lambda: any("超" in title for title in _titles(house, reference)), "the notice")


def test_a_promise_is_warned_of_and_broken_while_the_worker_runs(house: House) -> None:
    house.start()
    reference, made = _asked(ago=timedelta(seconds=50))
    assert made.near_at is not None
    assert made.due_at - made.started_at == DUE
    assert made.near_at - made.started_at == NEAR
    _check_told(house, reference, made, since=made.near_at)


def test_a_promise_broken_while_no_worker_ran_is_told_when_one_starts(house: House) -> None:
    reference, made = _asked(ago=timedelta(hours=2))
    assert _told(house, made.id) == {}
    begun = clock.now()
    house.start()
    _check_told(house, reference, made, since=begun)


def test_an_order_runs_through_all_its_jobs_to_the_letter_and_is_sealed(house: House) -> None:
    house.start()
    address = f"zhang{uuid4().hex[:6]}@example.cn"
    reference = makers.opened(email=address).reference
    letter = house.wait(
        lambda: next((one for one in house.office.letters if address in str(one["To"])), None),
        "the letter to the citizen",
    )
    assert reference in letter.get_content()
    house.wait(lambda: _titles(house, reference), "the office's notice")
    house.wait(lambda: not house.jobs(), "every job done")
    _check_settled(house, reference)


def _check_settled(house: House, reference: str) -> None:
    """The mail is settled, all is sealed behind it, and no session sits on an open transaction."""
    house.wait(
        lambda: house.ask(
            "select 1 from notices_notice where channel = 'email' and state = 'sent'"
            " and facts->>'reference' = %s",
            reference,
        ),
        "the letter settled",
    )
    house.wait(_all_sealed, "the trail sealed")
    house.wait(
        lambda: (
            not house.ask(
                "select pid, query from pg_stat_activity where datname = %s"
                " and state like 'idle in transaction%%'",
                house.name,
            )
        ),
        "no session idle in a transaction",
    )


def _all_sealed() -> bool:
    with acting(makers.SYSTEM):
        return trail_queries.unsealed_age() == 0


def test_a_job_cut_short_is_taken_up_by_the_next_worker_and_done_once(house: House) -> None:
    with psycopg.connect(house.dsn) as holding:
        holding.execute("lock table notices_notice in share row exclusive mode")
        first = house.start()
        reference = makers.opened().reference
        house.wait(lambda: ("matters.tell", "doing") in house.jobs(), "the job begun")
        first.send_signal(signal.SIGKILL)
        first.wait(timeout=PATIENCE)
        holding.rollback()
    house.workers.clear()
    assert _titles(house, reference) == []
    house.start()
    house.wait(lambda: not house.jobs(), "the job done by another")
    assert len(_titles(house, reference)) == 1


def test_a_job_whose_line_to_the_database_breaks_is_not_lost(house: House) -> None:
    """The worker ends by itself, since it cannot know what it holds; the next does the job."""
    with psycopg.connect(house.dsn) as holding:
        holding.execute("lock table notices_notice in share row exclusive mode")
        first = house.start()
        reference = makers.opened().reference
        house.wait(lambda: ("matters.tell", "doing") in house.jobs(), "the job begun")
        house.ask(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s"
            " and usename = 'yike_app' and pid <> pg_backend_pid()",
            house.name,
        )
        connection.close()
        house.wait(lambda: first.poll() is not None, "the worker's end")
        assert first.returncode
    house.workers.clear()
    house.start()
    house.wait(lambda: not house.jobs(), "the job done by another")
    assert len(_titles(house, reference)) == 1


def test_a_job_that_ends_its_workers_is_set_aside(house: House) -> None:
    (found,) = house.ask(
        "insert into procrastinate_jobs (queue_name, task_name, status, attempts)"
        " values ('default', 'builtin:procrastinate.builtin_tasks.remove_old_jobs', 'doing', %s)"
        " returning id",
        stalled.MOST_TIMES,
    )
    with acting(makers.SYSTEM) as actor:
        stalled.take_up_stalled(actor=actor)
    (state,) = house.ask("delete from procrastinate_jobs where id = %s returning status", *found)
    assert state == ("failed",)


def test_a_job_of_which_one_waits_already_is_not_doubled(house: House) -> None:
    row = (
        "insert into procrastinate_jobs (queue_name, task_name, status, queueing_lock)"
        " values ('slow', 'files.sweep', %s, 'only one') returning id"
    )
    (waiting,), (held,) = house.ask(row, "todo"), house.ask(row, "doing")
    with acting(makers.SYSTEM) as actor:
        stalled.take_up_stalled(actor=actor)
    left = house.ask("delete from procrastinate_jobs where id in (%s, %s) returning id",
                     *waiting, *held)  # fmt: skip
    assert left == [waiting]
