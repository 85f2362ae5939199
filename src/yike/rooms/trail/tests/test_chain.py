"""The canonical form: no two different entries have the same bytes, and the form never drifts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from yike.engines.seal import sm3
from yike.rooms.trail.chain import GENESIS, Line, canonical, link

TEXT = st.text(max_size=8)
LINES = st.builds(
    Line,
    *[st.integers(0, 2**62)] * 3,
    *[TEXT] * 11,
)


@given(LINES, LINES)
def test_different_entries_have_different_bytes(one: Line, other: Line) -> None:
    assert (canonical(one) == canonical(other)) == (one == other)


@given(LINES, st.integers(3, 12))
def test_nothing_moves_to_the_next_field_unnoticed(line: Line, place: int) -> None:
    texts = list(line)
    moved = str(texts[place]) + "x"
    first, second = texts.copy(), texts.copy()
    first[place] = moved
    second[place + 1] = "x" + str(texts[place + 1])
    assert canonical(Line._make(first)) != canonical(Line._make(second))


def test_the_form_is_frozen() -> None:
    """A proof file of today must be checkable in ten years: this digest may never change."""
    line = Line(
        1, 1_795_293_000_000_000, 750, "matters.MatterOpened", "matter", "m1", "330225000000",
        "staff", "a1", "李*", "o1", "desk", "r1", '{"reference":"261121-7KQ4M3X9"}',
    )  # fmt: skip
    assert sm3(b"yike/trail/1") == GENESIS
    assert link(GENESIS, line).hex() == FROZEN


FROZEN = "074e6e96ac19bd80c5b1041b774773de214b41295e41700f7b168d62ba2df2b9"
