"""Which consultations somebody wants to see. Shape only."""

from __future__ import annotations

from typing import Any

from django import forms

from yike.doors.desk import choices
from yike.doors.desk.forms.people import offer
from yike.doors.kit.forms import Form
from yike.rooms.matters import codes
from yike.rooms.matters.queries import records

_DAY = {"type": "date"}


class Consultations(Form):
    """The sides of a consultation, each may be left open."""

    demand_type = forms.ChoiceField(label="性质", required=False)
    form = forms.ChoiceField(label="形式", required=False)
    town_code = forms.ChoiceField(label="乡镇（街道）", required=False)
    category = forms.ChoiceField(label="法律类别", required=False)
    person_category = forms.ChoiceField(label="人员类别", required=False)
    answerer = forms.UUIDField(required=False, widget=forms.HiddenInput)
    since = forms.DateField(
        label="从哪天起", required=False, widget=forms.DateInput(attrs=_DAY),
        help_text="不填就是最近三十天。",
    )  # fmt: skip
    until = forms.DateField(label="到哪天", required=False, widget=forms.DateInput(attrs=_DAY))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "demand_type", choices.of(codes.DEMAND_TYPES, blank="所有"))
        if not self.is_bound:
            self.initial["demand_type"] = "1"
        forms_ = ((code, name) for code, (name, _) in records.FORMS.items())
        offer(self, "form", choices.of(forms_, blank="所有"))
        offer(self, "town_code", choices.towns(blank="全县"))
        offer(self, "category", choices.categories(blank="所有"))
        offer(self, "person_category", choices.of(codes.PERSON_CATEGORIES, blank="所有"))
