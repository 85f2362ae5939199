"""The public register as a file that office programs open."""

from __future__ import annotations

import csv
import io

from yike.rooms.places import origins, queries
from yike.rooms.places.queries import StationRow

HEAD = (
    "编码", "名称", "级别", "等级", "评定日期", "区划代码", "区划", "地址", "电话", "负责人",
    "开放时间", "服务", "经度（WGS84）", "纬度（WGS84）", "原坐标系", "位置怎么得到的",
    "位置误差（米）", "管理机构", "启用日期", "特色主题",
    "数据性质",
)  # fmt: skip


def export_register_csv(county: str) -> bytes:
    """This will return the public register of a county as CSV: UTF-8 with BOM, one row a station.

    A cell that a spreadsheet would read as a formula gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEAD)
    for row in queries.public_register(county):
        writer.writerow([_safe(cell) for cell in _cells(row)])
    return out.getvalue().encode("utf-8-sig")


def _cells(row: StationRow) -> tuple[str, ...]:
    lon, lat = (f"{row.point[0]:.6f}", f"{row.point[1]:.6f}") if row.point else ("", "")
    return (
        row.code, row.name, row.level_name, row.grade,
        row.graded_on.isoformat() if row.graded_on else "", row.region_code, row.region_name,
        row.address, row.phone, row.keeper, row.hours_sentence, row.services_sentence, lon, lat,
        origins.SYSTEMS.get(row.origin.crs, ""), origins.WAYS.get(row.origin.way, ""),
        "" if row.origin.accuracy_m is None else f"{row.origin.accuracy_m:g}",
        row.institution_name, row.opened_on.isoformat(), row.theme,
        "演示数据" if row.demo else "",
    )  # fmt: skip


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
