"""What a phone sends at check-in, a make-up request, the rules, a period. Shape only."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django import forms

from yike.doors.kit.forms import Form, Text
from yike.rooms.core import clock
from yike.rooms.duty import checkin
from yike.rooms.duty import faces as duty_faces
from yike.rooms.duty.actions import Told
from yike.rooms.duty.checkin import Policy
from yike.rooms.regions.coordinates import Crs

#: map systems that phone apps speak
SYSTEMS: dict[str, Crs] = {"wgs84": "wgs84", "gcj02": "gcj02", "bd09": "bd09"}
#: hidden fields that a script fills in
_HIDDEN = forms.HiddenInput


class CheckIn(Form):
    """One press of the button, with what the phone knows."""

    shift = forms.UUIDField(widget=_HIDDEN, label="班次")
    direction = forms.ChoiceField(
        choices=list(checkin.DIRECTIONS.items()), widget=_HIDDEN, label="方向"
    )
    lon = forms.FloatField(widget=_HIDDEN, required=False, label="经度")
    lat = forms.FloatField(widget=_HIDDEN, required=False, label="纬度")
    accuracy = forms.FloatField(widget=_HIDDEN, required=False, label="精度")
    crs = forms.ChoiceField(
        choices=list(SYSTEMS.items()), widget=_HIDDEN, required=False, label="坐标系"
    )
    mock = forms.BooleanField(widget=_HIDDEN, required=False, label="模拟定位")
    told = forms.IntegerField(widget=_HIDDEN, required=False, label="手机时间")
    code = Text(label="签到码", max_length=20, required=False)
    words = Text(label="说明", max_length=200, required=False)
    ask = forms.BooleanField(widget=_HIDDEN, required=False, label="请核验")

    def as_told(self, device: str) -> Told:
        """This will return what the room's action takes."""
        said = self.cleaned_data
        placed = said["lon"] is not None and said["lat"] is not None
        accuracy = said["accuracy"]
        return Told(
            lon=said["lon"] if placed else None,
            lat=said["lat"] if placed else None,
            accuracy_m=checkin.UNKNOWN_ACCURACY_M if accuracy is None else accuracy,
            crs=SYSTEMS[said["crs"] or "wgs84"],
            mock=said["mock"],
            told_at=phone_time(said["told"]),
            code=said["code"],
            device=device,
            words=said["words"],
            ask=said["ask"],
        )


class MakeUp(Form):
    """补签: when one came and left, why one could not check in, evidence."""

    came = forms.TimeField(
        label="到岗时间", required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    left = forms.TimeField(
        label="离岗时间", required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    reason = Text(label="为什么没签上", max_length=200, rows=3)
    papers = forms.FileField(
        label="证明材料", required=False, help_text="例如现场照片、值班记录。最多 5 份。"
    )

    def told(self, shift: duty_faces.ShiftRow) -> dict[str, Any]:
        """This will return what the room's action takes; past midnight is the next day."""
        said = self.cleaned_data
        return {
            "reason": said["reason"],
            "came_at": near(shift.from_at, said["came"]),
            "left_at": near(shift.until_at, said["left"]),
        }


def iso_day(label: str, *, hint: str = "") -> forms.DateField:
    """This will return a date field whose value the browser's calendar understands."""
    return forms.DateField(
        label=label, help_text=hint,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )  # fmt: skip


class Judge(Form):
    """One word on what somebody else decides; needed when one says no."""

    note = Text(label="意见", max_length=200, required=False)


class Raw(Form):
    """Why a raw position is looked at."""

    reason = Text(
        label="为什么要看", max_length=200, help_text="会记入留痕：谁、什么时候、为什么。"
    )


class Days(Form):
    """A period of days."""

    since = iso_day("从")
    last = iso_day("到")


class Rules(Form):
    """The rules of check-in of a county, from a day on."""

    active_from = iso_day("从哪天起", hint="以前的班次按以前的规则算。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, hint in _RULES:
            self.fields[name] = forms.IntegerField(label=label, min_value=0, help_text=hint)
        for name, label, hint in _SWITCHES:
            self.fields[name] = forms.BooleanField(label=label, required=False, help_text=hint)
        for name in (*(one[0] for one in _RULES), *(one[0] for one in _SWITCHES)):
            dress_one(self.fields[name])

    def policy(self) -> Policy:
        """This will return the rules as the room takes them."""
        return Policy(**{one.name: self.cleaned_data[one.name] for one in fields(Policy)})


_RULES = (
    ("grace_late", "迟到宽限（分钟）", ""),
    ("grace_early", "早退宽限（分钟）", ""),
    ("opens_before", "提前多少分钟可以签到", ""),
    ("closes_after", "结束后多少分钟内可以签退", ""),
    ("absent_after", "多少分钟没到算缺勤", ""),
    ("make_up_days", "几天内可以补签", ""),
    ("offline_hours", "离线签到几小时内补传", ""),
    ("code_seconds", "现场码几秒一换", ""),
    ("raw_days", "原始定位保存几天", "到期清除，只留距离档和结论。"),
    ("speed_kmh", "移动多快算可疑（公里/小时）", ""),
    ("same_days", "位置几天一模一样算可疑", ""),
)
_SWITCHES = (
    ("watched", "自动提醒没签到的人，并认定缺勤", "打开前请确认值班人员都会用签到。"),
    ("calls_out", "认定缺勤后自动征集替班", ""),
)


def dress_one(field: forms.Field) -> None:
    """This will give a field that was added later the kit's look and words."""
    from yike.doors.kit.forms import dress

    dress(field)


def phone_time(ms: int | None) -> datetime | None:
    """This will read what a phone's clock says; None for what is no time."""
    try:
        return datetime.fromtimestamp(ms / 1000, UTC) if ms is not None else None
    except (OverflowError, ValueError, OSError):
        return None


def near(moment: datetime, told: time | None) -> datetime | None:
    """This will return the instant nearest to a moment at which clocks say so."""
    if told is None:
        return None
    here = moment.astimezone(clock.CIVIL)
    found = [
        datetime.combine(here.date() + timedelta(days=day), told, tzinfo=clock.CIVIL)
        for day in (-1, 0, 1)
    ]
    return min(found, key=lambda one: abs(one - here))


def this_month() -> dict[str, str]:
    """This will return the first day of the month and today."""
    today = clock.today()
    return {"since": today.replace(day=1).isoformat(), "last": today.isoformat()}
