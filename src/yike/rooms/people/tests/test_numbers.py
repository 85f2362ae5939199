"""Numbers are read as people type them, and wrong ones are named. Vectors are made here."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from yike.rooms.core.refusal import BadInput
from yike.rooms.people import numbers

TODAY = date(2026, 11, 21)
_WIDE = {48 + n: 0xFF10 + n for n in range(10)}
_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("13812345678", "13812345678"),
        ("138 1234 5678", "13812345678"),
        ("+86 138-1234-5678", "13812345678"),
        ("008613812345678", "13812345678"),
        ("8613812345678", "13812345678"),
        ("138-1234-5678".translate(_WIDE), "13812345678"),
        ("\u200b138\u00a01234 5678 ", "13812345678"),
        ("19912345678", "19912345678"),
        ("0574-65712345", "0574-65712345"),
        ("(0574) 65712345", "0574-65712345"),
        ("（0574）6571 2345", "0574-65712345"),
        ("057465712345", "0574-65712345"),
        ("+86 574 65712345", "0574-65712345"),
        ("010-62345678", "010-62345678"),
        ("+861062345678", "010-62345678"),
        ("02162345678", "021-62345678"),
        ("0554-2661234", "0554-2661234"),
        ("400-888-1234", "400-8881234"),
        ("4008881234", "400-8881234"),
        ("8008881234", "800-8881234"),
        ("+852 2345 6789", "+85223456789"),
        ("+886-912-345-678", "+886912345678"),
    ],
)
def test_phones(typed: str, read: str) -> None:
    assert numbers.read_phone(typed) == read
    assert numbers.read_phone(read) == read


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "请填写联系电话"),
        ("1381234567", "应为 11 位，您填了 10 位"),
        ("138123456789", "应为 11 位，您填了 12 位"),
        ("12812345678", "不正确"),
        ("65712345", "加上区号"),
        ("0574-1234567", "不正确"),
        ("电话没有", "只能有数字"),
        ("13812345678 或 13912345678", "只能有数字"),
        ("1381234567a", "只能有数字"),
        ("110", "应为 11 位"),
        ("+8612812345678", "不正确"),
        ("١٣٨١٢٣٤٥٦٧٨", "只能有数字"),
    ],
)
def test_wrong_phones(typed: str, why: str) -> None:
    with pytest.raises(BadInput, match=why) as no:
        numbers.read_phone(typed)
    assert no.value.field == "phone"
    assert "例如" in no.value.way_on


@given(st.text(max_size=30))
def test_any_text_is_a_phone_or_a_sentence(typed: str) -> None:
    try:
        read = numbers.read_phone(typed)
    except BadInput:
        return
    assert numbers.read_phone(read) == read


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.lists(st.integers(0, 10), max_size=4))
def test_blanks_and_dashes_change_nothing(number: str, places: list[int]) -> None:
    typed = number
    for place in sorted(places, reverse=True):
        typed = typed[:place] + " -"[place % 2] + typed[place:]
    assert numbers.read_phone(typed) == number


_births = st.dates(date(1900, 1, 1), TODAY)
_bodies = st.builds(
    lambda area, born, serial: f"{area}{born:%Y%m%d}{serial:03d}",
    st.sampled_from(["110101", "330225", "340421", "442001", "650102"]),
    _births,
    st.integers(0, 999),
)


@given(_bodies)
def test_cards_agree_with_an_independent_reading(body: str) -> None:
    card = body + numbers.card_check(body)
    assert ric.calc_check_digit(card) == card[-1]
    assert numbers.read_id("111", card.lower(), today=TODAY) == card
    assert numbers.birth_date(card) == ric.get_birth_date(card)


@given(_bodies, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(body: str, place: int, by: int) -> None:
    card = body + numbers.card_check(body)
    wrong = card[:place] + str((int(card[place]) + by) % 10) + card[place + 1 :]
    with pytest.raises(BadInput):
        numbers.read_id("111", wrong, today=TODAY)


@given(_bodies, st.integers(0, 15))
def test_two_exchanged_digits_are_noticed(body: str, place: int) -> None:
    card = body + numbers.card_check(body)
    swapped = card[:place] + card[place + 1] + card[place] + card[place + 2 :]
    if swapped != card:
        with pytest.raises(BadInput):
            numbers.read_id("111", swapped, today=TODAY)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("330225900307803", "15 位旧身份证号已停用"),
        ("33022519900307803", "您填了 17 位"),
        ("990225199003078035", "前两位不是省级代码"),
        ("330225199002308035", "19900230 不存在"),
        ("330225203003078035", "20300307 不合理"),
        ("330225187003078035", "18700307 不合理"),
        ("33022519900307803A", "末位可以是 X"),
        ("我的身份证", "18 位"),
    ],
)
def test_wrong_cards(typed: str, why: str) -> None:
    with pytest.raises(BadInput, match=why) as no:
        numbers.read_id("111", typed, today=TODAY)
    assert no.value.field == "id_number"


@pytest.mark.parametrize(
    ("id_type", "typed", "read"),
    [
        ("414", "e12345678", "E12345678"),
        ("414", "G 1234 5678", "G12345678"),
        ("516", "h12345678", "H12345678"),
        ("516", "M1234567890", "M1234567890"),
        ("511", "12345678", "12345678"),
        ("553", "USA310101900101", ""),
        ("553", "ABC123456789012", "ABC123456789012"),
        ("114", "军字第1234567号", "军字第1234567号"),
        ("990", "证123", "证123"),
        ("414", "1", ""),
        ("516", "X12345678", ""),
        ("000", "12345678", ""),
    ],
)
def test_other_documents_by_shape(id_type: str, typed: str, read: str) -> None:
    if read:
        assert numbers.read_id(id_type, typed, today=TODAY) == read
    elif (id_type, typed) == ("553", "USA310101900101"):
        assert numbers.read_id(id_type, typed, today=TODAY) == typed
    else:
        with pytest.raises(BadInput):
            numbers.read_id(id_type, typed, today=TODAY)


_codes = st.builds(
    lambda kind, area, rest: f"{kind}{area}{rest}",
    st.sampled_from(["91", "12", "52", "54", "N1", "A1"]),
    st.sampled_from(["330225", "340400", "110000"]),
    st.text(alphabet=_SIGNS, min_size=9, max_size=9),
)


@given(_codes)
def test_credit_codes_agree_with_an_independent_reading(body: str) -> None:
    code = body + numbers.uscc_check(body)
    assert uscc.calc_check_digit(body) == code[-1]
    assert numbers.read_uscc(f" {code[:8].lower()}-{code[8:]}") == code


@given(_codes, st.integers(0, 16), st.sampled_from(_SIGNS))
def test_one_wrong_sign_is_noticed(body: str, place: int, sign: str) -> None:
    code = body + numbers.uscc_check(body)
    wrong = code[:place] + sign + code[place + 1 :]
    if wrong != code:
        with pytest.raises(BadInput):
            numbers.read_uscc(wrong)


@pytest.mark.parametrize("typed", ["", "9133022500000000O0", "91330225", "91330225MA00000000"])
def test_wrong_credit_codes(typed: str) -> None:
    with pytest.raises(BadInput) as no:
        numbers.read_uscc(typed)
    assert no.value.field == "uscc"
