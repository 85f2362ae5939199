"""What each part of a number means, and whether it holds. Nothing is stored or recorded.

Sources: GB 32100-2015 with its amendments, GB 11714-1997, GB 11643-1999, GB/T 2260.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput
from yike.rooms.people import numbers
from yike.rooms.regions import dictionary

KINDS: dict[str, str] = {
    "uscc": "统一社会信用代码（GB 32100）",
    "card": "公民身份号码（GB 11643）",
    "division": "行政区划代码（GB/T 2260、GB/T 10114）",
}
#: first sign → department, its kinds of body, and whether the text of 2015 has it; the others
#: come with amendments, which were read in secondary sources only
DEPARTMENTS: dict[str, tuple[str, dict[str, str], bool]] = {
    "1": ("机构编制", {"1": "机关", "2": "事业单位", "3": "群众团体", "9": "其他"}, True),
    "2": ("外交", {"1": "外国常驻新闻机构", "9": "其他"}, False),
    "3": (
        "司法行政",
        {
            "1": "律师执业机构", "2": "公证处", "3": "基层法律服务所", "4": "司法鉴定机构",
            "5": "仲裁委员会", "9": "其他",
        },
        False,
    ),
    "4": ("文化", {"1": "外国在华文化中心", "9": "其他"}, False),
    "5": ("民政", {"1": "社会团体", "2": "民办非企业单位", "3": "基金会", "9": "其他"}, True),
    "6": (
        "旅游",
        {"1": "外国旅游部门常驻代表机构", "2": "港澳台旅游部门常驻代表机构", "9": "其他"},
        False,
    ),
    "7": ("宗教", {"1": "宗教活动场所", "2": "宗教院校", "9": "其他"}, False),
    "8": ("工会", {"1": "基层工会", "9": "其他"}, False),
    "9": ("工商（市场监管）", {"1": "企业", "2": "个体工商户", "3": "农民专业合作社"}, True),
    "A": ("中央军委改革和编制办公室", {"1": "军队事业单位", "9": "其他"}, False),
    "N": (
        "农业",
        {"1": "组级集体经济组织", "2": "村级集体经济组织", "3": "乡镇级集体经济组织", "9": "其他"},
        False,
    ),
    "Y": ("其他", {"1": "其他"}, True),
}  # fmt: skip
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, kw_only=True)
class Part:
    """Some signs of a number: which places, what they say; `right` is None where nobody can tell.

    `verified` is False where the meaning was not read in the standard itself.
    """

    places: str
    signs: str
    name: str
    meaning: str
    right: bool | None = None
    verified: bool = True


@dataclass(frozen=True, kw_only=True)
class Explained:
    """The answer to one number: whether it holds, why not, and its parts."""

    kind_name: str
    right: bool
    sentence: str
    parts: tuple[Part, ...] = ()


def explain(*, kind: str, number: str) -> Explained:
    """This will take a number apart. A wrong one is an answer here, not a refusal.

    Refuses BadInput an unknown kind.
    """
    if kind not in KINDS:
        raise BadInput("请选择号码的种类。", field="kind")
    flat = numbers.flattened(number).upper()
    explained = {"uscc": _uscc, "card": _card, "division": _division}[kind]
    return explained(flat, KINDS[kind])


def _uscc(flat: str, kind_name: str) -> Explained:
    why = ""
    try:
        numbers.read_uscc(flat)
    except BadInput as no:
        why = no.sentence
    if not numbers.is_uscc_shape(flat):
        return Explained(kind_name=kind_name, right=False, sentence=why)
    parts = (*_registrar(flat), _place("3—8", "登记管理机关行政区划码", flat[2:8]), _body(flat),
             _check("18", flat[17], numbers.uscc_check(flat[:17])))  # fmt: skip
    if not why and any(part.right is False for part in parts):
        why = "末位校验码相符，但标出的段不合标准，请核对。登记时只查末位校验码。"
    told = why or "末位校验码相符，各段合乎标准。"
    return Explained(kind_name=kind_name, right=not why, sentence=told, parts=parts)


def _registrar(flat: str) -> tuple[Part, Part]:
    name, bodies, verified = DEPARTMENTS.get(flat[0], ("", {}, False))
    body = bodies.get(flat[1], "")
    return (
        Part(
            places="1", signs=flat[0], name="登记管理部门代码", right=bool(name),
            meaning=name or "标准里没有这个部门", verified=verified,
        ),
        Part(
            places="2", signs=flat[1], name="机构类别代码", right=bool(body),
            meaning=body or "这个部门没有这个类别", verified=verified,
        ),
    )  # fmt: skip


def _place(places: str, name: str, signs: str) -> Part:
    found = dictionary.find(signs)
    meaning = found.where if found else "现有区划里没有，可能已撤并"
    return Part(
        places=places, signs=signs, name=name, meaning=meaning, right=True if found else None
    )


def _body(flat: str) -> Part:
    """GB 11714: eight signs (letters A=10 … Z=35) and a check sign of modulus 11."""
    body = flat[8:17]
    want = body_check(body[:8])
    held = body[8] == want
    told = "自身校验位正确" if held else f"自身校验位应为 {want}，现为 {body[8]}"
    return Part(
        places="9—17", signs=body, name="主体标识码（组织机构代码）", meaning=told, right=held
    )


def body_check(body: str) -> str:
    """This will return the check sign of the eight signs of an organisation code (GB 11714)."""
    total = sum(weight * int(sign, 36) for weight, sign in zip(_BODY_WEIGHTS, body, strict=True))
    return "0123456789X0"[11 - total % 11]


def _card(flat: str, kind_name: str) -> Explained:
    why = ""
    try:
        numbers.read_id(numbers.ID_CARD, flat, today=clock.today())
    except BadInput as no:
        why = no.sentence
    if not re.fullmatch(r"[0-9]{17}[0-9X]", flat):
        return Explained(kind_name=kind_name, right=False, sentence=why)
    born = numbers.birth_date(flat)
    parts = (
        _place("1—6", "地址码（初次登记地）", flat[:6]),
        Part(
            places="7—14", signs=flat[6:14], name="出生日期码", right=born is not None,
            meaning=f"{born.year}年{born.month}月{born.day}日" if born else "没有这一天",
        ),
        Part(
            places="15—17", signs=flat[14:17], name="顺序码",
            meaning="奇数，男" if int(flat[16]) % 2 else "偶数，女",
        ),
        _check("18", flat[17], numbers.card_check(flat[:17])),
    )  # fmt: skip
    told = why or "形式与校验位正确。这不证明证件是真的，也不证明是本人。"
    return Explained(kind_name=kind_name, right=not why, sentence=told, parts=parts)


def _check(place: str, sign: str, want: str) -> Part:
    right = sign == want
    return Part(
        places=place, signs=sign, name="校验码", right=right,
        meaning="正确" if right else f"应为 {want}，现为 {sign}",
    )  # fmt: skip


def _division(flat: str, kind_name: str) -> Explained:
    found = dictionary.find(flat)
    if found is None:
        shaped = re.fullmatch(r"[1-9][0-9]*", flat) and len(flat) in (2, 4, 6, 9, 12)
        told = "现有区划里没有这个代码，可能写错或已撤并。"
        told = told if shaped else "区划代码应为 2、4、6、9 或 12 位数字。"
        return Explained(kind_name=kind_name, right=False, sentence=told)
    steps = ((0, 2, "省"), (2, 4, "市"), (4, 6, "县"), (6, 9, "乡镇"), (9, 12, "村"))
    parts = tuple(
        _place(f"{since + 1}—{until}", f"{name}级", flat[:until])
        for since, until, name in steps
        if until <= len(flat) and flat[since:until].strip("0")
    )
    return Explained(
        kind_name=kind_name, right=True, parts=parts,
        sentence=f"区划里有这个代码：{found.where}（{found.level_name}），"
                 f"{found.form.standard or '统计用代码'} {found.form.code or found.form.note}。",
    )  # fmt: skip
