"""The forms of the national standards, and which units they do not know."""

from __future__ import annotations

import pytest

from yike.rooms.core.refusal import NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.regions import dictionary
from yike.rooms.regions.tests import makers


@pytest.mark.parametrize(
    ("code", "form", "standard"),
    [
        ("330000000000", "330000", "GB/T 2260"),
        ("330200000000", "330200", "GB/T 2260"),
        ("330225000000", "330225", "GB/T 2260"),
        ("330225101000", "330225101", "GB/T 10114"),
        ("330225101004", "", ""),
        ("130171000000", "", "GB/T 2260"),
        ("330225400000", "", "GB/T 10114"),
    ],
)
def test_each_level_has_the_form_of_its_standard(code: str, form: str, standard: str) -> None:
    found = dictionary.form_of(code)
    assert (found.code, found.standard) == (form, standard)
    assert bool(found.note) is not bool(form)


@pytest.mark.django_db
def test_a_unit_lists_what_is_below_and_the_way_to_it() -> None:
    with makers.county(), acting(makers.GUEST):
        page = dictionary.divisions(makers.SHIPU[:9])
        assert [row.name for row in page.path] == ["浙江省", "宁波市", "象山县", "石浦镇"]
        assert makers.JINPING in [row.unit.code for row in page.listed]
        hits = dictionary.divisions(makers.COUNTY, "村")
        assert len(hits.listed) == dictionary.LIMIT
        assert hits.cut
        with pytest.raises(NotFound):
            dictionary.divisions("33022")
        with pytest.raises(NotFound):
            dictionary.divisions("330299")
