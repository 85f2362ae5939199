"""What may be typed about where to build. Shape only; the costs are the office's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms

from yike.doors.desk import choices
from yike.doors.desk.forms.people import offer
from yike.doors.kit.forms import Boxes, Form, Text
from yike.rooms.core import clock
from yike.rooms.plans import building
from yike.rooms.reach import flow, questions
from yike.rooms.reach.queries import SeasonRow
from yike.rooms.reach.siting.asking import Wanted

_DAY = forms.DateInput(attrs={"type": "date"})
_TIME = {"type": "time"}
_YUAN = "元，本局的估算。不知道就不填：不按预算算时也能求解。"


def _whole(label: str, *, most: int, help_text: str = "", least: int = 0) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, required=False, help_text=help_text
    )


class NewPlan(Form):
    """One question about sites on top of a run."""

    name = Text(label="名称", max_length=80, help_text="例如 2027 年补盲三个点。")
    run_id = forms.TypedChoiceField(label="在哪次测算上选址", coerce=UUID)
    question = forms.ChoiceField(label="要回答什么", choices=choices.of(questions.QUESTIONS))
    number = _whole(
        "最多几个", least=1, most=1000,
        help_text="新增的个数；允许撤并现有站点时，是撤并后一共几个。",
    )  # fmt: skip
    budget = _whole("预算（元）", most=10**11)
    percent = forms.IntegerField(
        label="覆盖百分之几的人", min_value=1, max_value=100, initial=100, required=False,
        help_text="只用于“一定比例的人”和“最远的人”。偏远无路的村会让 100 % 无解。",
    )  # fmt: skip
    by = forms.ChoiceField(label="“让所有人都在时限内”时", choices=choices.of(questions.COUNTED))
    minutes = _whole("时限（分钟）", least=1, most=240, help_text="不填就用测算的分钟数。")
    whom = forms.ChoiceField(label="按谁的人数算", choices=choices.of(questions.WHOM))
    seasons = forms.MultipleChoiceField(
        label="按哪些季节的人数", required=False, widget=Boxes,
        help_text="不选就按常住人口；选几个就按天数平均。",
    )  # fmt: skip
    day = forms.DateField(
        label="按哪天的船和车", widget=_DAY, required=False,
        help_text="填了就按那天的时刻表（GTFS）算，等船也算在内；不填就按路网里的渡线。",
    )  # fmt: skip
    time = forms.TimeField(
        label="几点出发", widget=forms.TimeInput(attrs=_TIME), required=False,
        help_text="和日期一起填。",
    )  # fmt: skip
    closing = forms.BooleanField(label="现有站点可以撤并", required=False)
    existing_capacity = _whole("现有站点每个最多服务多少人", most=10**7, help_text="不填就不限。")
    villages = forms.ChoiceField(
        label="村中心作候选点", required=False,
        choices=choices.of(questions.KINDS, blank="不用村中心"),
    )  # fmt: skip
    sites = forms.ChoiceField(
        label="已列入的公共场所作候选点", required=False,
        choices=choices.of(questions.KINDS, blank="不用公共场所"),
        help_text="“码牌覆盖”里列出的便民服务中心等，按所在村或乡镇的中心。",
    )  # fmt: skip
    file = forms.FileField(
        label="候选点表（CSV）", required=False,
        help_text="name,lon,lat，可加 village（村代码）、kind（站点、自助终端、巡回服务）、cost、"
        "capacity、days（每周天数）、group（同组只建一个）、exclude（1 不可选）。",
    )  # fmt: skip
    system = forms.ChoiceField(label="候选点表的坐标系", choices=choices.of({
        key: name for key, name in flow.SYSTEMS.items() if key != "cgcs2000"
    }))  # fmt: skip
    cost_station = _whole("一个站点造价", most=10**10, help_text=_YUAN)
    cost_kiosk = _whole("一台自助终端造价", most=10**10, help_text=_YUAN)
    cost_mobile = _whole("一个巡回服务点费用", most=10**10, help_text=_YUAN)
    capacity = _whole("每个新点最多服务多少人", most=10**7, help_text="不填就不限。")
    days = forms.IntegerField(
        label="巡回服务每周几天", min_value=1, max_value=questions.WEEK, initial=1
    )
    excluded = Text(
        label="排除的村", rows=3, max_length=8000, required=False,
        help_text="一行一个村名或十二位代码，这些村里的候选点不选。",
    )  # fmt: skip
    outline = forms.FileField(
        label="排除的范围（GeoJSON）", required=False,
        help_text="WGS84 的面，例如生态红线、军事管理区。",
    )  # fmt: skip
    seconds = forms.TypedChoiceField(
        label="最长求解时间", coerce=int, initial=60,
        choices=[(str(key), name) for key, name in questions.SECONDS.items()],
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        runs: Sequence[tuple[UUID, str, int]],
        seasons: Sequence[SeasonRow],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "seasons", [(str(one.id), f"{one.name}（{one.days} 天）") for one in seasons])
        if not seasons:
            del self.fields["seasons"]
        offer(self, "run_id", [(str(ref), f"{name}（{least} 分钟）") for ref, name, least in runs])

    def clean(self) -> dict[str, Any]:
        """This will ask for day and hour together."""
        said = super().clean() or {}
        if bool(said.get("day")) != (said.get("time") is not None):
            self.add_error("time", "日期和几点出发要么都填，要么都不填。")
        return said

    def told(self) -> dict[str, Any]:
        """This will return what the action takes."""
        said = dict(self.cleaned_data)
        day, hour = said.pop("day"), said.pop("time")
        said["at"] = datetime.combine(day, hour, tzinfo=clock.CIVIL) if day else None
        run, table, outline = said.pop("run_id"), said.pop("file"), said.pop("outline")
        costs = {kind: said.pop(f"cost_{kind}") for kind in questions.KINDS}
        seasons = tuple(UUID(one) for one in said.pop("seasons", ()))
        said |= {"minutes": said["minutes"] or 0, "percent": said["percent"] or 100}
        wanted = Wanted(
            table=table.read() if table else b"", outline=outline.read() if outline else b"",
            costs=costs, seasons=seasons, **said,
        )  # fmt: skip
        return {"run_id": run, "wanted": wanted}


class Build(Form):
    """Which new places of a plan go into the building plan."""

    chosen = forms.MultipleChoiceField(label="列入哪些点", widget=Boxes)
    level = forms.TypedChoiceField(
        label="站点级别", coerce=int, choices=[(str(k), v) for k, v in building.LEVELS.items()]
    )
    institution_id = forms.TypedChoiceField(label="责任单位", coerce=UUID)
    planned_from = forms.DateField(label="计划开工", widget=_DAY)
    planned_until = forms.DateField(label="计划验收", widget=_DAY)
    document = Text(label="依据文件", max_length=100, required=False)

    def __init__(self, *args: Any, built: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "chosen", list(built))
        self.initial["chosen"] = [ref for ref, _ in built]
        self.initial["level"] = "4"
        offer(self, "institution_id", choices.institutions())

    def dates(self) -> tuple[date, date]:
        """This will return the planned days."""
        return self.cleaned_data["planned_from"], self.cleaned_data["planned_until"]
