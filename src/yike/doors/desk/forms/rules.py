"""Closing an office for hours or days: a typhoon, no ferry."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from yike.doors.desk import choices
from yike.doors.desk.forms.people import offer
from yike.doors.kit.forms import Form, Text
from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.core import clock
from yike.rooms.matters import levels


def _moment(label: str) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )


class Variant(Form):
    """Another length of a common promise for one level."""

    of = forms.ChoiceField(label="哪个时限", choices=[])
    suffix = forms.ChoiceField(label="哪一级", choices=choices.of(levels.LEVELS))
    amount = forms.IntegerField(
        label="改为多少", min_value=0, max_value=1_000,
        help_text="单位和原来的一样；只对今后受理或转来的有效，已经在跑的不变。",
    )  # fmt: skip
    basis = Text(label="依据", max_length=300, help_text="写明文件或约定；作为本地承诺公示。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = {code for _, _, code in levels.table()}
        known = [one for one in clocks_queries.promise_list() if one.code in wanted]
        offer(self, "of", choices.of((one.code, f"{one.name}（{one.length}）") for one in known))

    def told(self) -> dict[str, Any]:
        """This will return what the room's action takes."""
        return self.cleaned_data | {"note": levels.LEVELS[self.cleaned_data["suffix"]]}


class Closure(Form):
    """From when until when, and why."""

    starts_at = _moment("从")
    ends_at = _moment("到")
    reason = Text(
        label="停班原因", max_length=200,
        help_text="例如：台风“贝碧嘉”防御应急响应Ⅰ级；渡轮停航。会写进时限的依据里。",
    )  # fmt: skip

    def told(self) -> dict[str, Any]:
        """This will return both instants in civil time."""
        told = dict(self.cleaned_data)
        return told | {name: _civil(told[name]) for name in ("starts_at", "ends_at")}


def _civil(moment: datetime) -> datetime:
    return moment.astimezone(clock.CIVIL)
