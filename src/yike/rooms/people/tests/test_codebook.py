"""Numbers taken apart: check signs by hand, and what a wrong one is told."""

from __future__ import annotations

import pytest

from yike.rooms.core.refusal import BadInput
from yike.rooms.guard.acting import acting
from yike.rooms.people import codebook, numbers
from yike.rooms.regions.tests import makers

pytestmark = pytest.mark.django_db


def test_the_check_sign_of_an_organisation_code_is_that_of_gb_11714() -> None:
    # D2143569-X is the usual example; 10 is written X and 11 is written 0
    assert codebook.body_check("D2143569") == "X"
    assert codebook.body_check("00000000") == "0"
    assert codebook.body_check("00000001") == "9"


def test_the_published_example_holds_in_every_part() -> None:
    # 91350100M000100Y43: the usual example of GB 32100
    with makers.county("350100000000"), acting(makers.GUEST):
        told = codebook.explain(kind="uscc", number=" 91350100-M000100Y43 ")
    assert told.right
    assert [part.right for part in told.parts] == [True] * 5
    assert told.parts[0].verified
    assert told.parts[1].meaning == "企业"


def test_a_department_nobody_knows_is_wrong_though_the_check_sign_holds() -> None:
    body = "Q1350100M000100Y4"
    with acting(makers.GUEST):
        told = codebook.explain(kind="uscc", number=body + numbers.uscc_check(body))
    assert told.parts[0].right is False
    assert told.parts[-1].right
    assert "末位校验码相符" in told.sentence
    assert not told.right


def test_a_kind_that_is_none_is_refused() -> None:
    with pytest.raises(BadInput):
        codebook.explain(kind="phone", number="1")


@pytest.mark.parametrize("typed", ["", "33", "0", "x", "3302251010041", "O30225"])
def test_what_is_no_division_is_told(typed: str) -> None:
    with acting(makers.GUEST):
        told = codebook.explain(kind="division", number=typed)
    assert not told.right
    assert told.sentence
