"""Reads counts of people and areas from CSV: every fault with its line, or the facts to import.

UTF-8 or GB 18030. Columns by their Chinese or English names, in any order. What is left empty is
unknown; zero is written as 0.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field

from yike.rooms.regions import choosing
from yike.rooms.regions.actions import AreaFacts, PopulationFacts
from yike.rooms.regions.checking import Fault, decode
from yike.rooms.regions.finding import Finder
from yike.rooms.regions.models import Area, Population

#: column → its names in a file; the first is the one of the template
COLUMNS: dict[str, tuple[str, ...]] = {
    "code": ("代码", "区划代码", "code"),
    "town": ("乡镇", "乡镇（街道）", "town"),
    "village": ("村", "村（社区）", "village"),
    "year": ("年份", "year"),
    "kind": ("口径", "kind"),
    "source": ("来源", "source"),
    "count": ("总人口", "人口", "total", "population"),
    "children": ("0-14岁", "儿童", "children"),
    "aged_60": ("60岁及以上", "60岁以上", "aged_60"),
    "aged_65": ("65岁及以上", "65岁以上", "aged_65"),
    "disabled": ("持证残疾人", "残疾人", "disabled"),
    "km2": ("面积（平方公里）", "面积", "area_km2"),
}
_NUMBERS = ("count", *choosing.GROUPS)
_KINDS = {name: kind for kind, name in choosing.KINDS.items()} | {k: k for k in choosing.KINDS}
_MOST_PEOPLE, _MOST_KM2 = 100_000_000, 2_000_000.0


@dataclass(frozen=True, kw_only=True)
class Usual:
    """What holds for lines that do not say it themselves."""

    year: int | None = None
    kind: str = "stated"
    source: str = ""


@dataclass
class Figures:
    """The outcome of reading a file: facts to import when `faults` is empty."""

    populations: list[PopulationFacts] = field(default_factory=list)
    areas: list[AreaFacts] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass
class _Reading:
    """One file while it is read."""

    finder: Finder
    usual: Usual
    made: Figures = field(default_factory=Figures)
    seen: dict[tuple[str, int, str, str, str], int] = field(default_factory=dict)


def check(raw: bytes, *, county: str, usual: Usual) -> Figures:
    """This will read a file and list every fault in it, with its line; writes nothing."""
    reading = _Reading(Finder(county), usual)
    faults = reading.made.faults
    text = decode(raw, faults)
    for number, cells in _lines(text, faults) if text is not None else ():
        _read(reading, number, cells)
    if not faults and not (reading.made.populations or reading.made.areas):
        faults.append(Fault(0, "文件里没有任何数字"))
    if not faults:
        faults += _known_otherwise(reading)
    faults.sort(key=lambda fault: fault.line)
    return reading.made


def template(county: str) -> bytes:
    """This will return a file with the county and its towns, ready to be filled in."""
    finder = Finder(county)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([names[0] for names in COLUMNS.values()])
    for row in sorted(finder.units("county", "town"), key=lambda one: one.code):
        writer.writerow([row.code, row.name if row.level == "town" else ""] + [""] * 10)
    return ("\ufeff" + out.getvalue()).encode()


def _lines(text: str, faults: list[Fault]) -> list[tuple[int, dict[str, str]]]:
    reader = csv.reader(io.StringIO(text, newline=""))
    found: list[tuple[int, dict[str, str]]] = []
    try:
        head = _head([cell.strip() for cell in next(reader, [])], faults)
        for row in reader if head else ():
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(head):
                faults.append(Fault(reader.line_num, "列数与表头不一致"))
                continue
            cells = {key: cell.strip() for key, cell in zip(head, row, strict=True)}
            found.append((reader.line_num, cells))
    except csv.Error as broken:
        faults.append(Fault(reader.line_num, f"不是合法的 CSV：{broken}"))
    return found


def _head(named: list[str], faults: list[Fault]) -> list[str]:
    by_name = {name: column for column, names in COLUMNS.items() for name in names}
    unknown = [name for name in named if name not in by_name]
    head = [by_name[name] for name in named if name in by_name]
    said = [f"不认识的列“{'”“'.join(unknown)}”"] if unknown else []
    if len(set(head)) != len(head):
        said.append("有的列出现了两次")
    if not {"code", "town", "village"} & set(head):
        said.append("缺少“代码”或“乡镇”“村”列")
    if not {"count", "km2"} & set(head):
        said.append("缺少“总人口”或“面积（平方公里）”列")
    if said:
        known = "、".join(names[0] for names in COLUMNS.values())
        faults.append(Fault(1, "；".join(said) + f"。认识的列：{known}"))
        return []
    return head


def _read(reading: _Reading, number: int, cells: dict[str, str]) -> None:
    wrong: list[str] = []
    say = wrong.append
    code = _unit(reading.finder, cells, say)
    year = _year(cells.get("year", ""), reading.usual, say)
    kind = _kind(cells.get("kind", ""), reading.usual, say)
    source = (cells.get("source") or reading.usual.source)[:160]
    if not source:
        say("没有写来源（谁公布的、哪份文件），也没有在上面统一填写")
    numbers = {name: _whole(cells.get(name, ""), COLUMNS[name][0], say) for name in _NUMBERS}
    km2 = _km2(cells.get("km2", ""), say)
    if not wrong:
        _fit(numbers, km2, say)
    if not wrong and year is not None:
        _once(reading, number, (code, year, kind, source), numbers, km2, say)
    if not wrong and year is not None:
        _take(reading.made, (code, year, kind, source), numbers, km2)
    reading.made.faults += [Fault(number, sentence) for sentence in wrong]


def _unit(finder: Finder, cells: dict[str, str], say: Callable[[str], None]) -> str:
    typed, town, village = (cells.get(name, "") for name in ("code", "town", "village"))
    if not (typed or town or village):
        say("没有写代码，也没有写乡镇和村名")
        return ""
    code, why = finder.by_code(typed) if typed else finder.by_names(town, village)
    if why:
        say(why)
        return ""
    own = finder.unit(code)
    named = village or town
    if typed and named and named not in {own.name, own.short_name}:
        say(f"代码 {code} 是{own.name}，这一行写的是“{named}”")
    return code


def _year(typed: str, usual: Usual, say: Callable[[str], None]) -> int | None:
    if not typed and usual.year:
        return usual.year
    if typed.isascii() and typed.isdigit() and 1949 <= int(typed) <= 2100:
        return int(typed)
    say(f"年份“{typed}”应在 1949 与 2100 之间" if typed else "没有写年份")
    return None


def _kind(typed: str, usual: Usual, say: Callable[[str], None]) -> str:
    if typed and typed not in _KINDS:
        say(f"不认识的口径“{typed}”，请写{'、'.join(choosing.KINDS.values())}")
    return _KINDS.get(typed, usual.kind)


def _whole(typed: str, label: str, say: Callable[[str], None]) -> int | None:
    """A count; None when the cell is empty, for what nobody counted is not zero."""
    plain = typed.replace(",", "").replace("，", "")
    if not plain:
        return None
    if plain.isascii() and plain.isdigit() and int(plain) <= _MOST_PEOPLE:
        return int(plain)
    say(f"{label}“{typed}”应为非负整数，单位是人（不是万人）")
    return None


def _km2(typed: str, say: Callable[[str], None]) -> float | None:
    if not typed:
        return None
    try:
        found = float(typed.replace(",", ""))
    except ValueError:
        found = -1.0
    if 0 < found <= _MOST_KM2:
        return found
    say(f"面积“{typed}”应为大于 0 的数，单位是平方公里")
    return None


def _fit(numbers: dict[str, int | None], km2: float | None, say: Callable[[str], None]) -> None:
    groups = {name: numbers[name] for name in choosing.GROUPS}
    if numbers["count"] is None:
        if any(number is not None for number in groups.values()):
            say("有分组人数，没有总人口")
        elif km2 is None:
            say("这一行没有任何数字；不知道的单位请整行删去")
    elif said := choosing.group_fault(numbers["count"], groups):
        say(said)


def _once(
    reading: _Reading,
    number: int,
    key: tuple[str, int, str, str],
    numbers: dict[str, int | None],
    km2: float | None,
    say: Callable[[str], None],
) -> None:
    code, year, kind, source = key
    parts = [("人口", kind)] if numbers["count"] is not None else []
    parts += [("面积", "")] if km2 is not None else []
    for what, way in parts:
        first = reading.seen.setdefault((code, year, way, source, what), number)
        if first != number:
            say(f"{reading.finder.unit(code).name}的{what}与第 {first} 行重复")


def _take(
    made: Figures,
    key: tuple[str, int, str, str],
    numbers: dict[str, int | None],
    km2: float | None,
) -> None:
    code, year, kind, source = key
    count = numbers["count"]
    if count is not None:
        groups = {n: k for n in choosing.GROUPS if (k := numbers[n]) is not None}
        made.populations.append(
            PopulationFacts(
                region_code=code, year=year, kind=kind, count=count, source=source, groups=groups
            )
        )
    if km2 is not None:
        made.areas.append(AreaFacts(region_code=code, year=year, km2=km2, source=source))


def _known_otherwise(reading: _Reading) -> list[Fault]:
    """Numbers that stand there already and say something else: nothing is overwritten."""
    people = {(p.region_code, p.year, p.kind, p.source): p for p in reading.made.populations}
    sizes = {(a.region_code, a.year, a.source): a for a in reading.made.areas}
    faults = []
    for row in Population.objects.filter(region__in={key[0] for key in people}):
        fresh = people.get((row.region_id, row.year, row.kind, row.source))
        groups = {n: k for n in choosing.GROUPS if (k := getattr(row, n)) is not None}
        if fresh and (fresh.count, dict(fresh.groups)) != (row.count, groups):
            line = reading.seen[(row.region_id, row.year, row.kind, row.source, "人口")]
            faults.append(Fault(line, choosing.same_vintage(row.region_id, row.count) + _KEPT))
    for size in Area.objects.filter(region__in={key[0] for key in sizes}):
        other = sizes.get((size.region_id, size.year, size.source))
        if other and other.km2 != size.km2:
            line = reading.seen[(size.region_id, size.year, "", size.source, "面积")]
            faults.append(Fault(line, choosing.same_vintage(size.region_id, size.km2) + _KEPT))
    return faults


_KEPT = "；已有的不会被覆盖，更正请换一个来源名称，例如在后面加“（更正）”"
