"""What is typed on the pages of quality. Shape only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from yike.doors.desk import choices
from yike.doors.desk.forms.people import offer
from yike.doors.kit.forms import Form, Text
from yike.rooms.quality import codes
from yike.rooms.quality.actions import RewardTold


class Supervise(Form):
    """An order of supervision: who, what, hard or not."""

    to_org = forms.ChoiceField(label="责任单位")
    title = Text(label="事由", max_length=120)
    words = Text(label="要求", rows=3, max_length=2000)
    hard = forms.BooleanField(label="疑难，期限放宽到十五个工作日", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "to_org", choices.institutions())

    def told(self) -> dict[str, Any]:
        """This will return what the room's action takes."""
        return dict(self.cleaned_data) | {"to_org": UUID(self.cleaned_data["to_org"])}


class Check(Form):
    """Whether a flagged rating counts."""

    counts = forms.TypedChoiceField(
        label="核实结果",
        choices=[("1", "属实，计入"), ("0", "不属实，不计入")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    words = Text(label="怎样核实的", rows=2, max_length=500)


class Reply(Form):
    """What the rated side says to a rating."""

    words = Text(label="情况说明", rows=3, max_length=2000)
    appeals = forms.BooleanField(label="申请核实这条评价该不该计入", required=False)


class RateFor(Form):
    """A rating filled in for the citizen."""

    channel = forms.ChoiceField(
        label="在哪里代填",
        choices=[(code, codes.CHANNELS[code]) for code in codes.ON_BEHALF],
    )
    level = forms.TypedChoiceField(
        label="当事人说满意吗",
        choices=[(str(level), name) for level, name in codes.LEVELS.items()],
        coerce=int,
        widget=forms.RadioSelect,
    )
    reasons = forms.MultipleChoiceField(
        label="哪里不满意",
        choices=list(codes.REASONS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="不满意、非常不满意的要选。",
    )
    words = Text(label="当事人的原话", rows=3, max_length=500, required=False)
    anonymous = forms.BooleanField(label="当事人不愿让被评人知道是谁", required=False)
    said_visits = forms.IntegerField(
        label="当事人说来过几次", min_value=0, max_value=99, required=False,
        help_text="没有来过写 0，没有问到就不填。",
    )  # fmt: skip
    said_yuan = forms.DecimalField(
        label="当事人说付了多少元", min_value=0, max_digits=9, decimal_places=2, required=False,
        help_text="没有付写 0，没有问到就不填。",
    )  # fmt: skip


class Reward(Form):
    """A reward or punishment of an institution or of one person."""

    institution_id = forms.ChoiceField(label="机构", required=False)
    practitioner_id = forms.ChoiceField(label="或人员", required=False)
    kind = forms.ChoiceField(label="种类", choices=list(codes.REWARDS.items()))
    weight_percent = forms.IntegerField(
        label="派单权重（%）", initial=100, min_value=0, max_value=200,
        help_text="100 是照常，0 是不再派单。",
    )  # fmt: skip
    active_from = forms.DateField(
        label="从哪天起", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    active_until = forms.DateField(
        label="到哪天（不含）", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    basis = Text(label="依据", max_length=200)
    words = Text(label="事由", rows=3, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "institution_id", choices.institutions(blank="不选"))
        offer(self, "practitioner_id", choices.practitioners(blank="不选"))

    def told(self) -> dict[str, Any]:
        """This will return what the room's action takes."""
        told = dict(self.cleaned_data)
        for name in ("institution_id", "practitioner_id"):
            told[name] = UUID(told[name]) if told[name] else None
        return {"told": RewardTold(**told)}


class Revoke(Form):
    """Why a record is taken back."""

    reason = Text(label="撤销原因", max_length=200)


class Parameter(Form):
    """Another value of one parameter."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=40)
    value = forms.IntegerField(label="新的值")
    reason = Text(label="修改原因", max_length=200)


class Complaint(Form):
    """A complaint told at a counter or on the telephone."""

    kind = forms.ChoiceField(label="投诉什么", choices=list(codes.COMPLAINTS.items()))
    words = Text(label="发生了什么", rows=4, max_length=2000)
    reference = Text(label="是哪件事（编号）", max_length=40, required=False)
    about_words = Text(label="投诉谁", max_length=100, required=False)
    region_code = forms.ChoiceField(label="乡镇（街道）", required=False)
    name = Text(label="姓名", max_length=60, required=False)
    phone = Text(label="电话", max_length=40, required=False)
    key = forms.CharField(widget=forms.HiddenInput, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "region_code", choices.towns(blank="有编号可不选"))
