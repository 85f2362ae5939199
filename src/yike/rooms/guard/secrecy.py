"""State secrets are refused: markings in text and file names, however spaced or widened.

The core is pure: `marking_in` and `marking_in_name` say which marking was found. A marking is a
grade (绝密, 机密, 秘密) in the dress of one: ★, 密级：, brackets, a line of its own, a
declaration (GB/T 9704-2012 7.2.2). The bare word is ordinary language: people must be able to ask
about 商业秘密, 保守国家秘密法 and 秘密调查. See THREATS.md for what this cannot recognise.
"""

from __future__ import annotations

import re
import unicodedata

from yike.rooms.core.refusal import BadInput

_WAY_ON = (
    "请勿通过互联网填写或上传涉密内容。涉密事项请当面或以机要渠道交承办单位的保密机构；"
    "内容确不涉密的，请删去该标志后重新提交。发现国家秘密已经泄露的，请立即报告当地保密行政管理部门。"
)
_OLD = str.maketrans({"絕": "绝", "機": "机", "級": "级", "啟": "启", "長": "长", "屬": "属"})
_STARS = str.maketrans(dict.fromkeys("☆✩✪✭✮✯✰⭐🌟⋆⭑✡✶✴", "★"))
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]"
)
#: What people put between the two signs of a grade; never a letter, so words stay apart.
_GAP = r"[^\S\n]*[·•._\-—|/、]?[^\S\n]*"
_WIDE = r"[\s·•._\-—|/]*"
_GRADE = f"(?:绝{_GAP}密|机{_GAP}密|秘{_GAP}密)"
_LOOSE = f"(?:绝{_WIDE}密|机{_WIDE}密|秘{_WIDE}密)"
_PRIVATE = "(?<!商业)(?<!商 业)(?<!个人)(?<!企业)(?<!技术)(?<!核心商)(?<!普通商)"
_YEARS = (
    r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})\s*(?:年|个?月)"
    r"|长期|(?:启用|使用|公布|解密|开考|考试)前"
)
_OPEN, _SHUT = r"[\[【〔〖「『<《〈]", r"[\]】〕〗」』>》〉]"
_SUBJECT = (
    "(?:本|此|该|以下|下列|上述|所附|附件)(?:文件?|件|材料|资料|内容|信息|图纸|数据|载体)?(?:内容)?"
)

_MARKINGS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(shape, re.MULTILINE)
    for shape in (
        rf"{_PRIVATE}{_LOOSE}{_WIDE}级?{_WIDE}★",
        rf"★\s*{_LOOSE}(?![\u4e00-\u9fff])",
        rf"{_PRIVATE}{_GRADE}\s*级?\s*[*※]\s*(?:{_YEARS})",
        rf"{_PRIVATE}{_GRADE}\s*级?\s*[（(]\s*(?:保密期限)?[:：]?\s*(?:{_YEARS})\s*[）)]",
        rf"密{_GAP}级(?:等级)?\s*[:：=为是]?\s*(?:国家秘密)?\s*[\[【（(/·]?\s*{_GRADE}(?![\u4e00-\u9fff])",
        rf"密{_GAP}级(?:等级)?\s*[:：=]\s*(?:国家秘密)?\s*[\[【（(/·]?\s*{_GRADE}",
        rf"{_OPEN}\s*{_GRADE}\s*级?\s*(?:文件|资料|材料|件|{_YEARS})?\s*{_SHUT}",
        rf"^\s*[（(]?\s*{_GRADE}\s*级?\s*(?:文件|资料|材料|件)?\s*(?:{_YEARS})?\s*[）)]?\s*[。.!！]?\s*$",
        rf"国家秘密\s*[·•/:：\-—]?\s*[\[【（(]\s*{_GRADE}\s*级?\s*[\]】）)]\s*$",
        rf"{_SUBJECT}(?:属于?|涉及|系|为|是|含有?)(?:国家秘密|国家机密|国家绝密|{_GRADE}级)(?![^。；;,，\n]{{0,8}}吗|法)",
        rf"{_SUBJECT}(?:已|被)?(?:定密|确定|核定|标注|标)(?:为|成)\s*(?:国家秘密|{_GRADE})",
    )
)
_IN_NAME: tuple[re.Pattern[str], ...] = (
    *_MARKINGS,
    re.compile(rf"(?:^|[\s_\-.(（\[【〔0-9★])(?:绝{_GAP}密|机{_GAP}密)"),
    re.compile(rf"(?<!商业)(?<!企业)(?<!技术)绝{_GAP}密"),
    re.compile(r"(?:绝密|机密|秘密)级"),
    re.compile(rf"{_PRIVATE}机{_GAP}密(?=文件|资料|材料|件|电报|档案|情报|图纸|[\s_\-.)）0-9]|$)"),
    re.compile(rf"^[\s(（]*秘{_GAP}密(?=[\s_\-.)）★0-9]|$)"),
    re.compile(rf"[_\-(（\[【]\s*秘{_GAP}密\s*(?=[_\-)）\]】.]|$)"),
    re.compile(r"涉密(?:文件|资料|材料|件|载体|信息)"),
)
_FILE_NAME = re.compile(r"[^\n]{1,250}\.[A-Za-z0-9]{1,5}")


def refuse_state_secrets(*texts: str, field: str = "text") -> None:
    """This will refuse, with BadInput and instructions, if a text or file name bears a marking.

    A single line that ends like a file (`.pdf`) is read by the stricter rules for names.
    """
    for text in texts:
        if text.isascii():
            continue  # no marking can be made of these signs, however they are widened
        found = (
            marking_in_name(text)
            if _FILE_NAME.fullmatch(plain(text[:300]).strip())
            else marking_in(text)
        )
        if found:
            raise BadInput(
                f"内容带有国家秘密标志“{found}”，本平台不能接收，也没有保存。",
                way_on=_WAY_ON,
                field=field,
            )


def marking_in(text: str) -> str:
    """This will return the first state-secret marking in a text, or ""."""
    return _first(_MARKINGS, text)


def marking_in_name(name: str) -> str:
    """This will return the first state-secret marking in a file name, or ""."""
    stem = plain(name).strip().rpartition("/")[2].rpartition("\\")[2]
    return _first(_IN_NAME, re.sub(r"(?:\.[A-Za-z0-9]{1,5})+$", "", stem))


def _first(shapes: tuple[re.Pattern[str], ...], text: str) -> str:
    flat = plain(text)
    if "密" not in flat:
        return ""
    found = (shape.search(flat) for shape in shapes)
    return next((" ".join(hit[0].split())[:30] for hit in found if hit), "")


def plain(text: str) -> str:
    """This will return the text half-width, simplified in the signs of a marking, visible only."""
    starred = _INVISIBLE.sub("", text).translate(_STARS)
    wide = unicodedata.normalize("NFKC", starred).translate(_OLD)
    # One blank, one line feed: also what keeps every pattern above linear in the text's length.
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"[^\S\n]+", " ", wide))
