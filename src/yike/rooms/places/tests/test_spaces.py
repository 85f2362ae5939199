"""Windows and rooms of stations, and what stations promise and nobody can give."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from yike.rooms.core import clock
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.guard.acting import acting
from yike.rooms.places import actions, gaps, queries, spaces
from yike.rooms.places.models import Space
from yike.rooms.places.tests import makers
from yike.rooms.providers import actions as provider_actions
from yike.rooms.providers import queries as providers_queries
from yike.rooms.providers.tests import makers as provider_makers
from yike.rooms.regions.tests.makers import COUNTY, GUEST, HOUSE, KEEPER, STRANGER, county

pytestmark = pytest.mark.django_db
TODAY = clock.today()
#: a Wednesday that is no holiday
OPEN = datetime(2026, 11, 18, 10, 0, tzinfo=clock.CIVIL)


def window(station: UUID, **facts: Any) -> UUID:
    """A window of a station."""
    known: dict[str, Any] = {"code": "W1", "name": "1号窗口", "kind": "window", "actor": HOUSE}
    return actions.register_space(station_id=station, **(known | facts))


class TestSpaces:
    def test_one_register_with_hours_services_and_status(self) -> None:
        with county():
            station = makers.station()
            ref = window(station, services=["S06", "S01", "S06"], queue_code="A")
            own = window(
                station, code="R1", name="调解室", kind="mediation",
                hours={"sat": [["09:00", "11:00"]]},
            )  # fmt: skip
            with acting(GUEST):
                rows = {row.id: row for row in spaces.spaces_in(COUNTY, now=OPEN)}
            assert rows[ref].services_sentence == "律师、法律援助"
            assert rows[own].open_now is False
            assert rows[own].hours_sentence.startswith("周六")
            with pytest.raises(Clash):
                window(station)
            with pytest.raises(BadInput):
                window(station, code="W2", kind="garden")

    def test_paused_with_a_reason_and_closed_for_good(self) -> None:
        with county():
            ref = window(makers.station())
            with pytest.raises(BadInput):
                actions.set_space_status(space_id=ref, status="paused", actor=HOUSE)
            actions.set_space_status(space_id=ref, status="paused", reason="检修", actor=HOUSE)
            [row] = spaces.spaces_in(COUNTY, now=OPEN)
            assert (row.open_now, row.status_reason) == (False, "检修")
            assert next(one for one in spaces.pool_of(COUNTY) if one.name == "服务窗口").usable == 0
            actions.set_space_status(space_id=ref, status="closed", reason="撤并", actor=HOUSE)
            assert spaces.spaces_in(COUNTY) == ()
            assert len(spaces.spaces_at(row.station_id)) == 1
            with pytest.raises(NotAllowed):
                actions.set_space_status(space_id=ref, status="open", actor=HOUSE)

    @pytest.mark.parametrize("actor", [GUEST, STRANGER])
    def test_only_registrars_of_the_place_write(self, actor: Any) -> None:
        with county():
            station = makers.station()
            ref = window(station)
            with acting(actor):
                with pytest.raises(NotAllowed):
                    window(station, code="W2", actor=actor)
                assert Space.objects.filter(pk=ref).update(name="x") == 0, "rows say no too"
            with acting(KEEPER):
                actions.revise_space(space_id=ref, name="综合窗口", actor=KEEPER)
            assert spaces.space(ref).name == "综合窗口"


class TestGaps:
    def test_a_promise_nobody_supplies_and_one_nobody_fit_can_keep(self) -> None:
        with county():
            station = makers.station(services=[("S03", "direct"), ("S04", "guide")])
            found = gaps.supply_gaps(COUNTY)
            mine = [row for row in found if row.place_id == station]
            assert [(row.kind, row.what) for row in mine] == [("no_supplier", "公证")]
            house = provider_makers.institution("GZ", kind="notary", supplies=[("S03", "direct")])
            person = provider_makers.lawyer(house, kind="02")
            assert not [row for row in gaps.supply_gaps(COUNTY) if row.place_id == station]
            provider_actions.suspend_practitioner(
                practitioner_id=person, reason="停业", actor=HOUSE
            )
            [row] = [row for row in gaps.supply_gaps(COUNTY) if row.place_id == station]
            assert row.kind == "nobody_fit"

    def test_advisers_licences_and_villages(self) -> None:
        with county():
            house = provider_makers.institution("LS", kind="law_firm", active_from=date(2020, 1, 1))
            person = provider_makers.lawyer(house, active_from=date(2020, 1, 1))
            bare = providers_queries.coverage(COUNTY).without
            provider_actions.engage_adviser(
                number="1", practitioner_id=person, region_code=COUNTY,
                villages=["330225101004"], from_on=TODAY - timedelta(days=300),
                until_on=TODAY + timedelta(days=5), actor=HOUSE,
            )  # fmt: skip
            provider_actions.record_credential(
                kind="律师执业证", number="1", practitioner_id=person,
                valid_from=date(2020, 1, 1), valid_until=TODAY, actor=HOUSE,
            )  # fmt: skip
            found = gaps.supply_gaps(COUNTY)
            towns = [row.where for row in found if row.kind == "no_adviser"]
            assert sorted(towns) == sorted({town for _, _, town in bare})
            left = next(row.why for row in found if row.where == "石浦镇")
            assert f"等{sum(town == '石浦镇' for _, _, town in bare) - 1}个村" in left
            kinds = [row.kind for row in found]
            assert {"adviser_ending", "adviser_unfit", "licence"} <= set(kinds)
            later = gaps.supply_gaps(COUNTY, on=TODAY + timedelta(days=6))
            assert "adviser_over" in [row.kind for row in later]

    def test_what_duty_knows_is_held_against_direct_promises(self) -> None:
        with county():
            station = makers.station(services=[("S01", "direct"), ("S08", "direct")])
            rows = queries.stations_in(COUNTY)
            assert [row.what for row in gaps.gaps_of_duty(rows, frozenset())] == ["律师"]
            on = frozenset({(station, "S01"), (new_id(), "S03")})
            assert gaps.gaps_of_duty(rows, on) == ()

    def test_points_of_villages_are_told_together_by_town(self) -> None:
        with county():
            for number, village in enumerate(("330225101004", "330225101201", "330225101202")):
                makers.station(
                    code=f"PT{number}", name=f"点{number}", level=4, region_code=village,
                    services=[("S07", "direct")],
                )  # fmt: skip
            rows = [row for row in queries.stations_in(COUNTY) if row.level == 4]
            [told] = gaps.gaps_of_duty(rows, frozenset(), period="今天")
            assert (told.where, told.what, told.place_id) == ("点0、点1、点2", "人民调解", None)
            assert told.why == "站点承诺直接提供，今天没有排班"
            [left] = gaps.gaps_of_duty(rows, frozenset({(rows[0].id, "S07")}))
            assert left.where == "点1、点2"
