"""State-secret markings are refused in every dress; ordinary talk about secrets is not."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from yike.rooms.core.refusal import BadInput
from yike.rooms.guard import secrecy

CASES: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "secrecy.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("text", CASES["refused_text"])
def test_marked_text_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as no:
        secrecy.refuse_state_secrets("平常的话", text)
    assert "没有保存" in no.value.sentence
    assert "保密" in no.value.way_on


@pytest.mark.parametrize("name", CASES["refused_name"])
def test_marked_file_names_are_refused(name: str) -> None:
    with pytest.raises(BadInput):
        secrecy.refuse_state_secrets(name)


@pytest.mark.parametrize("text", [*CASES["allowed_text"], *CASES["allowed_name"]])
def test_ordinary_words_are_not(text: str) -> None:
    secrecy.refuse_state_secrets(text)


def test_there_are_cases_in_both_directions() -> None:
    assert len(CASES["refused_text"]) + len(CASES["refused_name"]) >= 60
    assert len(CASES["allowed_text"]) + len(CASES["allowed_name"]) >= 60


@given(
    grade=st.sampled_from(["绝密", "机密", "秘密"]),
    gap=st.sampled_from(["", " ", "\u3000", "\u200b", "\u00a0", "·", "-", " ."]),
    before=st.text(max_size=30),
    after=st.text(max_size=30),
    years=st.integers(1, 30),
)
def test_a_starred_grade_is_found_wherever_it_stands(
    grade: str, gap: str, before: str, after: str, years: int
) -> None:
    marked = f"{before}\n{grade[0]}{gap}{grade[1]}{gap}★{gap}{years}年{after}"
    assert secrecy.marking_in(marked)


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert isinstance(secrecy.marking_in(text), str)
    assert isinstance(secrecy.marking_in_name(text), str)


@pytest.mark.parametrize(
    "hostile",
    [
        "机 " * 50_000,
        "机" + " " * 100_000,
        "机密" + " \n" * 50_000,
        "密级" * 50_000,
        "本属于" * 30_000,
    ],
)
def test_hostile_text_takes_no_time(hostile: str) -> None:
    """Not a timed assertion of speed: a pattern that backtracks would take hours here."""
    began = time.monotonic()
    secrecy.marking_in("密" + hostile)
    secrecy.marking_in_name("密" + hostile)
    assert time.monotonic() - began < 60


def test_the_refusal_names_the_marking_only() -> None:
    with pytest.raises(BadInput) as no:
        secrecy.refuse_state_secrets("某处部队调动明日开始\n机密★20年\n详情如下")
    assert "部队" not in no.value.sentence
    assert "机密★" in no.value.sentence
