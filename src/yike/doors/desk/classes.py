"""The three classes of facilities as one register with counts, by town, and as a file."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from yike.doors.desk import choices, seat
from yike.doors.kit import door
from yike.doors.kit.pages import show
from yike.rooms.matters.exporting import safe
from yike.rooms.places import classes, upkeep_pages
from yike.rooms.places.upkeep_faces import KeptRow

_MOST = 200
_LACKS = {"point": "没有坐标", "photo": "没有审核过的照片", "facts": "信息不全", "map": "没有上图"}
_HEAD = ("类别", "编码", "名称", "类型", "所在地", "地址", "经度", "纬度", "完整度（%）", "缺",
         "上图日期", "设置日期", "状态", "数据性质")  # fmt: skip


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def classes_page(request: HttpRequest) -> HttpResponse:
    """This will show what there is of each class, how complete, how much on the map, by town."""
    asked, every = _asked(request), upkeep_pages.kept_in(choices.county())
    here = [row for row in every if row.region_code.startswith(asked["region"][:9])]
    rows = [row for row in here if _matches(row, asked)]
    towns = [(code, name) for code, name in choices.towns() if code]
    more: dict[str, Any] = {
        "asked": asked, "sums": classes.sums(here), "others": classes.others(here),
        "towns": choices.towns(blank="全县"), "by_town": classes.by_town(every, towns),
        "names": classes.CLASSES, "lacks": _LACKS, "total": len(rows),
        "query": request.GET.urlencode(),
    }  # fmt: skip
    return show(request, "desk/classes.html", tuple(rows[:_MOST]), **more)


@door.staff(roles=seat.REGISTER_READERS)
@require_GET
def classes_csv(request: HttpRequest) -> HttpResponse:
    """This will let the entries that match out as a file; nobody's name is in it."""
    asked, out = _asked(request), io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_HEAD)
    for row in upkeep_pages.kept_in(asked["region"] or choices.county()):
        if _matches(row, asked):
            writer.writerow([safe(cell) for cell in _cells(row)])
    answer = HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="facility-classes.csv"'
    return answer


def _asked(request: HttpRequest) -> dict[str, str]:
    known = {"kind": classes.CLASSES, "region": dict(choices.towns()), "lack": _LACKS}
    asked = {key: request.GET.get(key, "") for key in known}
    return {key: told if told in known[key] else "" for key, told in asked.items()}


def _matches(row: KeptRow, asked: dict[str, str]) -> bool:
    own = classes.class_of(row)
    if not own or own != (asked["kind"] or own):
        return False
    if asked["lack"] == "map":
        return row.published_on is None
    if asked["lack"] == "facts":
        return bool(row.complete.missing)
    return not asked["lack"] or not row.known[asked["lack"]]


def _cells(row: KeptRow) -> tuple[str, ...]:
    lon, lat = (f"{one:.6f}" for one in row.point) if row.point else ("", "")
    return (
        classes.CLASSES[classes.class_of(row)], row.code, row.name, row.kind, row.region_name,
        row.address, lon, lat, str(row.complete.percent), "、".join(row.complete.missing),
        row.published_on.isoformat() if row.published_on else "", row.since.isoformat(),
        row.status_name, "演示数据" if row.demo else "",
    )  # fmt: skip
