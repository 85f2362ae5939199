"""The credit code: its check sign, and what is no code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as peer

from yike.rooms.providers.uscc import ALPHABET, check_sign, read_uscc

bodies = st.text(alphabet=ALPHABET, min_size=17, max_size=17)


@given(bodies)
def test_agrees_with_another_reading_of_the_standard(body: str) -> None:
    assert check_sign(body) == peer.calc_check_digit(body)
    assert read_uscc(f" {body.lower()}{check_sign(body)} ") == body + check_sign(body)


@given(bodies, st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_always_noticed(body: str, place: int, sign: str) -> None:
    wrong = body[:place] + sign + body[place + 1 :]
    assert (read_uscc(wrong + check_sign(body)) == "") == (wrong != body)


@pytest.mark.parametrize("typed", ["", "91330225", "I" * 18, "0" * 19, "\uff19" * 18])
def test_what_is_no_code(typed: str) -> None:
    assert read_uscc(typed) == ""
