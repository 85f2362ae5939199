"""Unmasking where it happens: at a matter one sees; each look leaves which fields and why."""

from __future__ import annotations

import json

import pytest
from django.db import connection

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound, TooMany
from yike.rooms.guard.acting import acting
from yike.rooms.matters.models import Matter
from yike.rooms.matters.tests import makers
from yike.rooms.matters.tests.conftest import county
from yike.rooms.people import actions, queries
from yike.rooms.people.actions.parties import UNMASK_PER_HOUR
from yike.rooms.people.models import Party

__all__ = ["county"]

WHY = "电话核实工资数额"


@pytest.fixture
def party(county: makers.County, db: None) -> Party:
    """The party of a fresh matter of 石浦."""
    assert county
    assert db is None
    with clock.at(makers.MONDAY):
        makers.opened()
    with acting(makers.SYSTEM):
        found = Matter.objects.get().party_id
        assert found is not None
        return Party.objects.get(id=found)


def _look(actor: Actor, party: Party, *fields: str, reason: str = WHY) -> dict[str, str]:
    with acting(actor):
        found = actions.unmask(
            party_id=party.id, fields=fields, purpose="rescue", reason=reason, actor=actor
        )
    return found.values


def _entries() -> list[tuple[str, dict[str, object]]]:
    with acting(makers.SYSTEM), connection.cursor() as cursor:
        cursor.execute(
            "select actor_ref, body from trail_entry where kind = 'people.PartyUnmasked'"
        )
        return [(ref, json.loads(body)) for ref, body in cursor.fetchall()]


class TestWhoSees:
    def test_the_office_sees_masks_and_what_it_asks_for(
        self, county: makers.County, party: Party
    ) -> None:
        with acting(county.wang):
            face = queries.party_face(party.id, actor=county.wang)
        assert (face.name, face.phone) == ("张**", "138****0001")
        assert _look(county.wang, party, "phone", "email") == {
            "phone": makers.PHONE,
            "email": "",
        }

    def test_other_towns_and_lawyers_get_the_answer_of_absence(
        self, county: makers.County, party: Party
    ) -> None:
        for stranger in (county.zhao, county.lawyer):
            with pytest.raises(NotFound):
                _look(stranger, party, "phone")
        for administrator in (county.admin, county.auditor):
            with pytest.raises(NotAllowed):
                _look(administrator, party, "phone")
        assert _entries() == []

    def test_a_citizen_sees_their_own_masks_and_unmasks_nothing(
        self, county: makers.County, party: Party
    ) -> None:
        assert county
        with acting(makers.SYSTEM):
            reference = Matter.objects.get().reference
        citizen = makers.VISITOR.claiming(reference, party.phone_index)
        wrong = makers.VISITOR.claiming(reference, "0" * 64)
        with acting(citizen):
            assert queries.party_face(party.id, actor=citizen).phone == "138****0001"
        with acting(wrong), pytest.raises(NotFound):
            queries.party_face(party.id, actor=wrong)
        with pytest.raises(NotAllowed):
            _look(citizen, party, "phone")


class TestEntry:
    def test_says_who_which_and_why_and_never_the_value(
        self, county: makers.County, party: Party
    ) -> None:
        _look(county.wang, party, "name", "phone")
        [(who, facts)] = _entries()
        assert who == county.wang.ref
        assert facts == {
            "party_id": str(party.id),
            "fields": ["name", "phone"],
            "purpose": "紧急救助",
            "reason": WHY,
        }

    @pytest.mark.parametrize(
        ("fields", "reason"), [((), WHY), (("phone", "password"), WHY), (("phone",), "看看")]
    )
    def test_nothing_is_shown_without_a_field_and_a_reason(
        self, county: makers.County, party: Party, fields: tuple[str, ...], reason: str
    ) -> None:
        with pytest.raises(BadInput):
            _look(county.wang, party, *fields, reason=reason)
        assert _entries() == []

    @pytest.mark.parametrize(
        ("purpose", "fields", "opens"),
        [
            ("contact", ("phone",), True),
            ("contact", ("phone", "id_number"), False),
            ("verify", ("id_number",), True),
            ("verify", ("phone",), False),
            ("report", ("name",), False),
            ("", ("name",), False),
        ],
    )
    def test_a_purpose_opens_only_what_it_needs(
        self,
        county: makers.County,
        party: Party,
        purpose: str,
        fields: tuple[str, ...],
        opens: bool,
    ) -> None:
        with acting(county.wang):
            try:
                actions.unmask(
                    party_id=party.id, fields=fields, purpose=purpose, reason=WHY,
                    actor=county.wang,
                )  # fmt: skip
                opened = True
            except BadInput:
                opened = False
        assert opened is opens
        assert len(_entries()) == int(opens)

    def test_reading_through_a_county_is_stopped(self, county: makers.County, party: Party) -> None:
        with clock.at(makers.MONDAY):
            for _ in range(UNMASK_PER_HOUR):
                _look(county.wang, party, "phone")
            with pytest.raises(TooMany):
                _look(county.wang, party, "phone")
