"""What a citizen types to book a time, and to change it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from yike.doors.kit.forms import Form, Text, dress
from yike.rooms.core.refusal import BadInput
from yike.rooms.people import numbers

#: what somebody told once is not asked again
_OWN = ("name", "phone", "note", "email", "contact_way", "safe_from", "safe_until")


def _clock() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class _Phone(Form):
    """A form with a name and a telephone."""

    name = Text(
        label="姓名",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = Text(
        label="手机号码",
        max_length=40,
        help_text="用来提醒您、查预约。加密保存。",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )

    def clean_phone(self) -> str:
        """This will return the number in its one form, or say at once what is wrong with it."""
        try:
            return numbers.read_phone(self.cleaned_data.get("phone", ""))
        except BadInput as no:
            raise forms.ValidationError(no.sentence) from no


class PersonForm(_Phone):
    """Who comes. `others`: free times to choose from, when the held one was lost."""

    note = Text(
        label="想先告诉我们的",
        rows=2,
        max_length=200,
        required=False,
        help_text="例如：坐轮椅、需要方言、一共来两个人。",
    )
    email = forms.EmailField(
        label="电子邮箱",
        max_length=200,
        required=False,
        help_text="填了，就把时间发到邮箱，可以加进手机日历。",
    )
    contact_way = forms.ChoiceField(
        label="怎样提醒您",
        choices=[("", "发短信、发邮件都可以"), ("sms", "只发短信"),
                 ("message", "不要联系我，我自己来网上看")],
        required=False,
    )  # fmt: skip
    safe_from = forms.TimeField(label="只在这段时间提醒我，从几点", required=False, widget=_clock())
    safe_until = forms.TimeField(label="到几点", required=False, widget=_clock())
    #: which text was shown; a page kept from before an update tells the old one
    notice = forms.CharField(max_length=12, required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, others: Sequence[tuple[str, str]] = (), known: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if known:
            for name in _OWN:
                del self.fields[name]
        if others:
            self.fields["slot"] = field = forms.ChoiceField(
                label="换一个还有空的时间",
                choices=others,
                widget=forms.RadioSelect,
                error_messages={"required": "请选一个还有空的时间。"},
            )
            dress(field)

    def clean(self) -> dict[str, Any]:
        """This will ask for both ends of the hours in which the person may be reached."""
        found = super().clean() or {}
        hours = (found.get("safe_from"), found.get("safe_until"))
        if any(hours) != all(hours):
            self.add_error("safe_from", "请把方便联系的时间写全：从几点到几点。")
        return found


class WaitForm(_Phone):
    """Who waits for a day."""

    notice = forms.CharField(max_length=12, required=False, widget=forms.HiddenInput)


class CancelForm(Form):
    """Why a time is given back, if the person wants to say."""

    reason = Text(label="取消的原因", rows=2, max_length=200, required=False)
