"""Reports of comparing: dated, kept, said when shifted; a difference becomes a correction once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.exchange import actions, queries
from yike.rooms.exchange.tests.test_uploads import OFFICER
from yike.rooms.guard.acting import acting
from yike.rooms.places.tests import makers
from yike.rooms.providers import checked
from yike.rooms.regions.coordinates import from_wgs84
from yike.rooms.regions.tests.makers import COUNTY, HOUSE, KEEPER, STRANGER, county


@pytest.fixture
def stations(db: None) -> None:
    with county():
        for no in range(12):
            makers.station(code=f"S{no}", name=f"站{no}", point=_at(no), address=f"渔港路{no}号")


def _at(no: int) -> tuple[float, float]:
    return (121.92 + no / 200, 29.20 + no / 300)


def compare(raw: str, actor: Actor = KEEPER, **more: Any) -> UUID:
    told: dict[str, Any] = {
        "county": COUNTY, "name": "县发改局地图", "layer": "stations", "crs": "wgs84",
        "metres": 100, "file_name": "点位.csv",
    }  # fmt: skip
    with acting(actor):
        return actions.compare_lists(content=raw.encode(), actor=actor, **(told | more))


def _list(*, shift: bool) -> str:
    lines = ["code,name,lon,lat,address"]
    for no in range(11):
        lon, lat = from_wgs84(_at(no), "gcj02") if shift else _at(no)
        lat += 0.003 if no == 3 else 0
        lines.append(f"S{no},站{no},{lon:.7f},{lat:.7f},{'别处' if no == 5 else ''}")
    return "\n".join([*lines, "X1,新站,121.95,29.25,"])


@pytest.mark.django_db
@pytest.mark.parametrize("shift", [False, True])
def test_a_report_names_what_differs_also_in_a_shifted_list(shift: bool, stations: None) -> None:
    ref = compare(_list(shift=shift))
    with acting(KEEPER):
        page = queries.comparison_page(KEEPER, ref)
        assert (page.row.here, page.row.there, page.row.both) == (12, 12, 11)
        assert [(one.row.kind, one.row.name) for one in page.differences] == [
            ("missing_there", "站11"), ("missing_here", "新站"), ("displaced", "站3"),
            ("differs", "站5"),
        ]  # fmt: skip
        assert page.likeness == ("gcj02" if shift else "as_said")
        assert ("换算回来" in page.verdict) == shift
        told = queries.comparison_csv(KEEPER, ref)
        assert "相距" in told
        assert len(told.splitlines()) == 5


@pytest.mark.django_db
def test_a_difference_becomes_a_correction_once(stations: None) -> None:
    ref = compare(_list(shift=False))
    with acting(KEEPER):
        actions.take_up(comparison_id=ref, at=3, actor=KEEPER)
        (one,) = checked.corrections_for(KEEPER, COUNTY, state="open")
        assert "别处" in one.words
        with pytest.raises(Clash):
            actions.take_up(comparison_id=ref, at=3, actor=KEEPER)
        with pytest.raises(BadInput):
            actions.take_up(comparison_id=ref, at=1, actor=KEEPER)
        with pytest.raises(NotFound):
            actions.take_up(comparison_id=ref, at=99, actor=KEEPER)
        page = queries.comparison_page(KEEPER, ref)
        assert [one.taken_up for one in page.differences] == [False, False, False, True]


@pytest.mark.django_db
def test_only_keepers_compare_and_only_the_county_reads(stations: None) -> None:
    with pytest.raises(NotAllowed):
        compare(_list(shift=False), OFFICER)
    ref = compare(_list(shift=False))
    with acting(STRANGER), pytest.raises(NotFound):
        queries.comparison_page(STRANGER, ref)
    with acting(OFFICER):
        assert not queries.comparison_page(OFFICER, ref).keeps
        with pytest.raises(NotAllowed):
            actions.take_up(comparison_id=ref, at=0, actor=OFFICER)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong", [{"layer": "towns"}, {"crs": "bj54"}, {"metres": 0}, {"name": ""}]
)
def test_what_cannot_be_compared_is_refused(wrong: dict[str, Any], stations: None) -> None:
    with pytest.raises(BadInput):
        compare(_list(shift=False), **wrong)
    with acting(HOUSE):
        assert queries.comparisons(HOUSE, COUNTY) == ()
