"""Who may serve on a day: licences by kind, the house's, suspension, undertaking, leaving."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest

from yike.rooms.core import clock
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.providers import actions, queries
from yike.rooms.providers.tests import makers
from yike.rooms.regions.tests.makers import HOUSE, county

pytestmark = pytest.mark.django_db
TODAY = clock.today()
_numbers = count(1)


def why(person: UUID, on: date = TODAY) -> tuple[str, ...]:
    """Why somebody may not serve on a day."""
    return queries.fit_to_serve([person], on=on)[person]


def licence(**facts: Any) -> UUID:
    """A licence that must be held, of a person or a house."""
    known: dict[str, Any] = {
        "kind": "律师执业证", "number": f"N{next(_numbers)}", "valid_from": date(2020, 1, 1),
        "actor": HOUSE,
    }  # fmt: skip
    return actions.record_credential(**(known | facts))


class TestLicences:
    def test_one_that_ends_tomorrow_serves_today_and_no_longer_tomorrow(self) -> None:
        with county():
            person = makers.lawyer(makers.institution())
            licence(practitioner_id=person, valid_until=TODAY + timedelta(days=1))
            assert why(person) == ()
            [said] = why(person, TODAY + timedelta(days=1))
            assert "已于" in said
            assert queries.practitioner(person).licence_until == TODAY + timedelta(days=1)

    def test_a_renewal_of_the_same_kind_closes_the_gap(self) -> None:
        with county():
            person = makers.lawyer(makers.institution())
            licence(practitioner_id=person, valid_until=TODAY)
            assert why(person)
            licence(practitioner_id=person, valid_from=TODAY, valid_until=date(2999, 1, 1))
            assert why(person) == ()
            assert queries.practitioner(person).licence_until == date(2999, 1, 1)

    def test_each_kind_must_be_held_and_the_soonest_end_counts(self) -> None:
        with county():
            person = makers.lawyer(makers.institution())
            licence(practitioner_id=person)
            licence(practitioner_id=person, kind="聘书", valid_until=TODAY + timedelta(days=9))
            licence(practitioner_id=person, kind="培训证", valid_until=TODAY, needed=False)
            assert why(person) == ()
            assert queries.practitioner(person).licence_until == TODAY + timedelta(days=9)
            assert "聘书" in why(person, TODAY + timedelta(days=9))[0]

    def test_one_that_begins_later_does_not_count_yet(self) -> None:
        with county():
            person = makers.lawyer(makers.institution())
            licence(practitioner_id=person, valid_from=TODAY + timedelta(days=3))
            assert "才有效" in why(person)[0]

    def test_the_house_without_licence_lets_nobody_serve(self) -> None:
        with county():
            house = makers.institution(kind="law_firm")
            person, other = makers.lawyer(house), makers.lawyer(makers.institution("B"))
            licence(institution_id=house, kind="许可证", valid_until=TODAY)
            assert "所在机构的许可证" in why(person)[0]
            assert why(other) == ()

    def test_extending_moves_the_end_and_never_back(self) -> None:
        with county():
            person = makers.lawyer(makers.institution())
            ref = licence(practitioner_id=person, valid_until=TODAY)
            later = TODAY + timedelta(days=365)
            actions.extend_credential(credential_id=ref, valid_until=later, actor=HOUSE)
            assert why(person) == ()
            with pytest.raises(BadInput):
                actions.extend_credential(credential_id=ref, valid_until=TODAY, actor=HOUSE)


class TestPersons:
    def test_suspended_until_a_day_and_back_on_it(self) -> None:
        with county():
            person = makers.lawyer(makers.institution())
            back = TODAY + timedelta(days=10)
            actions.suspend_practitioner(
                practitioner_id=person, reason="停业处罚", until_on=back, actor=HOUSE
            )
            assert "暂停服务" in why(person)[0]
            assert why(person, back) == ()
            actions.resume_practitioner(practitioner_id=person, actor=HOUSE)
            assert why(person) == ()

    def test_nobody_resumes_who_was_not_suspended(self) -> None:
        with county(), pytest.raises(NotAllowed):
            actions.resume_practitioner(
                practitioner_id=makers.lawyer(makers.institution()), actor=HOUSE
            )

    def test_an_undertaking_that_is_asked_for_must_be_signed(self) -> None:
        with county():
            person = makers.lawyer(makers.institution(), undertaking_needed=True)
            assert why(person) == ("还没有签署服务承诺书",)
            actions.sign_undertaking(practitioner_id=person, actor=HOUSE)
            assert why(person) == ()
            assert why(person, TODAY - timedelta(days=1)) != ()

    def test_who_left_who_is_unknown_and_whose_house_closed(self) -> None:
        with county():
            house = makers.institution()
            person = makers.lawyer(house, active_from=TODAY - timedelta(days=5))
            actions.close_practitioner(practitioner_id=person, reason="调离", actor=HOUSE)
            assert "离任" in why(person)[0]
            assert why(person, TODAY - timedelta(days=1)) == ()
            stranger = new_id()
            assert why(stranger) == ("名录里没有这个人员",)

    def test_many_are_asked_in_two_questions(self, django_assert_num_queries: Any) -> None:
        with county():
            house = makers.institution()
            people = [makers.lawyer(house, name=f"律师{n}") for n in range(6)]
            for person in people[:3]:
                licence(practitioner_id=person, valid_until=TODAY)
            with django_assert_num_queries(2):
                found = queries.fit_to_serve(people, on=TODAY)
            assert [bool(found[one]) for one in people] == [True] * 3 + [False] * 3
