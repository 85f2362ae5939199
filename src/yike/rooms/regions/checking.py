"""Reads a county from CSV: every fault with its line, or the facts to import. Writes nothing.

UTF-8 (with or without BOM) or GB 18030. Parents are those of the file or of the tree.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import cast

from yike.rooms.core.refusal import Refusal
from yike.rooms.regions import actions, codes, queries
from yike.rooms.regions.coordinates import Crs, Point

NEEDED = ("code", "name", "level", "parent_code")
KNOWN = (*NEEDED, "lon", "lat", "crs", "population", "year")
MAX_BYTES = 20_000_000
_LEVELS: dict[str, codes.Level] = {
    **{level: level for level in codes.WIDTHS},
    "省": "province",
    "市": "city",
    "县": "county",
    "区": "county",
    "乡": "town",
    "镇": "town",
    "乡镇": "town",
    "街道": "town",
    "村": "village",
    "社区": "village",
}


@dataclass(frozen=True)
class Fault:
    """What is wrong, and on which line of the file (the header is line 1; 0 is the whole file)."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"第 {self.line} 行：{self.sentence}" if self.line else self.sentence


@dataclass
class Checked:
    """The outcome of reading a file: facts to import when `faults` is empty."""

    regions: list[actions.RegionFacts] = field(default_factory=list)
    populations: list[actions.PopulationFacts] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class _Line:
    number: int
    cells: dict[str, str]
    code: str
    level: codes.Level
    parent: str


def check(raw: bytes, *, name: str) -> Checked:
    """This will read a file and list every fault in it; reads the tree, writes nothing."""
    checked = Checked()
    text = decode(raw, checked.faults)
    if text is None:
        return checked
    lines = _lines(text, checked.faults)
    _check_tree(lines, checked.faults)
    for line in lines:
        _take(line, name, checked)
    if not lines and not checked.faults:
        checked.faults.append(Fault(0, "文件里没有任何区划"))
    checked.faults.sort(key=lambda fault: fault.line)
    return checked


#: how files begin that people take for a list of places → what each is, and the way out
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "这是 Excel 或 Word 的旧格式文件，请在表格软件里另存为“CSV UTF-8”再上传"),
    (
        b"\x00\x00\x27\x0a",
        "这只是 Shapefile 里的 .shp，请把 .shp .shx .dbf .prj 打成一个 zip 再上传",
    ),
    (b"%PDF", "这是 PDF，里面没有可以读的坐标，请要来原来的表格或地图数据"),
    (b"\xff\xd8\xff", "这是照片，不是数据文件，请重新选择"),
    (b"\x89PNG", "这是图片，不是数据文件，请重新选择"),
    (b"Rar!", "这是 RAR 压缩包，请解开后重新打成 zip"),
    (b"7z\xbc\xaf", "这是 7z 压缩包，请解开后重新打成 zip"),
)


def foreign(raw: bytes) -> str:
    """This will say what a file is that holds neither list nor outline, with the way out."""
    if raw[:4] == b"PK\x03\x04" and b"[Content_Types].xml" in raw:
        return "这是 Excel 或 Word 文件（.xlsx、.docx），请在表格软件里另存为“CSV UTF-8”再上传"
    return next((said for start, said in _FOREIGN if raw.startswith(start)), "")


def decode(raw: bytes, faults: list[Fault]) -> str | None:
    """This will return the text of a file, or None with the fault that says why not."""
    if len(raw) > MAX_BYTES:
        faults.append(Fault(0, f"文件超过 {MAX_BYTES // 1_000_000} MB，请按县分开导入"))
        return None
    if said := foreign(raw):
        faults.append(Fault(0, said))
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            return text
    faults.append(Fault(0, "文件编码不是 UTF-8 或 GBK（GB 18030），请另存为 CSV UTF-8 再导入"))
    return None


def _lines(text: str, faults: list[Fault]) -> list[_Line]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    head = [(column or "").strip() for column in reader.fieldnames or []]
    reader.fieldnames = head
    missing = [column for column in NEEDED if column not in head]
    unknown = [column for column in head if column not in KNOWN]
    if missing or unknown or len(set(head)) != len(head):
        faults.append(Fault(1, _head_sentence(missing, unknown)))
        return []
    lines: list[_Line] = []
    try:
        for row in reader:
            line = _read(reader.line_num, row, faults)
            if line is not None:
                lines.append(line)
    except csv.Error as broken:
        faults.append(Fault(reader.line_num, f"不是合法的 CSV：{broken}"))
    return lines


def _head_sentence(missing: list[str], unknown: list[str]) -> str:
    said = [f"缺少列 {'、'.join(missing)}"] if missing else []
    said += [f"不认识的列 {'、'.join(unknown)}"] if unknown else []
    return "；".join(said or ["列名重复"]) + f"。认识的列：{','.join(KNOWN)}"


