"""A mask never shows the whole, whatever was typed, and fits its column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yike.rooms.people import masks

_names = st.text(min_size=1, max_size=60).filter(lambda t: t.strip() and "*" not in t)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张三", "张*"),
        ("张三丰", "张**"),
        ("𠮷三", "𠮷*"),
        ("𠮷", "*"),
        ("阿卜杜拉·买买提", "阿***"),
        ("", ""),
        (" 李四 ", "李*"),
    ],
)
def test_names(name: str, shown: str) -> None:
    assert masks.mask_name(name) == shown


@given(_names)
def test_a_name_shows_one_character_at_most(name: str) -> None:
    shown = masks.mask_name(name)
    assert len(shown.replace("*", "")) <= 1
    assert name.strip() not in shown
    assert len(shown) <= 4


@given(_names)
def test_a_company_hides_something(name: str) -> None:
    shown = masks.mask_company(name)
    assert name.strip() != shown
    assert len(shown) <= 7


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13812345678", "138****5678"),
        ("0574-65712345", "0574-****45"),
        ("400-8881234", "400-****34"),
        ("+85223456789", "****89"),
        ("", ""),
    ],
)
def test_phones(phone: str, shown: str) -> None:
    assert masks.mask_phone(phone) == shown


@given(st.text(alphabet="0123456789+-", min_size=1, max_size=20))
def test_a_phone_hides_four_digits(phone: str) -> None:
    shown = masks.mask_phone(phone)
    digits = [sign for sign in phone if sign.isdigit()]
    left = [sign for sign in shown if sign.isdigit()]
    assert len(left) <= max(0, len(digits) - 4) or not left


@given(st.text(alphabet="0123456789ABCX", min_size=1, max_size=40))
def test_a_document_hides_at_least_half_or_all_but_four(number: str) -> None:
    shown = masks.mask_id(number)
    assert len(shown) == len(number)
    assert shown.count("*") >= min(8, len(number) - 4)
    assert shown != number


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("zhang@example.com", "z***@example.com"), ("a@b.cn", "***@b.cn"), ("none", "***"), ("", "")],
)
def test_addresses(typed: str, shown: str) -> None:
    assert masks.mask_email(typed) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("10.2.3.4", "10.2.*.*"), ("240e:3a1:5::1", "240e:3a1:*"), ("", ""), ("proxy", "")],
)
def test_internet_addresses(typed: str, shown: str) -> None:
    assert masks.mask_address(typed) == shown
