"""What may be typed about roads, people, yardsticks and runs. Shape only: the room decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.http import QueryDict

from yike.doors.desk import choices
from yike.doors.desk.forms.people import offer
from yike.doors.kit.forms import Boxes, Form, Text, dress
from yike.rooms.core import clock
from yike.rooms.places import kinds as place_kinds
from yike.rooms.reach import flow
from yike.rooms.reach.assembling import Asked, Supply
from yike.rooms.reach.scenarios import Edit
from yike.rooms.reach.yardsticks import Ruler
from yike.rooms.regions import queries as regions_queries

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_TIME = {"type": "time"}


class Nothing(Form):
    """Nothing is typed: a button says it all."""


class NewNetwork(Form):
    """A file of roads."""

    mode = forms.ChoiceField(label="出行方式", choices=choices.of(flow.MODES))
    kind = forms.ChoiceField(label="来源", choices=choices.of(flow.SOURCES))
    file = forms.FileField(
        label="路网文件",
        help_text="OpenStreetMap 的 .osm.pbf、.osm 或 .osm.gz；自有图层的 .gpkg 或 .geojson。"
        "不超过 95 MB，只截取本县和周边一圈。",
    )
    vintage = Text(label="数据日期", max_length=40, help_text="例如 2026-10。")
    licence = Text(
        label="许可说明", max_length=200, required=False,
        help_text="自有图层必须写：谁提供、能否公开。OpenStreetMap 会自动注明。",
    )  # fmt: skip
    road_class = Text(label="道路等级字段", max_length=60, required=False)
    oneway = Text(label="单行字段", max_length=60, required=False)
    speed = Text(
        label="限速字段",
        max_length=60,
        required=False,
        help_text="以上三项只用于自有图层，可以不填。",
    )

    def told(self) -> dict[str, Any]:
        """This will return what the action takes."""
        said = self.cleaned_data
        return {
            **{key: said[key] for key in ("mode", "kind", "vintage", "licence")},
            "name": said["file"].name,
            "content": said["file"],
            "fields": {key: said[key] for key in ("road_class", "oneway", "speed")},
        }


class NewTimetable(Form):
    """A feed of ferries and buses."""

    file = forms.FileField(
        label="时刻表文件", help_text="GTFS 压缩包（.zip），里面有 stops.txt、stop_times.txt 等。"
    )
    licence = Text(label="许可说明", max_length=200, help_text="谁提供、能否公开。")

    def told(self) -> dict[str, Any]:
        """This will return what the action takes."""
        said = self.cleaned_data
        return {"name": said["file"].name, "content": said["file"], "licence": said["licence"]}


class NewPeople(Form):
    """A table of population cells."""

    name = Text(label="名称", max_length=80, help_text="例如 2025 年末村级常住人口。")
    source = Text(label="来源", max_length=160, help_text="谁提供的，例如县统计局。")
    vintage = Text(label="数据年份", max_length=40, help_text="例如 2025 年末。")
    system = forms.ChoiceField(
        label="坐标系", choices=choices.of(flow.SYSTEMS),
        help_text="导入前会核对是否偏移，有疑问会先告诉您。",
    )  # fmt: skip
    file = forms.FileField(
        label="人口单元表（CSV）",
        help_text="列名 cell_id,lon,lat,population，可加 elderly,children,disabled、"
        "region_code（村或乡镇代码）、zone（城区、乡村、偏远）。人口不知道的留空。",
    )

    def told(self) -> dict[str, Any]:
        """This will return what the action takes."""
        said = dict(self.cleaned_data)
        paper = said.pop("file")
        return {**said, "file_name_": paper.name, "content": paper}


class Confirm(Form):
    """In which system cells are taken over."""

    system = forms.ChoiceField(label="按哪个坐标系导入", choices=choices.of(flow.SYSTEMS))


class Yardstick(Form):
    """Minutes, mode and radius by class of zone, and the class of each town."""

    minutes = forms.IntegerField(label="分钟数", min_value=1, max_value=120)
    counts = forms.ChoiceField(
        label="哪些站点算",
        choices=choices.of({"map": "只算已上图的，群众找得到", "all": "登记的都算"}),
    )
    source = Text(label="依据", max_length=200, help_text="文件名称和文号。")
    article = Text(label="条款", max_length=120, required=False)
    checked_on = forms.DateField(label="核对日期", widget=_DAY, initial=clock.today)

    def __init__(
        self, *args: Any, ruler: Ruler, towns: Sequence[tuple[str, str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._ruler, self._towns = ruler, towns
        for name in ("minutes", "source", "article"):
            self.initial[name] = getattr(ruler, name)
        self.initial["counts"] = "map" if ruler.published else "all"
        for one in ruler.zones:
            self._zone(one)
        classes = [(one["zone"], one["names"][0]) for one in ruler.zones]
        for code, name, zone in towns:
            asked = forms.ChoiceField(label=name, choices=classes, initial=zone)
            self._add(f"town_{code}", asked)

    def towns(self) -> list[forms.BoundField]:
        """This will return the fields of the towns."""
        return [self[f"town_{code}"] for code, _, _ in self._towns]

    def rules(self) -> list[forms.BoundField]:
        """This will return all other fields."""
        return [bound for bound in self if not bound.name.startswith("town_")]

    def told(self) -> dict[str, Any]:
        """This will return what the action takes."""
        said, zones = self.cleaned_data, [one["zone"] for one in self._ruler.zones]
        return {
            **{key: said[key] for key in ("minutes", "source", "article", "checked_on")},
            "published": said["counts"] == "map",
            "modes": {zone: flow.BETWEEN.join(said[f"mode_{zone}"]) for zone in zones},
            "metres": {zone: said[f"metres_{zone}"] for zone in zones},
            "places": {code: said[f"town_{code}"] for code, _, _ in self._towns},
        }

    def _zone(self, one: dict[str, Any]) -> None:
        name, modes = one["names"][0], choices.of(flow.MODES)
        mode = forms.MultipleChoiceField(
            label=f"{name}出行方式", choices=modes, initial=flow.modes_in(one["mode"]),
            widget=Boxes, help_text="选几种的，按最快的一种算。",
        )  # fmt: skip
        self._add(f"mode_{one['zone']}", mode)
        metres = forms.IntegerField(
            label=f"{name}半径（米）", min_value=100, max_value=50_000, initial=one["metres"]
        )
        self._add(f"metres_{one['zone']}", metres)

    def _add(self, name: str, asked: forms.Field) -> None:
        self.fields[name] = asked
        dress(asked, str(self.auto_id) % name)


class NewRun(Form):
    """Which stations, by which modes, at which instant."""

    name = Text(label="名称", max_length=80, help_text="例如 2026 年第四季度现状。")
    ruler = forms.ChoiceField(label="出行方式口径", choices=choices.of(flow.RULERS))
    levels = forms.MultipleChoiceField(
        label="算哪些站点", choices=choices.of({str(k): v for k, v in place_kinds.LEVELS.items()}),
        widget=Boxes, initial=[str(one) for one in place_kinds.LEVELS],
    )  # fmt: skip
    day = forms.DateField(
        label="出发日期",
        widget=_DAY,
        required=False,
        help_text="填了日期和时间，就问开放时间和当天的船班、班车；不填，渡线按路网里写的分钟数算。",
    )
    time = forms.TimeField(label="出发时间", widget=forms.TimeInput(attrs=_TIME), required=False)
    duty_from = forms.DateField(
        label="服务时数从哪天算起", widget=_DAY, required=False,
        help_text="填了就按公布的值班表算每千人可得的服务时数；不填只算分钟。",
    )  # fmt: skip
    duty_days = forms.IntegerField(
        label="算几天的值班", min_value=7, max_value=92, initial=28, required=False
    )

    def clean(self) -> dict[str, Any]:
        """This will ask for day and time together."""
        said = super().clean() or {}
        if bool(said.get("day")) != (said.get("time") is not None):
            self.add_error("time", "出发日期和时间要么都填，要么都不填。")
        return said

    def period(self) -> tuple[date, date] | None:
        """This will return the days whose rosters count, the last one excluded; None for none."""
        begin: date | None = self.cleaned_data["duty_from"]
        days = timedelta(days=self.cleaned_data["duty_days"] or 28)
        return (begin, begin + days) if begin else None

    def asked(self, supply: Supply | None = None) -> Asked:
        """This will return what the action takes."""
        said = self.cleaned_data
        at = None
        if said["day"]:
            at = datetime.combine(said["day"], said["time"], tzinfo=clock.CIVIL)
        levels = tuple(int(one) for one in said["levels"])
        asked = {"name": said["name"], "ruler": said["ruler"], "levels": levels}
        return Asked(**asked, at=at, supply=supply)


class Scenario(Form):
    """A station more, fewer, elsewhere, at other hours; any of them, at least one."""

    name = Text(label="名称", max_length=80, help_text="例如 在永安村加一个村点。")
    add_name = Text(label="新站点名称", max_length=60, required=False)
    add_village = forms.ChoiceField(label="新站点放在哪个村的中心", required=False)
    add_lon = forms.FloatField(label="或者新站点经度", required=False)
    add_lat = forms.FloatField(
        label="新站点纬度", required=False, help_text="WGS84，例如 121.9300 和 29.2000。"
    )
    close = forms.MultipleChoiceField(label="停用哪些站点", required=False, widget=Boxes)
    move = forms.ChoiceField(label="移动哪个站点", required=False)
    move_lon = forms.FloatField(label="移到经度", required=False)
    move_lat = forms.FloatField(label="移到纬度", required=False)
    hours = forms.ChoiceField(label="改哪个站点当天的开放时间", required=False)
    opens = forms.TimeField(label="开门", widget=forms.TimeInput(attrs=_TIME), required=False)
    closes = forms.TimeField(label="关门", widget=forms.TimeInput(attrs=_TIME), required=False)

    def __init__(
        self, *args: Any, stations: Sequence[tuple[str, str]], timed: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        rows = regions_queries.villages_of(choices.county())
        self._points = {row.code: row.point for row in rows if row.point}
        placed = [(row.code, row.name) for row in rows if row.point]
        offer(self, "add_village", choices.of(placed, blank="不按村，写经纬度"))
        offer(self, "close", choices.of(stations))
        for name in ("move", "hours"):
            offer(self, name, choices.of(stations, blank="不改"))
        if not timed:
            for name in ("hours", "opens", "closes"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """This will ask for what belongs together."""
        said = super().clean() or {}
        adds = said.get("add_village") or said.get("add_lon") is not None
        if bool(said.get("add_name")) != bool(adds):
            self.add_error("add_name", "新增站点要写名称，并选择村或写经纬度。")
        if said.get("hours") and not (said.get("opens") and said.get("closes")):
            self.add_error("opens", "请写开门和关门的时间。")
        for name, sentence in _at_odds(said):
            self.add_error(name, sentence)
        return said

    def told(self) -> dict[str, Any]:
        """This will return what the action takes."""
        return {"name": self.cleaned_data["name"], "edits": self.edits()}

    def edits(self) -> list[Edit]:
        """This will return what is changed."""
        said = self.cleaned_data
        edits = [Edit(do="close", station=one) for one in said["close"]]
        if said["move"]:
            point = _point(said["move_lon"], said["move_lat"])
            edits.append(Edit(do="move", station=said["move"], point=point))
        if said.get("hours"):
            periods = ((_minute(said["opens"]), _minute(said["closes"])),)
            edits.append(Edit(do="hours", station=said["hours"], periods=periods))
        if said["add_name"]:
            point = self._points.get(said["add_village"]) or _point(
                said["add_lon"], said["add_lat"]
            )
            edits.append(Edit(do="add", name=said["add_name"], point=point))
        return edits


class WhatIf(Scenario):
    """The same, asked at once and stored nowhere: it needs no name, nor does a new station."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["name"]

    def clean(self) -> dict[str, Any]:
        """This will call a new station so where it has no name yet."""
        said = self.cleaned_data
        if (said.get("add_village") or said.get("add_lon") is not None) and "add_name" in said:
            said["add_name"] = said["add_name"] or "新站点"
        return super().clean()

    def kept(self) -> list[tuple[str, str]]:
        """This will return what was typed, field by field, for the form that stores it."""
        typed = [(name, one) for name in self.fields for one in self._typed(name) if one]
        named = any(name == "add_name" for name, _ in typed)
        return typed if named else [*typed, ("add_name", self.cleaned_data.get("add_name", ""))]

    def _typed(self, name: str) -> list[str]:
        return self.data.getlist(name) if isinstance(self.data, QueryDict) else []


