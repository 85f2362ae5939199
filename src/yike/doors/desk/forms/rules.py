"""Closing an office for hours or days: a typhoon, no ferry."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from yike.doors.kit.forms import Form, Text
from yike.rooms.core import clock


def _moment(label: str) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )


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
