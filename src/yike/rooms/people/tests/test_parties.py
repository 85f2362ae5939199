"""Identities are sealed as told, found by equal numbers, shown in clear only with a reason."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from yike.rooms.core.actor import Actor, system, visitor
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.guard import keyring
from yike.rooms.guard.acting import acting
from yike.rooms.people import actions, queries, sealing
from yike.rooms.people.models import Party
from yike.rooms.people.numbers import card_check

TOLD = actions.PartyTold(
    name="𠮷田　三丰",
    phone="+86 138 1234 5678",
    id_number="11010119900307803x",
    email="san.feng@example.com",
    categories=("老年人",),
)
HOUSE = system("test")
#: The same number in full-width digits.
WIDE = "138-1234-5678".translate({48 + n: 0xFF10 + n for n in range(10)})


def _card(body: str) -> str:
    return body + card_check(body)


@pytest.fixture
def told() -> actions.PartyTold:
    return replace(TOLD, id_number=_card("33022519900307803"))


@pytest.mark.django_db
class TestRecord:
    def test_keeps_nothing_in_clear(self, told: actions.PartyTold) -> None:
        with acting(visitor("portal")):
            ref = actions.record_party(told=told, actor=visitor("portal"))
        with acting(HOUSE), connection.cursor() as cursor:
            cursor.execute("select row_to_json(p)::text from people_party p")
            row = cursor.fetchone()[0]
        for clear in ("13812345678", "三丰", told.id_number, "san.feng", "19900307"):
            assert clear not in row
        facts = json.loads(row)
        assert facts["name_mask"] == ref.name_mask == "𠮷***"
        assert facts["phone_mask"] == ref.phone_mask == "138****5678"
        assert facts["id_mask"].startswith("330225********")
        assert facts["birth_year"] == 1990

    def test_equal_people_have_equal_indexes(self, told: actions.PartyTold) -> None:
        with acting(HOUSE):
            one = actions.record_party(told=told, actor=HOUSE)
            two = actions.record_party(told=actions.PartyTold(name="别名", phone=WIDE), actor=HOUSE)
        assert one.phone_index == two.phone_index == sealing.phone_index("13812345678")
        assert one.id_index == sealing.id_index(told.id_number.lower())
        assert two.id_index == ""

    @pytest.mark.parametrize(
        ("field", "wrong"),
        [("phone", "1381234567"), ("id_number", "330225199003078030"), ("email", "a@b")],
    )
    def test_names_the_wrong_field(self, field: str, wrong: str) -> None:
        facts: dict[str, Any] = {"id_number": "", field: wrong}
        typed = replace(TOLD, **facts)
        with acting(HOUSE), pytest.raises(BadInput) as no:
            actions.record_party(told=typed, actor=HOUSE)
        assert no.value.field == field


@pytest.mark.django_db
class TestUnmask:
    def test_a_stranger_gets_the_answer_of_absence(self, told: actions.PartyTold) -> None:
        with acting(HOUSE):
            ref = actions.record_party(told=told, actor=HOUSE)
        clerk = Actor(kind="staff", ref=str(uuid4()), roles=frozenset({"clerk"}), level=3)
        for party in (ref.id, uuid4()):
            with acting(clerk), pytest.raises(NotFound):
                actions.unmask(
                    party_id=party,
                    fields=["name"],
                    purpose="verify",
                    reason="核对身份",
                    actor=clerk,
                )

    @pytest.mark.parametrize("role", ["admin_system", "admin_security", "auditor"])
    def test_administrators_never(self, role: str) -> None:
        admin = Actor(kind="staff", ref=str(uuid4()), roles=frozenset({role}), level=3)
        with acting(admin), pytest.raises(NotAllowed):
            actions.unmask(
                party_id=uuid4(), fields=["name"], purpose="verify", reason="核对身份", actor=admin
            )


@pytest.mark.django_db
class TestRotation:
    def test_old_stays_readable_and_is_sealed_anew(
        self, told: actions.PartyTold, settings: Any, tmp_path: Path
    ) -> None:
        settings.KEYS_FILE = tmp_path / "secrets" / "keys.json"
        with acting(HOUSE):
            ref = actions.record_party(told=told, actor=HOUSE)
            before = sealing.phone_index(told.phone)
            keyring.replace(keyring.ring().rotated())
            assert sealing.phone_index(told.phone) == before
            assert sealing.open_party(ref.id, Party.objects.get().sealed)["phone"] == "13812345678"
            assert actions.reseal_parties(limit=10, actor=HOUSE) == 1
            assert actions.reseal_parties(limit=10, actor=HOUSE) == 0
            keyring.replace(keyring.ring().without(1))
            party = Party.objects.get()
            assert sealing.open_party(ref.id, party.sealed)["name"] == TOLD.name
            assert queries.party_face(ref.id, actor=HOUSE).phone == "138****5678"
