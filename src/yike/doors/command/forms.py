"""Shapes of what the director asks for: a day, and the filters behind a figure."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator


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
    only = forms.CharField(max_length=12, required=False)
    opened_from = Day()
    opened_until = Day()
    closed_on = Day()
