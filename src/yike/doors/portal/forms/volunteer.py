"""What somebody types who wants to be a volunteer."""

from __future__ import annotations

from typing import Any

from django import forms

from yike.doors.kit.forms import Form, Text
from yike.doors.portal.county import county
from yike.rooms.providers import volunteers as words
from yike.rooms.regions import queries as regions_queries

#: "0m" Monday morning → 周一上午
_PARTS = [
    (f"{number}{part}", f"周{name}{said}")
    for number, name in enumerate(words.WEEKDAYS)
    for part, (said, _) in words.DAY_PARTS.items()
]


class ApplyForm(Form):
    """An application: who, what for, where, when."""

    name = Text(label="姓名", max_length=60)
    phone = Text(
        label="电话", max_length=40, help_text="密封保存，只有登记人员联系您时才查看。",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )  # fmt: skip
    kind = forms.ChoiceField(label="职业", choices=list(words.KINDS.items()))
    directions = forms.MultipleChoiceField(
        label="愿意做什么", choices=list(words.DIRECTIONS.items()),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    region_code = forms.ChoiceField(label="在哪个乡镇（街道）")
    availability = forms.MultipleChoiceField(
        label="什么时候有空", choices=_PARTS, required=False,
        widget=forms.CheckboxSelectMultiple, help_text="可多选，也可以不选。",
    )  # fmt: skip
    languages = Text(
        label="会的语言和方言", max_length=100, required=False,
        help_text="例如 象山话、石浦话、手语。用顿号隔开。",
    )  # fmt: skip
    employer = Text(label="工作单位", max_length=100, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        towns = regions_queries.towns_of(county())
        field = self.fields["region_code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "请选择"), *((one.code, one.name) for one in towns)]

    def told(self) -> dict[str, Any]:
        """This will return what the action takes."""
        spoken = self.cleaned_data["languages"].replace("，", "、").replace(",", "、")
        return dict(self.cleaned_data) | {"languages": [one for one in spoken.split("、") if one]}