class Keep(Form):
    """The name of a snapshot."""

    snapshot = Text(label="快照名称", max_length=40, help_text="例如 2026 年第四季度。")


def _at_odds(said: dict[str, Any]) -> list[tuple[str, str]]:
    """What was typed twice over, or typed for nothing: field and sentence."""
    closed = said.get("close") or []
    wrong = [
        (name, "这个站点也写在停用里，请只留一样。")
        for name in ("move", "hours") if said.get(name) and said[name] in closed
    ]  # fmt: skip
    opens, closes = said.get("opens"), said.get("closes")
    if said.get("hours") and opens and closes and closes <= opens:
        wrong.append(("closes", "关门要晚于开门；开到半夜的写 23:59。"))
    lone = {key: said.get(key) is not None for key in ("add_lon", "add_lat")}
    if said.get("add_village") and any(lone.values()):
        wrong.append(("add_lon", "选了村就不用写经纬度，请只留一样。"))
    elif any(lone.values()) and not all(lone.values()):
        wrong.append(("add_lat" if lone["add_lon"] else "add_lon", "经度和纬度要一起写。"))
    placed = [said.get("move_lon") is not None, said.get("move_lat") is not None]
    if any(placed) and not said.get("move"):
        wrong.append(("move", "写了移到哪里，还要选移动哪个站点。"))
    elif said.get("move") and not all(placed):
        wrong.append(("move_lat" if placed[0] else "move_lon", "经度和纬度要一起写。"))
    return wrong


def _point(lon: float | None, lat: float | None) -> tuple[float, float] | None:
    return None if lon is None or lat is None else (lon, lat)


def _minute(at: Any) -> int:
    return int(at.hour) * 60 + int(at.minute)
