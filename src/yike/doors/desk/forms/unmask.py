"""Seeing somebody's whole identity: which parts, and why."""

from __future__ import annotations

from django import forms

from yike.doors.kit.forms import Form, Text
from yike.rooms.people import purposes


class Unmask(Form):
    """查看完整信息: a deed with a reason, kept in the trail."""

    PARTS = (
        ("name", "姓名"), ("phone", "电话"), ("id_number", "证件号码"),
        ("on_behalf_of", "替谁反映"), ("contact_note", "联系须知"),
    )  # fmt: skip

    parts = forms.MultipleChoiceField(
        label="查看哪些", choices=PARTS, widget=forms.CheckboxSelectMultiple, initial=["phone"]
    )
    purpose = forms.ChoiceField(
        label="用来做什么", choices=[("", "请选择"), *purposes.OPENING],
        help_text="每种用途只能看用得上的信息。",
    )  # fmt: skip
    reason = Text(
        label="为什么要看", max_length=200, help_text="会记入留痕：谁、什么时候、为什么。"
    )
