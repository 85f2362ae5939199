"""What is typed about proxies. Shape only: the room holds the rules."""

from __future__ import annotations

from typing import Any

from django import forms

from yike.doors.desk import choices
from yike.doors.desk.forms.people import offer
from yike.doors.kit.forms import Boxes, Form, Text
from yike.rooms.providers import kinds
from yike.rooms.providers import proxies as words


class NewProxy(Form):
    """Who takes papers on in a village; all of it is published."""

    kind = forms.ChoiceField(label="类型", choices=choices.of(words.KINDS))
    village_code = forms.ChoiceField(label="村（社区）")
    name = Text(label="名称或姓名", max_length=60, help_text="会公开，请征得本人同意。")
    unit = Text(label="所属单位", max_length=100)
    services = forms.MultipleChoiceField(
        label="代办哪些服务", choices=choices.of(kinds.SERVICES), widget=Boxes
    )
    where = Text(label="在哪里找", max_length=100)
    hours = Text(label="什么时候", max_length=100, help_text="例如 周一至周五上午。")
    phone = Text(label="公开电话", max_length=40, help_text="写办公电话，不写私人手机。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "village_code", [choices.BLANK, *choices.places()])


class EndProxy(Form):
    """Why a proxy serves no more."""

    reason = Text(label="停用原因", max_length=200)
