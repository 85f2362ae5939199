"""Shapes of what the director asks for: a day, and the filters behind a figure."""

from __future__ import annotations

from django import forms


class DayForm(forms.Form):
    """Which day the wall shows."""

    day = forms.DateField(required=False)


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
    opened_from = forms.DateField(required=False)
    opened_until = forms.DateField(required=False)
    closed_on = forms.DateField(required=False)
