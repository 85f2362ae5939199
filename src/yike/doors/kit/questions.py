"""A questionnaire as a form: one field a question, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from yike.doors.kit.forms import Form, Text, dress
from yike.rooms.observation import scoring


class SheetForm(Form):
    """What is asked; `told` returns the answers by number, as the room's action takes them."""

    def __init__(self, *args: Any, questions: Sequence[scoring.Asked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for one in questions:
            self.fields[f"q{one.no}"] = field = _field(one)
            dress(field)

    def told(self) -> dict[str, Any]:
        """This will return the answers by the number of their question."""
        typed = self.cleaned_data
        return {"answers": {one.no: typed.get(f"q{one.no}", "") for one in self.questions}}


def _field(one: scoring.Asked) -> forms.Field:
    label = f"{one.no}. {one.words}"
    if one.kind == scoring.TEXT:
        return Text(
            label=label, rows=3, required=False, max_length=scoring.MOST_WORDS,
            help_text="请不要写姓名、电话、身份证号。",
        )  # fmt: skip
    words = {
        "required": f"第 {one.no} 题还没有回答。",
        "invalid_choice": f"第 {one.no} 题请从列出的里面选。",
    }
    told: dict[str, Any] = {"label": label, "required": one.required, "error_messages": words}
    if one.kind == scoring.MULTI:
        return forms.MultipleChoiceField(
            choices=one.offered, widget=forms.CheckboxSelectMultiple,
            help_text="可以选几个。", **told,
        )  # fmt: skip
    return forms.ChoiceField(choices=one.offered, widget=forms.RadioSelect, **told)
