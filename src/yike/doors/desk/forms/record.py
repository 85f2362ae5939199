"""The one screen of the window and the hotline. Shape only: the matters room holds the rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from yike.doors.desk import choices
from yike.doors.desk.forms.deed import ManyFiles
from yike.doors.kit.forms import Form, Text
from yike.rooms.matters import codes
from yike.rooms.matters.demand import Demand
from yike.rooms.people import privacy_notices

#: The ways somebody reaches a window clerk or an agent.
CHANNELS = [
    ("01", "窗口来访"), ("02", "打电话来"), ("03", "12345 转来"), ("09", "来信"),
    ("10", "村社法律服务群"), ("11", "上门、巡回"),
]  # fmt: skip
_SAFE = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
WAYS = [
    ("", "打电话"), ("sms", "发短信"), ("visit", "上门"), ("none", "不要主动联系，等本人来问"),
]  # fmt: skip
RELATIONS = [
    ("", "是本人"), ("parent", "父母"), ("child", "子女"), ("spouse", "配偶"),
    ("relative", "其他亲属"), ("colleague", "工友、同事"), ("villager", "村（社区）干部"),
    ("other", "其他"),
]  # fmt: skip


class Record(Form):
    """Everything a clerk may write down while somebody stands there or calls."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    follows = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    ticket = forms.UUIDField(required=False, widget=forms.HiddenInput)
    channel = forms.ChoiceField(label="怎么来的", choices=CHANNELS, widget=forms.RadioSelect)
    line = forms.ChoiceField(
        label="拨的哪个号码", required=False, widget=forms.RadioSelect,
        choices=[("", "不是电话"), ("12348", "12348"), ("12345", "12345")],
    )  # fmt: skip
    phone = Text(label="联系电话", max_length=40, required=False)
    name = Text(label="姓名", max_length=60, required=False)
    text = Text(label="诉求", max_length=20_000, rows=5, help_text="按对方的原话记，不必改成公文。")
    category = forms.ChoiceField(label="法律类别", required=False)
    item_code = forms.ChoiceField(label="服务事项", required=False)
    demand_type = forms.ChoiceField(label="性质", choices=choices.of(codes.DEMAND_TYPES))
    urgency = forms.ChoiceField(label="紧急程度", required=False)
    town = forms.ChoiceField(label="乡镇（街道）")
    village = forms.ChoiceField(label="村（社区）", required=False)
    points = Text(
        label="逐条要答复的问题", rows=2, max_length=4_000, required=False,
        help_text="一行一个问题；不填就把整段诉求算一个。",
    )  # fmt: skip
    papers = ManyFiles(
        label="材料或照片", required=False, help_text="可以一次选几份；每份不超过 20 MB。"
    )
    file_ids = forms.MultipleChoiceField(
        label="已经传上来的", required=False, widget=forms.CheckboxSelectMultiple
    )
    on_behalf_of = Text(label="替谁反映", max_length=60, required=False)
    relation = forms.ChoiceField(label="和本人的关系", choices=RELATIONS, required=False)
    contact_way = forms.ChoiceField(label="怎样联系", choices=WAYS, required=False)
    safe_from = forms.TimeField(label="方便联系，从", required=False, widget=_SAFE)
    safe_until = forms.TimeField(label="方便联系，到", required=False, widget=_SAFE)
    contact_note = Text(
        label="联系时注意", max_length=200, required=False,
        help_text="例如：不要打家里电话；不是本人接就不说来意。",
    )  # fmt: skip
    needs = forms.MultipleChoiceField(
        label="需要的帮助", choices=choices.of(codes.NEEDS), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    person_categories = forms.MultipleChoiceField(
        label="人员类别", choices=choices.of(codes.PERSON_CATEGORIES), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    id_number = Text(label="身份证号", max_length=40, required=False)
    agreed = forms.MultipleChoiceField(
        label="个人信息告知书", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="当面出示或在电话里读出要点，对方同意后再勾选；没有来得及说的不勾，之后补告知。",
    )  # fmt: skip
    answer = Text(label="当场怎么答复的", rows=4, max_length=10_000, required=False)
    result = forms.ChoiceField(
        label="结果", required=False, choices=choices.of(codes.RESULTS, blank="请选择")
    )
    minutes = forms.IntegerField(label="用了几分钟", min_value=1, max_value=600, required=False)

    def __init__(self, *args: Any, offered: Mapping[str, choices.Choices], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = rows
        field = self.fields["agreed"]
        assert isinstance(field, forms.ChoiceField)
        version = privacy_notices.current()
        field.choices = [(version, f"已告知 {version} 版，对方同意")]

    def demand(self) -> Demand:
        """This will return what was told, as the matters room takes it."""
        told = self.cleaned_data
        same = {
            name: told[name]
            for name in (
                "text", "name", "phone", "demand_type", "category", "item_code", "channel",
                "line", "id_number", "on_behalf_of", "contact_note", "follows",
            )
        }  # fmt: skip
        return Demand(
            **same,
            region_code=told["village"] or told["town"],
            id_type="111" if told["id_number"] else "",
            relation=dict(RELATIONS)[told["relation"]] if told["relation"] else "",
            contact_way=dict(WAYS)[told["contact_way"]],
            safe_from=_time(told["safe_from"]),
            safe_until=_time(told["safe_until"]),
            needs=tuple(told["needs"]),
            person_categories=tuple(told["person_categories"]),
            points=tuple(filter(None, (line.strip() for line in told["points"].split("\n")))),
            file_ids=tuple(UUID(one) for one in told["file_ids"]),
            urgency=int(told["urgency"]) if told["urgency"] else None,
            agreed="".join(told["agreed"][:1]),
        )


def typed(data: QueryDict) -> dict[str, Any]:
    """This will return what was typed as initial values: shown again, not judged yet."""
    many = {"needs", "person_categories", "file_ids", "agreed"}
    return {name: data.getlist(name) if name in many else data.get(name) for name in data}


def _time(value: Any) -> str:
    return f"{value:%H:%M}" if value else ""
