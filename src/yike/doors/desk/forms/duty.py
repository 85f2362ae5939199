"""Shapes of what is typed on the pages of posts, rosters and one's own duty."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms

from yike.doors.desk import choices
from yike.doors.desk.forms.people import offer
from yike.doors.kit.forms import Form, Text
from yike.rooms.duty import words
from yike.rooms.duty.actions.posts import Line
from yike.rooms.providers import kinds

_WEEKDAYS = [(str(place), f"周{name}") for place, name in enumerate(words.WEEKDAYS)]
_DAY = {"type": "date"}
_TIME = {"type": "time"}


def _day(label: str, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs=_DAY), **more)


def _many(label: str, pairs: Any, **more: Any) -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, choices=pairs, widget=widget, **more)


class NewPost(Form):
    """A post that is set up."""

    code = Text(label="编码", max_length=40)
    name = Text(label="名称", max_length=100)
    kind = forms.ChoiceField(label="类型", choices=choices.of(words.POST_KINDS))
    line = forms.ChoiceField(
        label="热线", choices=choices.of(words.LINES, blank="不是热线"), required=False
    )
    institution_id = forms.ChoiceField(label="管理机构")
    region_code = forms.ChoiceField(label="所在区划")
    place_id = forms.ChoiceField(label="站点", required=False)
    services = _many("提供的服务", choices.of(kinds.SERVICES), required=False)
    kinds = _many("谁可以值班（任一）", choices.of(kinds.RESOURCE_KINDS), required=False)
    languages = Text(
        label="须会的语言（任一）", required=False, max_length=100, help_text="几种用顿号分开。"
    )
    own_people = forms.BooleanField(label="只排本机构人员", required=False)
    phone = Text(label="公开电话", required=False, max_length=40)
    island = Text(label="海岛名称", required=False, max_length=40, help_text="不在海岛上就不填。")
    ferry_weekdays = _many("通航星期", _WEEKDAYS, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "institution_id", choices.institutions())
        offer(self, "region_code", choices.places())
        offer(self, "place_id", choices.stations(blank="不在站点"))

    def told(self) -> dict[str, Any]:
        """This will return what the room's action takes."""
        said = dict(self.cleaned_data)
        place = said["place_id"]
        return said | {
            "institution_id": UUID(said["institution_id"]),
            "place_id": UUID(place) if place else None,
            "languages": _parts(said["languages"]),
            "ferry_weekdays": [int(day) for day in said["ferry_weekdays"]],
        }


class DemandLine(Form):
    """One line of when a post must be manned; all lines of a post are set together."""

    weekdays = _many("星期", _WEEKDAYS, required=False)
    from_time = forms.TimeField(label="从", widget=forms.TimeInput(attrs=_TIME))
    until_time = forms.TimeField(
        label="到", widget=forms.TimeInput(attrs=_TIME), help_text="不晚于开始就是次日。"
    )
    people = forms.IntegerField(label="值班人数", initial=1, min_value=1, max_value=9)
    backups = forms.IntegerField(label="备班人数", initial=0, min_value=0, max_value=9)
    holidays = forms.ChoiceField(label="节假日", choices=choices.of(words.HOLIDAY_RULES))

    def line(self) -> Line:
        """This will return the line as the room's action takes it."""
        said = dict(self.cleaned_data)
        return Line(**said | {"weekdays": tuple(int(day) for day in said["weekdays"])})


class Reason(Form):
    """Why something ends."""

    reason = Text(label="原因", max_length=200)


class Period(Form):
    """Which weeks a roster is made for."""

    from_on = _day("从哪天起")
    weeks = forms.TypedChoiceField(
        label="几周", coerce=int, initial=4,
        choices=[(n, f"{n} 周") for n in (1, 2, 3, 4, 6, 8)],
    )  # fmt: skip

    def told(self) -> dict[str, Any]:
        """This will return the first day and the day after the last."""
        since = self.cleaned_data["from_on"]
        until = since + timedelta(weeks=self.cleaned_data["weeks"])
        return {"from_on": since, "until_on": until}


class FerryDay(Form):
    """A day on which a ferry does not run, or runs against its week."""

    island = Text(label="海岛", max_length=40)
    day = _day("日期")
    runs = forms.ChoiceField(label="通航", choices=[("", "停航"), ("1", "加开")], required=False)
    reason = Text(label="原因", max_length=200, required=False)

    def told(self) -> dict[str, Any]:
        """This will return what the room's action takes."""
        said = dict(self.cleaned_data)
        return said | {"runs": bool(said["runs"])}


class Leave(Form):
    """Days off."""

    from_on = _day("从哪天起")
    last_on = _day("到哪天（含）")
    reason = Text(label="事由", max_length=200, required=False)


class Wish(Form):
    """What somebody would like, or rather not."""

    kind = forms.ChoiceField(label="愿望", choices=choices.of(words.WISH_KINDS))
    weekday = forms.ChoiceField(label="星期", choices=[("", "不限"), *_WEEKDAYS], required=False)
    on_day = _day("或某一天", required=False)

    def told(self) -> dict[str, Any]:
        """This will return what the room's action takes."""
        said = dict(self.cleaned_data)
        return said | {"weekday": int(said["weekday"]) if said["weekday"] else None}


class Swap(Form):
    """Which of one's shifts, for which of another's (or just to be stood in for)."""

    shift_id = forms.ChoiceField(label="我的班")
    other_shift_id = forms.ChoiceField(label="换谁的班")
    reason = Text(label="理由", max_length=200, required=False)

    def __init__(self, *args: Any, mine: Any = (), others: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "shift_id", choices.of(map(_said, mine), blank="请选择"))
        offer(self, "other_shift_id", choices.of(map(_named, others), blank="请选择"))

    def told(self) -> dict[str, Any]:
        """This will return what the room's action takes."""
        said = dict(self.cleaned_data)
        return said | {
            "shift_id": UUID(said["shift_id"]), "other_shift_id": UUID(said["other_shift_id"]),
        }  # fmt: skip


class Place(Form):
    """Who stands a shift."""

    practitioner_id = forms.ChoiceField(label="人员", required=False)

    def __init__(self, *args: Any, free: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pairs = (
            (str(one.practitioner_id), f"{one.name}（本季度 {one.load:g} 小时）") for one in free
        )
        offer(self, "practitioner_id", choices.of(pairs, blank="空着"))

    def told(self) -> dict[str, Any]:
        """This will return whom, None for nobody."""
        who = self.cleaned_data["practitioner_id"]
        return {"practitioner_id": UUID(who) if who else None}


def _said(row: Any) -> tuple[str, str]:
    return str(row.id), f"{row.day:%m-%d} {row.hours} {row.post_name}"


def _named(row: Any) -> tuple[str, str]:
    return str(row.id), f"{row.name}：{row.day:%m-%d} {row.hours} {row.post_name}"


def _parts(said: str) -> list[str]:
    return [one.strip() for one in said.replace("，", "、").split("、") if one.strip()]
