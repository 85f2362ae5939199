"""Codes as arithmetic."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yike.rooms.regions import codes

CASES = [
    ("330000000000", "province", ("330000000000", "340000000000")),
    ("330200000000", "city", ("330200000000", "330300000000")),
    ("330225000000", "county", ("330225000000", "330226000000")),
    ("330225101000", "town", ("330225101000", "330225102000")),
    ("330225101004", "village", ("330225101004", "330225101005")),
    ("330225999000", "town", ("330225999000", "330226000000")),
    ("330299999999", "village", ("330299999999", "330300000000")),
]


@pytest.mark.parametrize(("code", "level", "span"), CASES)
def test_level_and_span(code: str, level: str, span: tuple[str, str]) -> None:
    assert codes.level_of(code) == level
    assert codes.span(code) == span


def test_the_nation_holds_everything() -> None:
    assert codes.within("110000000000", codes.span(""))
    assert codes.within("999999999999", codes.span(""))


def test_ancestors_and_levels() -> None:
    assert codes.ancestors("330225101004") == (
        "330000000000", "330200000000", "330225000000", "330225101000", "330225101004",
    )  # fmt: skip
    assert codes.at_level("330225101004", "town") == "330225101000"
    assert codes.at_level("330225000000", "town") == ""


@pytest.mark.parametrize(
    "typed", ["", "33022", "3302251", "33022510100a", "\uff13\uff130225", "33 02"]
)
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="region code"):
        codes.padded(typed)


parts = st.tuples(st.integers(10, 99), st.integers(0, 99), st.integers(0, 99), st.integers(0, 999))
numbers = st.tuples(parts, st.integers(0, 999)).map(
    lambda n: "{:02d}{:02d}{:02d}{:03d}{:03d}".format(*n[0], n[1])
)


@given(numbers, numbers)
def test_a_span_holds_exactly_what_has_the_code_above_it(code: str, other: str) -> None:
    inside = codes.within(other, codes.span(code))
    width = codes.WIDTHS[codes.level_of(code)]
    assert inside == (other[:width] == code[:width])
    assert codes.within(code, codes.span(code))


@given(numbers)
def test_every_ancestor_holds_the_code(code: str) -> None:
    for above in codes.ancestors(code):
        assert codes.within(code, codes.span(above))
