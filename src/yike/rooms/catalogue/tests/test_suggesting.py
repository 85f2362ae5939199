"""Suggestions: sentences in citizens' words, and properties of the ranking."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from yike.rooms.catalogue import shipped, suggesting
from yike.rooms.catalogue.suggesting import Vocabulary, Word, rank

CASES = Path(__file__).parent / "cases"
WORDS = shipped.vocabulary()


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of one file."""
    found: list[dict[str, Any]] = yaml.safe_load((CASES / name).read_text(encoding="utf-8"))
    return found


def matters_of(says: str) -> list[str]:
    """The suggested matters, as the query gives them: "other" when no word is known."""
    return [one.code for one in rank(says, WORDS)] or [suggesting.OTHER]


def test_nine_of_ten_sentences_find_their_matter_among_three() -> None:
    sentences = cases("matters.yaml")
    missed = [case["says"] for case in sentences if case["matter"] not in matters_of(case["says"])]
    assert len(sentences) >= 60
    assert len(missed) <= len(sentences) * 0.1, missed


def test_fresh_sentences_find_theirs_three_times_in_four() -> None:
    """Nobody chose words for these: they say how far the words carry, and may not carry less."""
    fresh = cases("matters_fresh.yaml")
    found = [case for case in fresh if case["matter"] in matters_of(case["says"])]
    assert len(found) >= len(fresh) * 0.75


def test_the_sentences_go_round_all_matters() -> None:
    listed = {one["code"] for one in shipped.read("codelists.json")["legal_matter"]}
    assert {case["matter"] for case in cases("matters.yaml")} == listed
    assert {code for code, _ in shipped.keywords()} == listed


def test_the_longest_word_counts_alone() -> None:
    words = Vocabulary((Word("公证", "J02"), Word("遗嘱公证", "J02"), Word("遗嘱", "A02")))
    [found] = rank("想办遗嘱公证", words)
    assert (found.code, found.words) == ("J02", ("遗嘱公证",))


def test_a_short_word_is_not_found_inside_another() -> None:
    words = Vocabulary((Word("学会", "X"),))
    assert rank("小学会议室", words) == ()
    assert rank("他学会了开船", words) != ()


def test_a_word_of_many_matters_says_less() -> None:
    words = Vocabulary((Word("解除", "A"), Word("解除", "B"), Word("辞退", "B")))
    assert [one.code for one in rank("解除，辞退", words)] == ["B", "A"]


def test_full_width_and_capitals_are_read_alike() -> None:
    words = Vocabulary((Word("app诈骗", "J05"),))
    assert rank("ＡＰＰ诈骗", words)[0].code == "J05"


@pytest.mark.parametrize("text", ["", "   ", "𠮷𠮷😀\x00\x07", "啊" * 100_000])
def test_nothing_is_suggested_of_nothing(text: str) -> None:
    assert rank(text, WORDS) == ()


@given(st.text(max_size=300), st.integers(1, 10))
def test_never_more_than_asked_and_always_in_order(text: str, limit: int) -> None:
    found = rank(text, WORDS, limit=limit)
    assert len(found) <= limit
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(word in suggesting.plain(text) for one in found for word in one.words)


@given(st.text(max_size=200))
def test_the_same_words_give_the_same_answer(text: str) -> None:
    assert rank(text, WORDS) == rank(text, WORDS)
