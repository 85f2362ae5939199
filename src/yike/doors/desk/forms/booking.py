"""What is typed at the desk about bookings. Shape only: the room holds the rules."""

from __future__ import annotations

from datetime import time
from typing import Any
from uuid import UUID

from django import forms

from yike.doors.desk import choices
from yike.doors.desk.forms.people import offer
from yike.doors.kit.forms import Form, Text
from yike.rooms.booking import kinds
from yike.rooms.booking.faces import Told

_DAYS = [(str(day), f"周{kinds.WEEKDAYS[day]}") for day in range(7)]
_WEEKS = [(str(one), f"第{one}个") for one in range(1, 6)]


def _date() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"})


def _time() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def _hour(typed: time | None) -> str:
    return f"{typed:%H:%M}" if typed else ""


class CallerForm(Form):
    """For whom a time is booked at the window or on the telephone."""

    slot = forms.ChoiceField(label="时间")
    far = forms.ChoiceField(
        label="在哪个站点视频",
        required=False,
        help_text="选了就把这台终端或视频室留到那个时间；在自己家里视频的不用选。",
    )
    name = Text(label="姓名", max_length=60)
    phone = Text(label="电话", max_length=40)
    note = Text(label="说明", max_length=200, required=False)
    email = forms.EmailField(label="电子邮箱", max_length=200, required=False)
    safe_from = forms.TimeField(label="方便联系，从几点", required=False, widget=_time())
    safe_until = forms.TimeField(label="到几点", required=False, widget=_time())
    matter_reference = Text(label="关联诉求编号", max_length=20, required=False)

    def __init__(
        self, *args: Any, slots: choices.Choices, far: choices.Choices | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "slot", slots)
        if far:
            offer(self, "far", far)
        else:
            del self.fields["far"]

    def told(self) -> dict[str, Any]:
        """This will return what the room's action takes."""
        typed = self.cleaned_data
        kind, _, spot = typed.get("far", "").partition(" ")
        return {
            "slot_id": UUID(typed["slot"]),
            "told": Told(
                name=typed["name"],
                phone=typed["phone"],
                note=typed["note"],
                email=typed["email"],
                safe_from=_hour(typed["safe_from"]),
                safe_until=_hour(typed["safe_until"]),
            ),
            "matter_reference": typed["matter_reference"],
            "far": (kind, UUID(spot)) if spot else None,
        }


class DeedForm(Form):
    """Why a booking is moved or cancelled, as the person is told; where it is moved to."""

    slot = forms.ChoiceField(label="改到", required=False)
    reason = Text(label="原因（会告诉当事人）", rows=2, max_length=200, required=False)

    def __init__(self, *args: Any, slots: choices.Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "slot", slots)


class JoiningForm(Form):
    """How one joins a talk by video, as the expert's office tells it."""

    words = Text(
        label="会议号或链接", max_length=200,
        help_text="由专家一方填写，站点和当事人都能看到。改期后要重新填。",
    )  # fmt: skip


class PatternForm(Form):
    """When an office can be booked."""

    kind = forms.ChoiceField(label="预约类别", choices=choices.of(kinds.NAMES))
    org = forms.ChoiceField(label="办理机构")
    place_id = forms.ChoiceField(label="地点", required=False, help_text="视频咨询可以不选。")
    post_id = forms.ChoiceField(
        label="按值班岗位", required=False, help_text="选了岗位，就按值班表上谁在岗生成时段。"
    )
    weekdays = forms.MultipleChoiceField(
        label="星期", choices=_DAYS, required=False, widget=forms.CheckboxSelectMultiple
    )
    weeks = forms.MultipleChoiceField(
        label="每月第几个", choices=_WEEKS, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="不选就是每周。村居法律顾问村日常选一个。",
    )  # fmt: skip
    from_time = forms.TimeField(label="从几点", required=False, widget=_time())
    until_time = forms.TimeField(label="到几点", required=False, widget=_time())
    minutes = forms.IntegerField(label="每个时段多少分钟", initial=30)
    capacity = forms.IntegerField(label="每个时段几个名额", initial=1)
    ahead_days = forms.IntegerField(label="提前多少天开放", initial=21)
    lead_minutes = forms.IntegerField(label="至少提前多少分钟", initial=30, min_value=0)
    on_holidays = forms.BooleanField(label="法定节假日也开放", required=False)
    person = Text(label="接待人（公开）", max_length=40, required=False)
    note = Text(label="给群众的提示", max_length=200, required=False)

    def __init__(self, *args: Any, posts: choices.Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "org", choices.institutions())
        offer(self, "place_id", choices.stations(blank="不在固定地点"))
        offer(self, "post_id", posts)

    def told(self) -> dict[str, Any]:
        """This will return what the room's action takes."""
        told = dict(self.cleaned_data)
        for name in ("org", "place_id", "post_id"):
            told[name] = UUID(told[name]) if told[name] else None
        for name in ("weekdays", "weeks"):
            told[name] = tuple(int(one) for one in told[name])
        return told


class ClosureForm(Form):
    """Days without bookings."""

    org = forms.ChoiceField(label="办理机构")
    from_on = forms.DateField(label="从哪天", widget=_date())
    until_on = forms.DateField(label="到哪天（含）", widget=_date())
    reason = Text(label="原因", max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "org", choices.institutions())

    def told(self) -> dict[str, Any]:
        """This will return what the room's action takes."""
        return dict(self.cleaned_data) | {"org": UUID(self.cleaned_data["org"])}


class RuleForm(Form):
    """How the county gives out times."""

    hold_minutes = forms.IntegerField(label="填写时占位多少分钟")
    offer_minutes = forms.IntegerField(label="空位给候补的人留多少分钟")
    no_shows = forms.IntegerField(label="几次未到就不能网上预约", help_text="0 表示不限制。")
    within_days = forms.IntegerField(label="在多少天以内")
    words = Text(label="告诉群众的话", rows=2, max_length=200)
    reason = Text(label="修改原因", max_length=200)
    seen = forms.IntegerField(widget=forms.HiddenInput)
