"""What a citizen types after the demand was sent."""

from __future__ import annotations

from typing import Any

from django import forms

from yike.doors.kit.forms import Form, Text
from yike.rooms.quality import codes


class ClaimForm(Form):
    """What proves that a matter is yours: its reference and the phone given with it."""

    reference = Text(
        label="查询编号",
        max_length=40,
        help_text="提交后给您的编号，例如 261121-7KQ4M3X9。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    phone = Text(
        label="提交时填的电话",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )


class MessageForm(Form):
    """One more thing to say, perhaps with a paper."""

    words = Text(label="想补充的话", rows=4, max_length=2000, required=False)
    file = forms.FileField(
        label="照片或文件",
        required=False,
        allow_empty_file=True,
        help_text="一个不超过 20 MB。",
    )

    def clean(self) -> dict[str, Any]:
        """This will ask for at least one of the two."""
        found = super().clean() or {}
        if not self.errors and not (found.get("words") or found.get("file")):
            self.add_error("words", "请写一句话，或选一个文件。")
        return found


class WithdrawForm(Form):
    """Why it is taken back, if the person wants to say."""

    reason = Text(label="撤回的原因", rows=2, max_length=200, required=False)
    sure = forms.BooleanField(
        label="我明白：撤回以后不再办理，也不能恢复",
        error_messages={"required": "请先勾选“我明白”，再按撤回。"},
    )


class RateForm(Form):
    """Five levels; what it is about when one of the two bad ones is chosen."""

    level = forms.TypedChoiceField(
        label="这次服务您满意吗",
        choices=[(str(level), name) for level, name in codes.LEVELS.items()],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "请先选一个满意程度。"},
    )
    reasons = forms.MultipleChoiceField(
        label="哪里不满意",
        choices=list(codes.REASONS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="选了“不满意”或“非常不满意”才需要填，可以选几项。",
    )
    words = Text(label="想说的话", rows=3, max_length=500, required=False)
    anonymous = forms.BooleanField(
        label="不要让被评价的人知道是我",
        required=False,
        help_text="他们只看到评价内容，看不到是哪件事；不满意的会由别的人联系您。",
    )

    said_visits = forms.IntegerField(
        label="您来过几次", min_value=0, max_value=99, required=False, help_text="没有来过写 0。"
    )
    said_yuan = forms.DecimalField(
        label="您付了多少元", min_value=0, max_digits=9, decimal_places=2, required=False,
        help_text="没有付写 0。",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """This will ask for a reason with the two bad ones."""
        found = super().clean() or {}
        if found.get("level") in codes.BAD and not found.get("reasons"):
            self.add_error("reasons", "请选一选哪里不满意，我们好去改。")
        return found


class HurryForm(Form):
    """A word to go with the reminder."""

    words = Text(label="想说的话", required=False, max_length=500, rows=2)
