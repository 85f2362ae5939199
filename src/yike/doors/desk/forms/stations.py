"""What may be typed about a station. Shape only: the register holds the rules."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from yike.doors.desk import choices
from yike.doors.desk.forms import points
from yike.doors.desk.forms.points import PointForm
from yike.doors.kit.forms import Boxes, Form, Text
from yike.rooms.places import hours, kinds

DAY_NAMES = dict(zip(hours.DAYS, "一二三四五六日", strict=True))


class Facts(PointForm):
    """What may be corrected later as well."""

    name = Text(label="名称", max_length=80)
    address = Text(label="地址", max_length=200, required=False)
    phone = Text(label="电话", max_length=40, required=False)
    keeper = Text(
        label="站点负责人", max_length=40, required=False,
        help_text="对外公布，群众按指引来时找他（她）。",
    )  # fmt: skip
    parent_id = forms.ChoiceField(label="上级站点", required=False)
    hours = Text(
        label="开放时间", rows=7, required=False,
        help_text="一行一天，例如：一 08:30-12:00 14:00-17:30。没有写的日子休息。",
    )  # fmt: skip
    holiday_rule = forms.ChoiceField(
        label="节假日", choices=choices.of(kinds.HOLIDAY_RULES), initial="closed"
    )
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    field_order: tuple[str, ...] = (
        "name", "address", "phone", "keeper", "parent_id", "hours", "holiday_rule", *points.ORDER
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["parent_id"], choices.stations(blank="没有上级站点"))

    def told(self) -> dict[str, Any]:
        """This will return the facts as the register's actions want them."""
        told = super().told()
        told["parent_id"] = UUID(told["parent_id"]) if told["parent_id"] else None
        week = read_hours(told["hours"])
        told["hours"] = week if any(week.values()) else {}
        return told | {"cleared": [one for one in ("point", "parent_id") if told[one] is None]}

    def clean_hours(self) -> str:
        """This will refuse lines that name no day."""
        typed = str(self.cleaned_data["hours"])
        try:
            read_hours(typed)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return typed


class Entry(Facts):
    """A new station."""

    code = Text(label="编码", max_length=40)
    level = forms.TypedChoiceField(
        label="级别", coerce=int, choices=choices.of((str(k), v) for k, v in kinds.LEVELS.items())
    )
    region_code = forms.ChoiceField(label="所在乡镇、村（社区）")
    institution_id = forms.ChoiceField(label="主管机构")
    opened_on = forms.DateField(
        label="启用日期", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    field_order = (
        "code", "name", "level", "region_code", "institution_id", "opened_on", *Facts.field_order
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hours"].initial = write_hours(hours.OFFICE)
        _offer(self.fields["region_code"], choices.places())
        _offer(self.fields["institution_id"], choices.institutions())

    def told(self) -> dict[str, Any]:
        """This will return the facts of a new one: nothing was seen, nothing is emptied."""
        told = super().told()
        return {name: told[name] for name in told if name not in ("seen", "cleared")}


class CloseStation(Form):
    """Giving a station its last day."""

    reason = Text(label="停用原因", max_length=200)
    closed_on = forms.DateField(
        label="从哪天起停用", required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text="不填就是今天。",
    )  # fmt: skip


class Merge(Form):
    """Letting a station go on in another one."""

    into_id = forms.ChoiceField(label="并入哪个站点")
    reason = Text(label="合并理由", max_length=200)
    on = forms.DateField(
        label="从哪天起", required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text="不填就是今天。原站点停用，下级站点和设施一并转过去。",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["into_id"], choices.stations(blank="请选择"))

    def told(self) -> dict[str, Any]:
        """This will return what the register's action takes."""
        return dict(self.cleaned_data) | {"into_id": UUID(self.cleaned_data["into_id"])}


class Split(Form):
    """Letting a station go on in two or more that are open already."""

    into_ids = forms.MultipleChoiceField(
        label="分设为哪些站点", widget=Boxes,
        help_text="先登记好新站点，再在这里选两个以上。",
    )  # fmt: skip
    reason = Text(label="分设理由", max_length=200)
    on = forms.DateField(
        label="从哪天起", required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text="不填就是今天。原站点停用。",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["into_ids"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [row for row in choices.stations() if row[0]]

    def told(self) -> dict[str, Any]:
        """This will return what the register's action takes."""
        ids = tuple(UUID(one) for one in self.cleaned_data["into_ids"])
        return dict(self.cleaned_data) | {"into_ids": ids}


def read_hours(typed: str) -> dict[str, list[list[str]]]:
    """This will read one day per line; ValueError with a sentence for a line that names no day."""
    by_name = {name: day for day, name in DAY_NAMES.items()}
    found: dict[str, list[list[str]]] = {day: [] for day in hours.DAYS}
    for line in filter(None, (row.strip() for row in typed.splitlines())):
        first, *periods = line.removeprefix("周").removeprefix("星期").split()
        if first not in by_name:
            raise ValueError(f"没有看懂“{line}”：请以一、二……日开头，一行一天。")
        found[by_name[first]] = [period.split("-") for period in periods]
    return found


def write_hours(week: dict[str, list[list[str]]]) -> str:
    """This will write hours as they are typed: 一 08:30-12:00 14:00-17:30."""
    days = [(DAY_NAMES[day], week.get(day, [])) for day in hours.DAYS]
    return "\n".join(f"{name} {_spans(spans)}" for name, spans in days if spans)


def _spans(periods: list[list[str]]) -> str:
    return " ".join("-".join(period) for period in periods)


def _offer(field: forms.Field, offered: choices.Choices) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = offered


class Note(Form):
    """A station's own words for a year."""

    year = forms.IntegerField(label="哪一年")
    demand = Text(
        label="人民群众需求特点",
        rows=4,
        max_length=600,
        help_text="这里的人多为什么事来、什么时候来、要什么样的帮助；不写任何人的信息。",
    )
    access_words = Text(
        label="无障碍条件",
        max_length=200,
        required=False,
        help_text="坡道、电梯、低位窗口、手语等；没有就写没有。",
    )
    source = Text(label="来源", max_length=200, help_text="例如：站点台账、某次走访、某份报告。")
    seen = forms.IntegerField(widget=forms.HiddenInput)
