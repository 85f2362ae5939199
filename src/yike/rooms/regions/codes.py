"""Region codes as arithmetic: twelve digits, and a subtree is a range [from, until).

Pure. The digits are those of the statistical codes (GB/T 2260 for the first six, GB/T 10114 for
nine, the statistical village number for twelve): 2 province, 4 city, 6 county, 9 town, 12 village;
a unit above the village is padded with zeros. Ranges, not prefixes, because a btree over collation
"C" answers a range and row security stays fast.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

Level = Literal["province", "city", "county", "town", "village"]

#: How many digits name a unit of each level.
WIDTHS: dict[Level, int] = {"province": 2, "city": 4, "county": 6, "town": 9, "village": 12}
LEVEL_NAMES: dict[Level, str] = {
    "province": "省",
    "city": "市",
    "county": "县（市、区）",
    "town": "乡镇（街道）",
    "village": "村（社区）",
}
LENGTH = 12
#: Sorts after every code: ":" follows "9".
AFTER_ALL = ":"


def is_code(text: str) -> bool:
    """This will say whether the text is twelve ASCII digits beginning with 1 to 9."""
    return len(text) == LENGTH and text.isascii() and text.isdigit() and not text.startswith("0")


def padded(short: str) -> str:
    """This will return the twelve-digit code of a short one: 330225 → 330225000000.

    Refuses with ValueError anything but 2, 4, 6, 9 or 12 ASCII digits.
    """
    if len(short) not in WIDTHS.values() or not (short.isascii() and short.isdigit()):
        raise ValueError(f"not a region code: {short!r}; 2, 4, 6, 9 or 12 digits are wanted")
    return short.ljust(LENGTH, "0")


def level_of(code: str) -> Level:
    """This will return the level that a twelve-digit code names, by its trailing zeros."""
    if not is_code(code):
        raise ValueError(f"not a region code: {code!r}; twelve digits are wanted")
    for level, width in WIDTHS.items():
        if not code[width:].strip("0"):
            return level
    raise AssertionError("the last width is the whole code")


def span(code: str) -> tuple[str, str]:
    """This will return the range [from, until) that holds the unit and everything below it.

    span("330225101000") = ("330225101000", "330225102000"); span("") is the whole nation.
    """
    if not code:
        return ("0", AFTER_ALL)
    width = WIDTHS[level_of(code)]
    until = str(int(code[:width]) + 1)
    return (code, until.ljust(LENGTH, "0") if len(until) == width else AFTER_ALL)


def within(code: str, span_: tuple[str, str]) -> bool:
    """This will say whether a code lies in a range."""
    return span_[0] <= code < span_[1]


@lru_cache(maxsize=20_000)
def ancestors(code: str) -> tuple[str, ...]:
    """This will return the codes above and including this one, province first.

    A place in the tree may be empty (Dongguan has no counties): who looks up must allow that.
    """
    own = WIDTHS[level_of(code)]
    steps = (padded(code[:width]) for width in WIDTHS.values() if width <= own)
    return tuple(dict.fromkeys(steps))


def at_level(code: str, level: Level) -> str:
    """This will return the code of the unit of that level which holds this one, or ""."""
    width = WIDTHS[level]
    if WIDTHS[level_of(code)] < width:
        return ""
    return padded(code[:width])
