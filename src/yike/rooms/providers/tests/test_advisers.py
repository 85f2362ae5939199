"""Advisers of villages: one at a time, not too many, renewed in time, and what they did."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.guard.acting import acting
from yike.rooms.providers import actions, queries
from yike.rooms.providers.tests import makers
from yike.rooms.regions import codes
from yike.rooms.regions import queries as region_queries
from yike.rooms.regions.tests.makers import COUNTY, GUEST, HOUSE, JINPING, KEEPER, SHIPU, county

pytestmark = pytest.mark.django_db
TODAY = clock.today()
UNTIL = TODAY + timedelta(days=100)
HERE = codes.span(COUNTY)


def villages(many: int) -> list[str]:
    """So many villages of 石浦."""
    return [row.code for row in region_queries.villages_of(SHIPU)][:many]


def engage(person: UUID, wanted: list[str], number: str = "1", **facts: Any) -> UUID:
    """A contract from a month ago until a hundred days from now."""
    known: dict[str, Any] = {
        "number": number, "region_code": COUNTY, "from_on": TODAY - timedelta(days=30),
        "until_on": UNTIL, "actor": HOUSE,
    }  # fmt: skip
    return actions.engage_adviser(practitioner_id=person, villages=wanted, **(known | facts))


def lawyer(**facts: Any) -> UUID:
    """A lawyer who has served for a year."""
    code = f"F{len(queries.institutions_in(HERE))}"
    since: dict[str, Any] = {"active_from": TODAY - timedelta(days=400)}
    return makers.lawyer(makers.institution(code, kind="law_firm", **since), **(since | facts))


class TestEngaging:
    def test_a_village_knows_its_adviser_and_the_public_may_ask(self) -> None:
        with county():
            person = lawyer()
            engage(person, [JINPING])
            with acting(GUEST):
                face = queries.adviser_of_village(JINPING)
                assert queries.adviser_of_village(JINPING, UNTIL) is None
            assert face is not None
            assert (face.practitioner_id, face.hours_per_month) == (person, 4)

    def test_what_is_published_says_when_the_adviser_cannot_serve(self) -> None:
        with county():
            person = lawyer()
            engage(person, [JINPING])
            with acting(GUEST):
                told = queries.published_adviser(JINPING)
                assert queries.published_adviser(SHIPU) is None
            assert told is not None
            assert (told.name, told.unfit) == ("陈一平", False)
            assert "转接" in told.reach
            actions.suspend_practitioner(practitioner_id=person, reason="停业", actor=HOUSE)
            with acting(GUEST):
                told = queries.published_adviser(JINPING)
            assert told is not None
            assert told.unfit

    def test_two_advisers_never_hold_one_village_at_once(self) -> None:
        with county():
            engage(lawyer(), [JINPING])
            other = lawyer()
            with pytest.raises(Clash):
                engage(other, [JINPING], "2")
            engage(other, [JINPING], "3", from_on=UNTIL, until_on=UNTIL + timedelta(days=9))
            face = queries.adviser_of_village(JINPING, UNTIL)
            assert face is not None
            assert face.practitioner_id == other

    def test_no_more_villages_than_the_local_norm(self) -> None:
        with county():
            person = lawyer()
            with pytest.raises(NotAllowed, match="上限 5 个"):
                engage(person, villages(6))
            engage(person, villages(5))
            with pytest.raises(NotAllowed):
                engage(person, [villages(6)[-1]], "2")
            actions.set_norm(
                code="adviser.most_villages", region_code=COUNTY, value=6, source="会议纪要",
                active_from=TODAY - timedelta(days=60), actor=HOUSE,
            )  # fmt: skip
            engage(person, [villages(6)[-1]], "2")
            assert queries.villages_carried(person) == 6

    def test_only_fit_lawyers_and_only_villages_of_the_place(self) -> None:
        with county():
            house = makers.institution("M", kind="mediation")
            with pytest.raises(NotAllowed):
                engage(makers.lawyer(house, kind="05"), [JINPING])
            with pytest.raises(NotAllowed):
                engage(lawyer(active_from=TODAY), [JINPING])
            person = lawyer()
            for wrong in ([SHIPU], [], ["330225999999"], ["x"]):
                with pytest.raises(BadInput):
                    engage(person, wrong)
            assert queries.contracts_in(HERE) == ()


class TestChanging:
    def test_villages_change_from_a_day_and_the_past_stays(self) -> None:
        with county():
            one, two, three = villages(3)
            ref = engage(lawyer(), [one, two])
            actions.set_villages(contract_id=ref, villages=[two, three], reason="调整", actor=HOUSE)
            names = [code for code, _ in queries.contract(ref).villages]
            assert names == sorted([two, three])
            before = queries.adviser_of_village(one, TODAY - timedelta(days=1))
            assert before is not None
            assert queries.adviser_of_village(one) is None

    def test_ending_early_frees_the_villages(self) -> None:
        with county():
            ref = engage(lawyer(), [JINPING])
            actions.release_adviser(contract_id=ref, reason="不满意", actor=HOUSE)
            assert queries.adviser_of_village(JINPING) is None
            engage(lawyer(), [JINPING], "2", from_on=TODAY)
            assert queries.contract(ref).state == "over"
            with pytest.raises(NotAllowed):
                actions.release_adviser(contract_id=ref, reason="再来", actor=HOUSE)

    def test_what_ends_soon_is_named_until_it_is_renewed(self) -> None:
        with county():
            person = lawyer()
            ref = engage(person, [JINPING], until_on=TODAY + timedelta(days=20))
            soon = TODAY + timedelta(days=60)
            assert [row.id for row in queries.advisers_ending(soon)] == [ref]
            renewal = engage(
                person, [JINPING], "2", from_on=TODAY + timedelta(days=20), until_on=UNTIL,
                former_id=ref,
            )  # fmt: skip
            assert queries.advisers_ending(soon) == ()
            assert queries.contract(renewal).state == "coming"
            later = TODAY + timedelta(days=25)
            assert queries.advisers_lapsed(TODAY, span=HERE, on=later) == ()

    def test_coverage_counts_every_village(self) -> None:
        with county():
            engage(lawyer(), villages(3))
            found = queries.coverage(COUNTY)
            assert found.covered == 3
            assert found.villages == len(region_queries.villages_of(COUNTY))
            assert len(found.without) == found.villages - 3
            assert JINPING in {code for code, _, _ in found.without} | set(villages(3))


class TestWork:
    def test_hours_are_held_against_the_contract(self) -> None:
        with county():
            one, two = villages(2)
            ref = engage(lawyer(), [one, two], from_on=date(2026, 1, 1), until_on=UNTIL) if (
                date(2026, 2, 1) < TODAY
            ) else engage(lawyer(), [one, two])  # fmt: skip
            day = TODAY
            for minutes, kind in ((120, "duty"), (60, "lecture")):
                actions.record_visit(
                    contract_id=ref, village=one, on=day, minutes=minutes, kind=kind, people=3,
                    actor=HOUSE,
                )  # fmt: skip
            first = day.replace(day=1)
            after = (first + timedelta(days=32)).replace(day=1)
            [row] = queries.workload(HERE, first, after)
            assert (row.asked_minutes, row.done_minutes) == (2 * 4 * 60, 180)
            assert (row.percent, row.lectures, row.people) == (38, 1, 6)
            assert [code for code, _ in row.unvisited] == [two]

    @pytest.mark.parametrize("fault", ["tomorrow", "elsewhere", "minutes", "kind"])
    def test_what_cannot_have_been_is_refused(self, fault: str) -> None:
        with county():
            one, two = villages(2)
            ref = engage(lawyer(), [one])
            told: dict[str, Any] = {"village": one, "on": TODAY, "minutes": 60, "kind": "duty"}
            wrong: dict[str, dict[str, Any]] = {
                "tomorrow": {"on": TODAY + timedelta(days=1)}, "elsewhere": {"village": two},
                "minutes": {"minutes": 1441}, "kind": {"kind": "rest"},
            }  # fmt: skip
            told |= wrong[fault]
            with pytest.raises(BadInput):
                actions.record_visit(contract_id=ref, **told, actor=HOUSE)
            assert queries.visits_of(ref) == ()


class TestNorms:
    def test_the_nearest_unit_and_the_newest_version_decide(self) -> None:
        with county(), acting(KEEPER):
            assert queries.norm("adviser.hours_per_month", JINPING).verified_on is None
            for value, region, since in (
                (6, COUNTY, TODAY - timedelta(days=9)), (8, COUNTY, TODAY),
                (9, COUNTY, TODAY + timedelta(days=1)), (3, SHIPU, TODAY - timedelta(days=1)),
            ):  # fmt: skip
                actions.set_norm(
                    code="adviser.hours_per_month", region_code=region, value=value,
                    source="会议纪要", active_from=since, actor=KEEPER,
                )  # fmt: skip
            assert queries.norm("adviser.hours_per_month", COUNTY).value == 8
            assert queries.norm("adviser.hours_per_month", JINPING).value == 3
            with pytest.raises(Clash):
                actions.set_norm(
                    code="adviser.hours_per_month", region_code=COUNTY, value=5, source="重复",
                    actor=KEEPER,
                )  # fmt: skip
