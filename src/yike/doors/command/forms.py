"""Shapes of what the director asks for: a day, and the filters behind a figure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from yike.doors.kit.forms import Form, Text

Choices = list[tuple[str, str]]


class Day(forms.DateField):
    """A day in this house's time; outside it every figure is nought and date sums overflow."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            validators=[MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2199, 12, 31))],
        )


class DayForm(forms.Form):
    """Which day the wall shows."""

    day = Day()


class FilterForm(forms.Form):
    """The filters of a list; unknown ones are not passed on."""

    town = forms.RegexField(r"^\d{12}$", required=False)
    category = forms.CharField(max_length=10, required=False)
    demand_type = forms.CharField(max_length=2, required=False)
    door = forms.CharField(max_length=20, required=False)
    channel = forms.CharField(max_length=4, required=False)
    state = forms.CharField(max_length=4, required=False)
    holder_org = forms.UUIDField(required=False)
    level = forms.ChoiceField(
        choices=[(one, one) for one in ("county", "town", "village")], required=False
    )
    only = forms.CharField(max_length=12, required=False)
    opened_from = Day()
    opened_until = Day()
    closed_on = Day()


class MoveForm(Form):
    """Orders that are given to another office at once (线上调度)."""

    references = forms.MultipleChoiceField(label="工单")
    to_org = forms.ChoiceField(label="改派给")
    reason = Text(label="原因", max_length=500, help_text="原单位、接收单位和留痕里都看得到。")

    def __init__(self, *args: Any, references: Sequence[str], orgs: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["references"].choices = [(one, one) for one in references]  # type: ignore[attr-defined]
        self.fields["to_org"].choices = [("", "请选择单位"), *orgs]  # type: ignore[attr-defined]

    def clean_to_org(self) -> UUID:
        """This will return the institution's id."""
        return UUID(self.cleaned_data["to_org"])


class BroadcastForm(Form):
    """A message to institutions."""

    kinds = forms.MultipleChoiceField(label="发给哪些单位", widget=forms.CheckboxSelectMultiple)
    words = Text(label="内容", rows=3, max_length=500)

    def __init__(self, *args: Any, kinds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = kinds  # type: ignore[attr-defined]
