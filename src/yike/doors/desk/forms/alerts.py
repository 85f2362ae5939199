"""What a dispatcher or director sets about warnings. Shape only: the room holds the rules."""

from __future__ import annotations

from typing import Any

from django import forms

from yike.doors.desk import choices
from yike.doors.desk.forms.people import offer
from yike.doors.kit.forms import Form, Text
from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.matters import alerts

_TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def _levels(label: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices.of(alerts.LEVELS),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class Alerts(Form):
    """Who hears of which colour, and when nobody is disturbed."""

    promise_code = forms.ChoiceField(label="哪个时限", required=False)
    yellow = _levels("黄色（用时过半）通知谁")
    orange = _levels("橙色（快到期）通知谁")
    red = _levels("红色（已超期）通知谁")
    quiet_from = forms.TimeField(label="免打扰，从", required=False, widget=_TIME)
    quiet_until = forms.TimeField(label="免打扰，到", required=False, widget=_TIME)
    rest_days = forms.BooleanField(label="休息日和节假日不打扰", required=False)
    again_minutes = forms.IntegerField(
        label="同一件事隔几分钟才再通知同一个人", min_value=0, max_value=10_080
    )
    red_at_once = forms.BooleanField(label="红色不等免打扰结束，立即通知", required=False)
    reason = Text(label="修改原因", max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        promises = ((one.code, one.name) for one in clocks_queries.promise_list())
        offer(self, "promise_code", choices.of(promises, blank="所有没有另设的时限"))

    def told(self) -> dict[str, Any]:
        """This will return what the room's action takes."""
        told = dict(self.cleaned_data)
        told["recipients"] = {colour: told.pop(colour) for colour in alerts.TOLD}
        for name in ("quiet_from", "quiet_until"):
            told[name] = f"{told[name]:%H:%M}" if told[name] else ""
        return told


class Thresholds(Form):
    """When one promise turns yellow and orange."""

    near_percent = forms.IntegerField(
        label="用去百分之几变黄", min_value=1, max_value=100, required=False,
        help_text="不填就没有黄色。",
    )  # fmt: skip
    warn_percent = forms.IntegerField(
        label="用去百分之几变橙", min_value=1, max_value=100, required=False
    )
    warn_before_minutes = forms.IntegerField(
        label="或届满前多少工作分钟变橙", min_value=0, max_value=100_000, required=False,
        help_text="一个工作日是 420 分钟；两样都填，先到的算。",
    )  # fmt: skip


def initial_of(rule: alerts.Rule) -> dict[str, Any]:
    """This will return a rule as the form shows it."""
    return {
        "promise_code": rule.promise_code, "yellow": list(rule.yellow),
        "orange": list(rule.orange), "red": list(rule.red), "quiet_from": rule.quiet_from,
        "quiet_until": rule.quiet_until, "rest_days": rule.rest_days,
        "again_minutes": rule.again_minutes, "red_at_once": rule.red_at_once,
    }  # fmt: skip