def _read(number: int, row: dict[str, str | None], faults: list[Fault]) -> _Line | None:
    if None in row or None in row.values():
        faults.append(Fault(number, "列数与表头不一致"))
        return None
    cells = {key: (value or "").strip() for key, value in row.items()}
    if not any(cells.values()):
        return None
    before = len(faults)
    code = _code(cells["code"], "代码", number, faults)
    parent = _code(cells["parent_code"], "上级代码", number, faults) if cells["parent_code"] else ""
    level = _LEVELS.get(cells["level"])
    if level is None:
        faults.append(Fault(number, f"不认识的层级“{cells['level']}”，请写 {'、'.join(_LEVELS)}"))
    elif code and codes.level_of(code) != level:
        said = codes.LEVEL_NAMES[codes.level_of(code)]
        faults.append(Fault(number, f"代码 {code} 是{said}的代码，与层级“{cells['level']}”不符"))
    if not cells["name"] or len(cells["name"]) > 60 or not cells["name"].isprintable():
        faults.append(Fault(number, "名称为空、超过 60 字或含有不可见字符"))
    if len(faults) > before or level is None:
        return None
    return _Line(number, cells, code, level, parent)


def _code(typed: str, what: str, number: int, faults: list[Fault]) -> str:
    try:
        code = codes.padded(typed)
    except ValueError:
        faults.append(Fault(number, f"{what}“{typed}”应为 2、4、6、9 或 12 位数字"))
        return ""
    if not codes.is_code(code):
        faults.append(Fault(number, f"{what}“{typed}”不是区划代码"))
        return ""
    return code


def _check_tree(lines: list[_Line], faults: list[Fault]) -> None:
    first: dict[str, _Line] = {}
    for line in lines:
        if line.code in first:
            faults.append(
                Fault(line.number, f"代码 {line.code} 与第 {first[line.code].number} 行重复")
            )
        else:
            first[line.code] = line
    wanted = {line.parent for line in lines} | {
        code for line in lines for code in codes.ancestors(line.code)
    }
    present = set(queries.paths_of(wanted)) | set(first)
    for line in lines:
        sentence = _parent_fault(line, first, present)
        if sentence:
            faults.append(Fault(line.number, sentence))


def _parent_fault(line: _Line, first: dict[str, _Line], present: set[str]) -> str:
    if line.level == "province":
        return "省级没有上级，上级代码应为空" if line.parent else ""
    parent = line.parent
    if parent == line.code:
        return f"{line.code} 的上级是它自己"
    if parent and _circular(line, first):
        return f"{line.code} 与上级 {parent} 互为上下级（循环）"
    above = [code for code in codes.ancestors(line.code)[:-1] if code in present]
    if parent and parent not in present:
        return f"上级 {parent} 既不在文件里，也不在已有区划里"
    if not above:
        return f"{line.code} 的上级都不在文件或已有区划里"
    if parent and parent != above[-1]:
        return f"上级应为 {above[-1]}（按代码），文件写的是 {parent}"
    return ""


def _circular(line: _Line, first: dict[str, _Line]) -> bool:
    seen: set[str] = set()
    step: _Line | None = line
    while step is not None and step.code not in seen:
        seen.add(step.code)
        step = first.get(step.parent)
    return step is not None


def _take(line: _Line, name: str, checked: Checked) -> None:
    point = _point(line, checked.faults)
    crs = cast(Crs, line.cells.get("crs") or "wgs84")
    checked.regions.append(
        actions.RegionFacts(
            code=line.code,
            name=line.cells["name"],
            level=line.level,
            point=point,
            crs=crs,
            point_source=f"import:{name}"[:80] if point else "",
            source=f"import:{name}"[:80],
        )
    )
    _take_population(line, name, checked)


def _point(line: _Line, faults: list[Fault]) -> Point | None:
    lon, lat = line.cells.get("lon", ""), line.cells.get("lat", "")
    if not lon and not lat:
        return None
    try:
        point = (float(lon), float(lat))
        queries.read_point(*point, cast(Crs, line.cells.get("crs") or "wgs84"))
    except ValueError:
        faults.append(Fault(line.number, f"经纬度“{lon},{lat}”要么都填数字，要么都空着"))
        return None
    except Refusal as refused:
        faults.append(Fault(line.number, refused.sentence))
        return None
    return point


def _take_population(line: _Line, name: str, checked: Checked) -> None:
    people, year = line.cells.get("population", ""), line.cells.get("year", "")
    if not people:
        return
    if not (people.isascii() and people.isdigit() and int(people) < 2_000_000_000):
        checked.faults.append(Fault(line.number, f"人口数“{people}”应为非负整数"))
        return
    if not (year.isascii() and year.isdigit() and 1949 <= int(year) <= 2100):
        checked.faults.append(Fault(line.number, "填了人口数，年份应在 1949 与 2100 之间"))
        return
    checked.populations.append(
        actions.PopulationFacts(
            region_code=line.code,
            year=int(year),
            kind="stated",
            count=int(people),
            source=f"import:{name}"[:160],
        )
    )
