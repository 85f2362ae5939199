"""Other platforms: a key is shown once, admitted at its rate, ended at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor, visitor
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, TooMany
from yike.rooms.guard.acting import acting
from yike.rooms.people import actions, queries
from yike.rooms.people.tests import makers
from yike.rooms.people.tests.makers import HOUSE, XIANGSHAN

NOON = datetime(2026, 11, 20, 12, tzinfo=clock.CIVIL)


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def _make(**facts: object) -> actions.NewKey:
    told: dict[str, object] = {"name": "宁波12345", "region_code": XIANGSHAN} | facts
    with acting(HOUSE):
        return actions.make_api_key(actor=HOUSE, **told)  # type: ignore[arg-type]


def _admit(key: str, address: str = "") -> Actor | None:
    who = visitor("wire", request_id="r1", address=address or uuid4().hex)
    with acting(who):
        return actions.admit_peer(api_key=key, actor=who)


@pytest.mark.django_db
class TestAdmit:
    def test_a_key_makes_a_peer(self) -> None:
        made = _make()
        peer = _admit(made.key)
        assert peer is not None
        assert (peer.kind, peer.ref, peer.label) == ("peer", str(made.id), "宁波12345")
        assert (peer.region_from, peer.region_until) == ("330225000000", "330226000000")
        assert peer.roles == {"matters:open", "matters:follow"}
        assert (peer.door, peer.request_id) == ("wire", "r1")

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda key: key[:-1] + ("a" if key[-1] != "a" else "b"),
            lambda key: key + "a",
            lambda key: key.upper(),
            lambda key: key[:12] + "x" * 32,
            lambda key: "",
            lambda key: "yk_________",
            lambda key: "x" * 10_000,
            lambda key: "yk_\u0661bcdefg_x",
        ],
    )
    def test_nearly_right_is_wrong(self, spoil: object) -> None:
        key = _make().key
        assert _admit(spoil(key)) is None  # type: ignore[operator]

    def test_each_key_has_its_own_rate(self) -> None:
        slow, other = _make(per_minute=2), _make()
        assert _admit(slow.key)
        assert _admit(slow.key)
        with pytest.raises(TooMany) as no:
            _admit(slow.key)
        assert 1 <= no.value.retry_after <= 31
        assert _admit(other.key)

    def test_guessing_from_one_address_is_slowed(self) -> None:
        address = uuid4().hex
        for _ in range(30):
            assert _admit("yk_abcdefgh_wrong", address) is None
        with pytest.raises(TooMany):
            _admit("yk_abcdefgh_wrong", address)

    def test_ended_and_expired_keys_are_unknown(self) -> None:
        ended, expiring = _make(), _make(until=NOON + timedelta(days=1))
        with acting(HOUSE):
            actions.end_api_key(key_id=ended.id, reason="合作结束", actor=HOUSE)
            with pytest.raises(Clash):
                actions.end_api_key(key_id=ended.id, reason="合作结束", actor=HOUSE)
        assert _admit(ended.key) is None
        assert _admit(expiring.key) is not None
        with clock.at(NOON + timedelta(days=2)):
            assert _admit(expiring.key) is None


@pytest.mark.django_db
class TestMake:
    def test_the_key_itself_is_not_kept(self) -> None:
        made = _make()
        secret = made.key.split("_")[2]
        with acting(HOUSE), connection.cursor() as cursor:
            cursor.execute("select k::text || encode(digest, 'escape') from people_apikey k")
            row = cursor.fetchone()[0]
            cursor.execute("select string_agg(body, ' ') from trail_entry")
            assert secret not in row + cursor.fetchone()[0]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"name": ""},
            {"region_code": "3302"},
            {"scopes": ["all"]},
            {"scopes": []},
            {"per_minute": 0},
        ],
    )
    def test_wrong_values_are_named(self, wrong: dict[str, object]) -> None:
        with pytest.raises(BadInput):
            _make(**wrong)

    def test_by_security_only(self) -> None:
        for role in ("admin_system", "auditor"):
            me = makers.staff(role)
            with acting(me), pytest.raises(NotAllowed):
                actions.make_api_key(name="某平台", region_code=XIANGSHAN, actor=me)
        me = makers.staff("admin_security")
        with acting(me):
            actions.make_api_key(name="某平台", region_code=XIANGSHAN, actor=me)
            assert [row.name for row in queries.api_keys(actor=me)] == ["某平台"]
