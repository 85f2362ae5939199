"""Keys are kept in memory, and what changes one counts at the very next request."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from yike.doors.wire.tests.conftest import Platform, make_platform
from yike.rooms.core import clock, prepared
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.people import actions as people_actions
from yike.rooms.people import keyfinding
from yike.rooms.people.models import ApiKey


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    keyfinding.forget()
    yield
    keyfinding.forget()


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement by which a key is read."""
    seen: list[str] = []
    run = prepared.run

    def noted(sql: str, values: tuple[object, ...] = ()) -> object:
        seen.append(sql)
        return run(sql, values)

    monkeypatch.setattr(prepared, "run", noted)
    return seen


def _key(platform: Platform) -> ApiKey:
    prefix = platform.key.split("_")[1]
    with acting(makers.SYSTEM):
        return ApiKey.objects.get(prefix=prefix)


def _asked(reads: list[str]) -> int:
    return sum("people_apikey_of" in sql for sql in reads)


def test_a_key_is_read_once(platform: Platform, reads: list[str]) -> None:
    for _ in range(4):
        assert platform.open().status_code == 201
    assert _asked(reads) == 1


def test_an_ended_key_ends_at_the_next_request(platform: Platform) -> None:
    assert platform.open().status_code == 201
    with acting(makers.SYSTEM):
        people_actions.end_api_key(
            key_id=_key(platform).id, reason="合作结束", actor=makers.SYSTEM
        )  # fmt: skip
    assert platform.open().status_code == 401
    assert platform.open().status_code == 401


def test_another_key_made_meanwhile_disturbs_nobody(platform: Platform, reads: list[str]) -> None:
    assert platform.open().status_code == 201
    other = make_platform()
    assert platform.open().status_code == 201
    assert other.open().status_code == 201
    assert platform.open().status_code == 201
    assert _asked(reads) == 3, "read, read again after the change, and the other's"


def test_what_a_key_is_good_for_changes_at_once(platform: Platform) -> None:
    reference = platform.open().json()["reference"]
    assert platform.get(f"/matters/{reference}").status_code == 200
    with acting(makers.SYSTEM):
        ApiKey.objects.filter(id=_key(platform).id).update(scopes=["matters:open"])
    assert platform.get(f"/matters/{reference}").status_code == 403


def test_a_key_runs_out_by_the_clock(county: makers.County) -> None:
    platform = make_platform(until=clock.now() + timedelta(hours=1))
    assert platform.open().status_code == 201
    with clock.at(clock.now() + timedelta(hours=2)):
        assert platform.open().status_code == 401


def test_a_near_miss_opens_nothing(platform: Platform) -> None:
    assert platform.open().status_code == 201
    wrong = Platform(platform.key[:-1] + ("2" if platform.key[-1] != "2" else "3"))
    assert wrong.open().status_code == 401
    assert platform.open().status_code == 201
