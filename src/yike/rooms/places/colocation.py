"""Several elements at one place: what is there, which of the three that belong together lack. Pure.

A station is public legal services by itself, a front or park of law is legal culture; everything
else is told with its unit, day and evidence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

LEGAL, CULTURE, OBSERVE, PRACTICE, CIRCLE = "legal", "culture", "observe", "practice", "circle"
ELEMENTS = {
    LEGAL: "公共法律服务",
    CULTURE: "法治文化阵地",
    OBSERVE: "公民法治素养观测点",
    PRACTICE: "基层法治实践站",
    CIRCLE: "15分钟公共服务圈设施",
}
#: what the county's list of tasks wants at one place
CORE = (LEGAL, CULTURE, OBSERVE)
#: kinds of public places that are an element by themselves
_OF_SITE = {"front": CULTURE, "park": CULTURE}


def own_element(host: str, site_kind: str = "") -> str:
    """This will return what a "station" or a "site" of a kind is by itself, "" for nothing."""
    return LEGAL if host == "station" else _OF_SITE.get(site_kind, "")


def missing(there: Collection[str]) -> tuple[str, ...]:
    """This will name what lacks of the three that belong together."""
    return tuple(ELEMENTS[code] for code in CORE if code not in there)


def by_count(points: Iterable[Collection[str]]) -> tuple[int, int, int, int]:
    """This will count the places with none, one, two and all of the three."""
    found = [0, 0, 0, 0]
    for there in points:
        found[len(set(there).intersection(CORE))] += 1
    return (found[0], found[1], found[2], found[3])
