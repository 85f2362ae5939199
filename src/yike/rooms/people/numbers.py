"""Reads the numbers people give: telephone, identity document, credit code. Pure.

Everything typed is first brought to half-width, without spaces, dashes and invisible signs.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from yike.rooms.core.refusal import BadInput

ID_CARD = "111"
#: GB/T 2261-like codes of identity documents, with what a number of each may look like.
ID_TYPES: dict[str, str] = {
    "111": "居民身份证",
    "112": "临时居民身份证",
    "113": "户口簿",
    "114": "军官证",
    "414": "普通护照",
    "511": "台湾居民来往大陆通行证",
    "516": "港澳居民来往内地通行证",
    "553": "外国人永久居留身份证",
    "154": "居住证",
    "990": "其他",
}
_SHAPES: dict[str, str] = {
    "113": r"[0-9A-Z]{6,20}",
    "114": r"[\u4e00-\u9fff]{0,4}[0-9A-Z]{4,12}[\u4e00-\u9fff]?",
    "414": r"[A-Z]{0,3}[0-9]{5,9}",
    "511": r"[0-9]{8}|[0-9]{10}[A-Z]?",
    "516": r"[HM]?[0-9]{8}(?:[0-9]{2})?",
    "553": r"[A-Z]{3}[0-9]{12}|9[0-9]{16}[0-9X]",
    "154": r"[0-9A-Z]{6,20}",
    "990": r"[0-9A-Z\u4e00-\u9fff]{3,40}",
}
_PROVINCES = {
    *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37"),
    *("41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64"),
    *("65", "71", "81", "82", "83", "91"),
}
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_DROPPED = re.compile(r"[\s\-\u2010-\u2015_.·()\[\]/\u200b-\u200f\ufeff]+")
_PREFIX = re.compile(r"^(?:\+86|0086|86(?=1[3-9][0-9]{9}$))")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(010|02[0-9]|0[3-9][0-9]{2})([2-8][0-9]{6,7})")
_SERVICE = re.compile(r"(400|800)([0-9]{7})")
_ABROAD = re.compile(r"\+(?!86)[1-9][0-9]{6,14}")
_PHONE_HELP = "请填写 11 位手机号，或带区号的固定电话，例如 0574-65712345。"


def read_phone(typed: str, *, field: str = "phone") -> str:
    """This will return the number in its one form: 13812345678, 0574-65712345, 400-8881234.

    Numbers of other countries and of Hong Kong, Macao and Taiwan need + and their code. Refuses
    with BadInput anything that nobody could ring.
    """
    flat = flattened(typed)
    if not flat:
        raise BadInput("请填写联系电话。", way_on=_PHONE_HELP, field=field)
    bare = _PREFIX.sub("", flat)
    if _MOBILE.fullmatch(bare):
        return bare
    if bare != flat and re.fullmatch(r"[1-9][0-9]{9,10}", bare):
        bare = "0" + bare
    for shape in (_LANDLINE, _SERVICE):
        found = shape.fullmatch(bare)
        if found:
            return f"{found[1]}-{found[2]}"
    if _ABROAD.fullmatch(flat):
        return flat
    raise BadInput(_why_no_phone(bare), way_on=_PHONE_HELP, field=field)


def _why_no_phone(bare: str) -> str:
    if not re.fullmatch(r"[0-9+]+", bare):
        return "电话号码里只能有数字。"
    if re.fullmatch(r"[2-8][0-9]{6,7}", bare):
        return "固定电话请加上区号。"
    if bare.startswith("1") and len(bare) != 11:
        return f"手机号应为 11 位，您填了 {len(bare)} 位。"
    return "这个电话号码不正确，请核对。"


def read_id(id_type: str, typed: str, *, today: date, field: str = "id_number") -> str:
    """This will return the number of an identity document in its one form.

    111 and 112 are checked by GB 11643-1999: division, date of birth, check sign; the other types
    by shape only. `today` bounds the date of birth. Refuses with BadInput.
    """
    kind = id_type or ID_CARD
    if kind not in ID_TYPES:
        raise BadInput("请选择证件类型。", field="id_type")
    flat = flattened(typed).upper()
    if kind in {"111", "112"}:
        return _read_card(flat, today, field)
    if not re.fullmatch(_SHAPES[kind], flat):
        raise BadInput(
            f"{ID_TYPES[kind]}号码的格式不正确。", way_on="请对照证件逐位核对后重填。", field=field
        )
    return flat


def _read_card(flat: str, today: date, field: str) -> str:
    why = _why_no_card(flat, today)
    if why:
        raise BadInput(why, way_on="请对照身份证逐位核对；没有证件可以先不填。", field=field)
    return flat


def _why_no_card(flat: str, today: date) -> str:
    if re.fullmatch(r"[0-9]{15}", flat):
        return "15 位旧身份证号已停用，请填写 18 位号码。"
    if not re.fullmatch(r"[0-9]{17}[0-9X]", flat):
        return f"身份证号应为 18 位数字（末位可以是 X），您填了 {len(flat)} 位。"
    if flat[:2] not in _PROVINCES:
        return "身份证号的前两位不是省级代码。"
    if birth_date(flat) is None:
        return f"身份证号里的出生日期 {flat[6:14]} 不存在。"
    born = birth_date(flat)
    if born is not None and not (born.year >= 1880 and born <= today):
        return f"身份证号里的出生日期 {flat[6:14]} 不合理。"
    if card_check(flat[:17]) != flat[17]:
        return "身份证号的校验位不符，可能有一位写错。"
    return ""


def card_check(body: str) -> str:
    """This will return the check sign of 17 digits: ISO 7064 MOD 11-2 (GB 11643)."""
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, body, strict=True))
    return _ID_CHECKS[total % 11]


def birth_date(card: str) -> date | None:
    """This will return the date of birth that an 18-sign card number states, if it exists."""
    try:
        return date(int(card[6:10]), int(card[10:12]), int(card[12:14]))
    except ValueError:
        return None


def read_uscc(typed: str, *, field: str = "uscc") -> str:
    """This will return a unified social credit code (GB 32100-2015), its check sign proven.

    Refuses with BadInput; the letters I, O, S, V and Z never occur in one.
    """
    flat = flattened(typed).upper()
    why = ""
    if len(flat) != 18:
        why = f"统一社会信用代码应为 18 位，您填了 {len(flat)} 位。"
    elif any(sign in "IOSVZ" for sign in flat):
        why = "统一社会信用代码里没有字母 I、O、S、V、Z，请看是否为数字 1、0、5、2。"
    elif not all(sign in _USCC_SIGNS for sign in flat) or not flat[2:8].isdigit():
        why = "统一社会信用代码的格式不正确。"
    elif uscc_check(flat[:17]) != flat[17]:
        why = "统一社会信用代码的校验位不符，可能有一位写错。"
    if why:
        raise BadInput(why, way_on="请对照营业执照逐位核对后重填。", field=field)
    return flat


def is_uscc_shape(flat: str) -> bool:
    """This will say whether the signs could be a credit code, whatever its check sign."""
    signs = len(flat) == 18 and all(sign in _USCC_SIGNS for sign in flat)
    return signs and flat[2:8].isdigit()


def uscc_check(body: str) -> str:
    """This will return the check sign of the first 17: weights 3ⁿ modulo 31 (GB 32100)."""
    total = sum(_USCC_SIGNS.index(sign) * pow(3, n, 31) for n, sign in enumerate(body))
    return _USCC_SIGNS[-total % 31]


def flattened(typed: str) -> str:
    """This will return what was typed in half width, without spaces, dashes and hidden signs."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", typed))
