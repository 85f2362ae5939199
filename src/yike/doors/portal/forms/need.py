"""What a citizen types who looks for help by need, or says that a page is wrong."""

from __future__ import annotations

from typing import Any

from django import forms

from yike.doors.kit.forms import Form, Text
from yike.doors.portal.county import county
from yike.rooms.matters.guide import NEEDS
from yike.rooms.providers import corrections
from yike.rooms.regions import queries as regions_queries

PRICES = {"": "都看", "free": "只看免费的", "paid": "只看收费的"}


class NeedForm(Form):
    """Which need, from where, open now, free or paid."""

    kind = forms.ChoiceField(label="我要", choices=list(NEEDS.items()))
    place = forms.ChoiceField(label="从哪里去", required=False)
    price = forms.ChoiceField(label="收费", required=False, choices=list(PRICES.items()))
    open = forms.BooleanField(label="只看现在开着的站点", required=False)
    lon = forms.FloatField(required=False, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "不限（不算距离）"), *_places()]


class WrongForm(Form):
    """What is wrong on a page about an institution or a station."""

    wrong = forms.ChoiceField(
        label="哪里不对", choices=list(corrections.WRONGS.items()), widget=forms.RadioSelect
    )
    words = Text(
        label="说说情况", max_length=300, rows=3, required=False,
        help_text="例如：电话是空号，正确的是……。请不要写您自己的姓名、电话和身份证号。",
    )  # fmt: skip


def _places() -> list[tuple[str, list[tuple[str, str]]]]:
    """Towns, each with itself and its villages below it."""
    villages = regions_queries.villages_of(county())
    return [
        (
            town.name,
            [(town.code, town.name)]
            + [(one.code, one.name) for one in villages if one.code.startswith(town.code[:9])],
        )
        for town in regions_queries.towns_of(county())
    ]
