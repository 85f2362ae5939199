"""The tree read as a code dictionary: GB/T 2260 and GB/T 10114 forms, source, what is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yike.rooms.core.refusal import NotFound
from yike.rooms.regions import codes, queries
from yike.rooms.regions.queries import PopulationRow, RegionRow

#: As many hits of a search as fit one page.
LIMIT = 50
#: The shipped centres were matched by code: where one is known, two sources have the code.
_SECOND_SOURCE = "Vonng/adcode"
_STANDARDS: dict[codes.Level, str] = {
    "province": "GB/T 2260", "city": "GB/T 2260", "county": "GB/T 2260", "town": "GB/T 10114",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Form:
    """How a standard writes the unit; `code` is "" where the standard does not know it."""

    code: str
    standard: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Division:
    """One unit with its forms. `verified`: a second source has the same code."""

    unit: RegionRow
    level_name: str
    form: Form
    population: PopulationRow | None
    #: the names above and including this unit, for a line in a list of hits
    where: str
    verified: bool


@dataclass(frozen=True, kw_only=True)
class Dictionary:
    """A page: one unit (None: the nation), the way to it, its counts, and what is listed."""

    asked: str
    division: Division | None
    path: tuple[RegionRow, ...]
    populations: tuple[PopulationRow, ...]
    listed: tuple[Division, ...]
    #: there may be more hits than are listed
    cut: bool


def divisions(code: str = "", asked: str = "") -> Dictionary:
    """This will return one unit and the units below it, or the hits of a search.

    `code`: 2, 4, 6, 9 or 12 digits, "" for the provinces. `asked`: a part of a name or the first
    digits of a code; the search is within `code`. Refuses NotFound a code that is not in the tree.
    """
    unit = queries.region(_whole(code)) if code.strip() else None
    own = unit.code if unit else ""
    asked = asked.strip()
    found = (
        queries.search_regions(asked, within=own, limit=LIMIT + 1)
        if asked
        else queries.children(own)
    )
    listed = found[:LIMIT] if asked else found
    names = _names([*listed, *([unit] if unit else [])])
    shown = _divisions(listed, names)
    return Dictionary(
        asked=asked,
        division=_divisions([unit], names)[0] if unit else None,
        path=tuple(names[step] for step in codes.ancestors(own) if step in names) if own else (),
        populations=queries.population_of(own) if own else (),
        listed=shown,
        cut=len(found) > len(listed),
    )


def find(typed: str) -> Division | None:
    """This will return the unit of a code of 2, 4, 6, 9 or 12 digits, None if there is none."""
    try:
        code = codes.padded(typed)
    except ValueError:
        return None
    unit = queries.regions_of([code]).get(code)
    return _divisions([unit], _names([unit]))[0] if unit else None


def form_of(code: str) -> Form:
    """This will return a unit's form in the national standard of its level.

    Fifth and sixth digit 71 to 79: a development zone or the like, which the statistics count as a
    county and GB/T 2260 does not know; likewise seventh digit 4 and above below the county.
    """
    level = codes.level_of(code)
    if level == "village":
        return Form(code="", standard="", note="村级代码由统计部门编制，没有国家标准的短码")
    standard = _STANDARDS[level]
    if level == "county" and code[4] == "7":
        return Form(code="", standard=standard, note="统计用代码：开发区等，不是法定行政区划")
    if level == "town" and code[6] >= "4":
        return Form(code="", standard=standard, note="统计用代码：类似乡级单位")
    return Form(code=code[:9] if level == "town" else code[:6], standard=standard)


def _whole(code: str) -> str:
    try:
        return codes.padded(code.strip())
    except ValueError as error:
        raise NotFound(
            "区划代码应为 2、4、6、9 或 12 位数字。", way_on="可以按名称查，或从省往下一级级选。"
        ) from error


def _names(units: Sequence[RegionRow]) -> dict[str, RegionRow]:
    steps = {step for unit in units for step in codes.ancestors(unit.code)}
    return queries.regions_of(steps) if steps else {}


def _divisions(units: Sequence[RegionRow], names: dict[str, RegionRow]) -> tuple[Division, ...]:
    counts = queries.newest_populations([unit.code for unit in units]) if units else {}
    return tuple(
        Division(
            unit=unit,
            level_name=codes.LEVEL_NAMES[codes.level_of(unit.code)],
            form=form_of(unit.code),
            population=counts.get(unit.code),
            where="".join(names[s].name for s in codes.ancestors(unit.code) if s in names),
            verified=unit.point_source.startswith(_SECOND_SOURCE),
        )
        for unit in units
    )
