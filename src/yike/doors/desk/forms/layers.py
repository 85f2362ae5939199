"""What may be typed about the truth of the register. Shape only."""

from __future__ import annotations

from django import forms

from yike.doors.desk import choices
from yike.doors.kit.forms import Form, Text
from yike.rooms.providers import corrections


class Verify(Form):
    """That an entry was compared with its source."""

    source = Text(
        label="数据来源", max_length=120,
        help_text="和什么核对的，例如“全国律师执业诚信信息公示平台”“电话核实”。",
    )  # fmt: skip
    checked_on = forms.DateField(
        label="核实日期", required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text="不填就是今天。",
    )  # fmt: skip
    note = Text(label="说明", max_length=200, required=False)


class Answer(Form):
    """How a report ends, in words for the citizen."""

    outcome = forms.ChoiceField(
        label="结果", choices=choices.of(corrections.OUTCOMES), widget=forms.RadioSelect
    )
    answer = Text(
        label="给群众的答复", max_length=300, rows=3,
        help_text="群众凭查询码看到这段话。写清改成了什么。",
    )  # fmt: skip
