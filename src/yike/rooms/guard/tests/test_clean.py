"""Typed text becomes one form, visible, within limits; nothing a person meant is lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yike.rooms.core.refusal import BadInput
from yike.rooms.guard import clean


@given(st.text())
def test_is_stable_and_visible(typed: str) -> None:
    kept = clean.tidy(typed)
    assert clean.tidy(kept) == kept
    assert unicodedata.is_normalized("NFC", kept)
    assert kept == kept.strip()
    bad = {c for c in kept if unicodedata.category(c) in {"Cc", "Cs"} and c != "\n"}
    assert not bad
    assert "\x00" not in kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("𠮷野家", "𠮷野家"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\tb", "a b"),
        ("\ufeff开头", "开头"),
        ("假\u202e冒\u202c", "假冒"),
        ("e\u0301", "é"),
        ("\x00\x07坏\x1b[31m", "坏[31m"),
        ("\ue000专用区", "\ue000专用区"),
        ("  两头  ", "两头"),
    ],
)
def test_examples(typed: str, kept: str) -> None:
    assert clean.tidy(typed) == kept


def test_says_by_how_much_it_is_too_long() -> None:
    with pytest.raises(BadInput, match="最多写 5 个字，您写了 100000 个字") as no:
        clean.text("长" * 100_000, field="text", most=5)
    assert no.value.field == "text"


@pytest.mark.parametrize("typed", ["", "   ", "\u200b\n\t"])
def test_empty_is_said_to_be_empty(typed: str) -> None:
    with pytest.raises(BadInput, match="还没有填写"):
        clean.text(typed, field="text", most=5, least=1)


def test_a_rare_character_counts_once() -> None:
    assert clean.text("𠮷" * 5, field="text", most=5, least=5) == "𠮷" * 5
