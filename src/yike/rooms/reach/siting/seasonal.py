"""How many people are where in a season, as the office wrote it down. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

#: Where nobody wrote anything, everybody is at home.
USUAL = 100
#: The digits below the first nine name a village within its town.
_TOWN = 9


def factors(
    villages: Sequence[str], seasons: Sequence[tuple[Mapping[str, int], int]]
) -> dict[str, int]:
    """This will return the percent of people of each village that is not 100.

    `seasons`: percent by village or town (a village's own comes first), and days; several seasons
    are averaged by their days, rounded to whole percent, halves up.
    """
    days = sum(count for _, count in seasons)
    found = {}
    for code in villages if days else ():
        total = sum(_factor(told, code) * count for told, count in seasons)
        percent = (2 * total + days) // (2 * days)
        if percent != USUAL:
            found[code] = percent
    return found


def _factor(told: Mapping[str, int], village: str) -> int:
    town = village[:_TOWN] + "000"
    return told.get(village, told.get(town, USUAL))
