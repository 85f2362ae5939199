"""Cleans typed text: one form for equal writings, nothing invisible, nothing too long."""

from __future__ import annotations

import re
import unicodedata

from yike.rooms.core.refusal import BadInput
from yike.rooms.guard import secrecy

#: Format characters that carry meaning in names and emoji: zero-width joiner and non-joiner.
_KEPT_FORMATS = {"\u200c", "\u200d"}
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\x85|\x0b|\x0c")


def text(value: str, *, field: str, most: int, least: int = 0) -> str:
    """This will return the text in NFC without control characters, its ends trimmed.

    Line feeds, rare characters (𠮷), private-use characters and emoji stay; tabs become spaces.
    Refuses with BadInput what is shorter than `least` or longer than `most` characters, and what
    bears the marking of a state secret: no text gets in beside this.
    """
    kept = tidy(value)
    if len(kept) > most:
        raise BadInput(
            f"这里最多写 {most} 个字，您写了 {len(kept)} 个字。",
            way_on=f"请删减约 {len(kept) - most} 个字，或把详情作为材料附上。",
            field=field,
        )
    if len(kept) < least:
        raise BadInput(_too_short(kept, least), way_on="请补充后再提交。", field=field)
    secrecy.refuse_state_secrets(kept, field=field)
    return kept


def tidy(value: str) -> str:
    """This will return the text cleaned as `text` does, without limits."""
    if value.isascii() and value.isprintable():
        return value.strip()
    lined = _LINE_ENDS.sub("\n", value).replace("\t", " ")
    kept = "".join(sign for sign in lined if _stays(sign))
    return unicodedata.normalize("NFC", kept).strip()


def _stays(sign: str) -> bool:
    if sign == "\n" or sign in _KEPT_FORMATS:
        return True
    return unicodedata.category(sign) not in {"Cc", "Cf", "Cs"}


def _too_short(kept: str, least: int) -> str:
    if not kept:
        return "这里还没有填写。"
    return f"这里至少写 {least} 个字，您写了 {len(kept)} 个字。"
