"""What an auditor looks for in the trail. Shape only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from yike.doors.desk.forms.people import offer
from yike.doors.kit.forms import Form, Text
from yike.rooms.core import clock
from yike.rooms.trail import queries as trail_queries
from yike.rooms.trail.faces import EntryFilter

_DOORS = [
    ("", "所有入口"), ("portal", "群众入口"), ("desk", "工作台"), ("command", "指挥中心"),
    ("wire", "平台对接"), ("house", "系统"),
]  # fmt: skip


def _moment(label: str) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label, required=False, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )  # fmt: skip


class Search(Form):
    """Every field narrows; none is needed."""

    kind = forms.ChoiceField(label="哪一种", required=False)
    door = forms.ChoiceField(label="从哪个入口", choices=_DOORS, required=False)
    subject = Text(label="关于哪一件（标识）", max_length=64, required=False)
    actor_ref = Text(label="谁做的（账号标识）", max_length=64, required=False)
    request_id = Text(label="请求号", max_length=64, required=False)
    since = _moment("从")
    until = _moment("到（不含）")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind, kind) for kind in trail_queries.kinds()]
        offer(self, "kind", [("", "所有种类"), *kinds])

    def wanted(self) -> EntryFilter:
        """This will return what is looked for; everything when the form is wrong or empty."""
        told = dict(self.cleaned_data) if self.is_valid() else {}
        for name in ("since", "until"):
            told[name] = _civil(told.get(name))
        return EntryFilter(**told)


def _civil(moment: datetime | None) -> datetime | None:
    return moment.astimezone(clock.CIVIL) if moment else None
