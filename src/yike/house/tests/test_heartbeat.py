"""The heartbeat goes on: over faults, over each other, until it is asked to end."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from yike.house import heartbeat
from yike.rooms.core.actor import Actor


class Done:
    """A stand-in for a room's action that leaves some rounds of work to do."""

    def __init__(self, left: int, fault: bool = False) -> None:
        self.left = left
        self.fault = fault
        self.actors: list[Actor] = []

    def __call__(self, *, actor: Actor) -> int:
        self.actors.append(actor)
        if self.fault:
            raise RuntimeError("broken")
        self.left = max(self.left - 1, 0)
        return self.left


class Stub(heartbeat.Beat):
    """A beat whose action is given."""

    def __init__(self, action: Any) -> None:
        super().__init__("some", "beat")
        object.__setattr__(self, "given", action)

    def action(self) -> Any:
        return self.given  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_after_downtime_rounds_follow_until_nothing_is_left() -> None:
    done = Done(left=7)
    assert heartbeat.beat_once((Stub(done),))
    assert len(done.actors) == 7
    assert {actor.kind for actor in done.actors} == {"system"}


@pytest.mark.django_db
def test_a_fault_does_not_keep_the_others_from_beating() -> None:
    broken, well = Done(0, fault=True), Done(0)
    assert not heartbeat.beat_once((Stub(broken), Stub(well)))
    assert len(well.actors) == 1


@pytest.mark.django_db
def test_absent_rooms_are_passed_by() -> None:
    assert heartbeat.Beat("attic", "dust").action() is None
    assert heartbeat.beat_once((heartbeat.Beat("attic", "dust"),))


@pytest.mark.django_db
def test_only_one_worker_beats_at_a_time(databases: Any) -> None:
    import psycopg
    from django.db import connection

    done = Done(0)
    other = {**databases.server.owner_dsn, "dbname": connection.settings_dict["NAME"]}
    with psycopg.connect(**other, autocommit=True) as held:
        held.execute("select pg_advisory_lock(%s)", (heartbeat._TURN,))
        assert heartbeat.beat_once((Stub(done),))
        assert done.actors == []
        held.execute("select pg_advisory_unlock(%s)", (heartbeat._TURN,))
    assert heartbeat.beat_once((Stub(done),))
    assert len(done.actors) == 1


def test_loop_survives_a_database_that_does_not_answer(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ending = threading.Event()
    tries: list[int] = []

    def refuse() -> bool:
        tries.append(1)
        if len(tries) == 3:
            ending.set()
        raise OSError("gone")

    monkeypatch.setattr(heartbeat, "_take_turn", refuse)
    monkeypatch.setattr(heartbeat, "EVERY_SECONDS", 0.01)
    heartbeat.beat_until(ending)
    assert len(tries) == 3
    assert "does not answer" in caplog.text
