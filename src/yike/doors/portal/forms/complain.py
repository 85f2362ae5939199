"""What somebody types who complains about service."""

from __future__ import annotations

from typing import Any

from django import forms

from yike.doors.kit.forms import Form, Text
from yike.doors.portal.county import county
from yike.rooms.quality import codes
from yike.rooms.regions import queries as regions_queries


class ComplainForm(Form):
    """A complaint, with or without the reference of a matter."""

    reference = Text(
        label="是哪件事（查询编号）",
        max_length=40,
        required=False,
        help_text="回执上的编号，例如 261121-7KQ4M3X9。不记得可以不填。",
    )
    kind = forms.ChoiceField(label="投诉什么", widget=forms.RadioSelect)
    about_words = Text(
        label="投诉谁",
        max_length=100,
        required=False,
        help_text="单位或人的名字；填了编号可以不写。",
    )
    words = Text(
        label="发生了什么", rows=6, max_length=2000, help_text="时间、地点、谁、说了或做了什么。"
    )
    region_code = forms.ChoiceField(label="在哪个乡镇（街道）", required=False)
    name = Text(
        label="您的姓名",
        max_length=60,
        required=False,
        help_text="不给被投诉的人看。填了编号可以不写。",
    )
    phone = Text(
        label="您的电话",
        max_length=40,
        help_text="以后凭编号和这个电话看处理情况；填了编号的，请填当时的电话。",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )
    file = forms.FileField(label="照片、录音或文件", required=False, help_text="一个不超过 20 MB。")
    key = forms.CharField(widget=forms.HiddenInput, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        towns = regions_queries.towns_of(county())
        kind, town = self.fields["kind"], self.fields["region_code"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(town, forms.ChoiceField)
        kind.choices = list(codes.COMPLAINTS.items())
        town.choices = [("", "请选择"), *((one.code, one.name) for one in towns)]

    def clean(self) -> dict[str, Any]:
        """This will ask for town and name where no reference tells them."""
        found = super().clean() or {}
        if not found.get("reference"):
            for field, words in (("region_code", "请选择乡镇。"), ("name", "请填写姓名。")):
                if not found.get(field) and field not in self.errors:
                    self.add_error(field, words)
        return found


class AppealForm(Form):
    """Why the upper level should look at it."""

    words = Text(label="为什么不同意这个答复", rows=4, max_length=2000)
