"""What ends is told of in time: once in each tier, also after a day missed, never when renewed."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from yike.rooms.core import clock
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.providers import actions
from yike.rooms.providers.tests import makers, test_advisers
from yike.rooms.providers.tests.test_fitness import licence
from yike.rooms.regions.tests.makers import COUNTY, HOUSE, JINPING, KEEPER, county
from yike.rooms.trail.models import Entry

pytestmark = pytest.mark.django_db
TODAY = clock.today()
END = TODAY + timedelta(days=40)


def told(left: int) -> int:
    """How many endings are told of, so many days before the end."""
    return actions.warn_of_endings(actor=HOUSE, on=END - timedelta(days=left))


def sentences() -> list[str]:
    """The facts of what was told."""
    found = Entry.objects.filter(kind="providers.TermEnding").order_by("id")
    return list(found.values_list("body", flat=True))


def person() -> UUID:
    """A lawyer whose licence ends on END."""
    found = makers.lawyer(makers.institution())
    licence(practitioner_id=found, valid_until=END)
    return found


def test_once_in_each_tier_and_on_the_day() -> None:
    with county():
        person()
        days = (31, 30, 29, 8, 7, 6, 2, 1, 0, -1)
        assert [told(left) for left in days] == [0, 1, 0, 0, 1, 0, 0, 1, 1, 0]
        assert len(sentences()) == 4


def test_a_missed_day_is_made_up_with_the_tier_that_is_due() -> None:
    with county():
        person()
        assert [told(5), told(5), told(-3), told(-3)] == [1, 0, 1, 0]
        assert '"days_left":5' in sentences()[0].replace(" ", "")


def test_what_was_renewed_or_whose_holder_left_is_passed_over() -> None:
    with county():
        one = person()
        licence(practitioner_id=one, valid_from=END, valid_until=END + timedelta(days=365))
        two = makers.lawyer(makers.institution("B"), name="乙")
        licence(practitioner_id=two, valid_until=END)
        actions.close_practitioner(practitioner_id=two, reason="离职", actor=HOUSE)
        assert told(7) == 0


def test_an_extended_licence_is_told_of_again() -> None:
    with county():
        one = makers.lawyer(makers.institution())
        ref = licence(practitioner_id=one, valid_until=END)
        assert told(7) == 1
        actions.extend_credential(
            credential_id=ref, valid_until=END + timedelta(days=10), actor=HOUSE
        )
        assert told(0) == 1, "ten days left of the new term: the tier of thirty"


def test_contracts_and_agreements_end_too() -> None:
    with county():
        ref = test_advisers.engage(test_advisers.lawyer(), [JINPING], until_on=END)
        house = makers.institution("N", kind="notary")
        there = actions.plan_stationing(
            institution_id=house, region_code=COUNTY, platform="web", way="online", actor=HOUSE
        )
        actions.begin_stationing(
            stationing_id=there, agreement_no="驻9", agreement_until=END, actor=HOUSE
        )
        assert told(60) == 1, "an adviser's contract takes longer to renew"
        assert told(30) == 2
        actions.release_adviser(contract_id=ref, reason="不续", actor=HOUSE)
        assert told(7) == 1


def test_only_the_house_watches() -> None:
    with county():
        for deed in (actions.warn_of_endings, actions.open_updates):
            with pytest.raises(NotAllowed):
                deed(actor=KEEPER)
