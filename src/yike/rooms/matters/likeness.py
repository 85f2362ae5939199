"""Whether two demands are one told twice: how near their words are, who and where. Pure.

It only suggests, with a score and reasons; a person merges, links or lets it be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from rapidfuzz import fuzz

#: the house's own: percent from which words are near, and days within which they count
LEAST, DAYS = 80, 30
#: fewer characters say nothing
SHORT = 6
#: shared characters alone prove little: so many pairs must be shared too (percent), more of them
#: when one text is so many times as long as the other and holds most characters anyway
_PAIRS_LEAST, _PAIRS_OF_LONG, _LONG, _UNPROVEN = 30, 60, 3, 60
#: words are looked at as far as this; what a demand is about stands at its beginning
_READ = 1_000
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is compared of a demand."""

    text: str
    phone_index: str = ""
    id_index: str = ""
    region_code: str = ""
    category: str = ""
    opened_at: datetime


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """How near a demand is to another: 0 to 100 by words, and why."""

    score: int
    same_person: bool
    same_place: bool
    reasons: tuple[str, ...]


def nearness(one: str, other: str) -> int:
    """This will return how near two texts are, 0 to 100: shared characters, proven by pairs.

    Measured on tests/duplicates.yaml against seven other ways (docs/decisions/duplicates.md).
    """
    left, right = (_MARKS.sub("", text[:_READ]) for text in (one, other))
    if not left or not right:
        return 0
    score = round(fuzz.token_set_ratio(" ".join(left), " ".join(right)))
    lengths = sorted((len(left), len(right)))
    wanted = _PAIRS_OF_LONG if lengths[1] > _LONG * lengths[0] else _PAIRS_LEAST
    return score if _shared_pairs(left, right) >= wanted else min(score, _UNPROVEN)


def judge(one: Told, other: Told) -> Likeness:
    """This will say how near two demands are and why."""
    score = nearness(one.text, other.text)
    phone = bool(one.phone_index) and one.phone_index == other.phone_index
    number = bool(one.id_index) and one.id_index == other.id_index
    place = one.region_code == other.region_code
    days = abs((one.opened_at - other.opened_at).days)
    said = (
        (phone, "同一电话"),
        (number, "同一证件号"),
        (place, "同一村（社区）"),
        (bool(one.category) and one.category == other.category, "同一类别"),
        (True, f"内容相近 {score}%"),
        (True, "同一天提出" if not days else f"相隔 {days} 天"),
    )
    return Likeness(
        score=score,
        same_person=phone or number,
        same_place=place,
        reasons=tuple(words for holds, words in said if holds),
    )


def is_near(found: Likeness, *, least: int) -> bool:
    """This will say whether it is worth a look: near words of the same person, or the same place.

    `least`: percent set by the county. Of other people much nearer words are asked for.
    """
    if found.same_person:
        return found.score >= least
    return found.same_place and found.score >= (least + 100) // 2


def _shared_pairs(one: str, other: str) -> int:
    left, right = _pairs(one), _pairs(other)
    return round(100 * len(left & right) / max(min(len(left), len(right)), 1))


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)} or {text}
