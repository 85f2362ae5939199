"""What a citizen tells who looks for help near by: where, for what, and how narrow."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from yike.doors.kit.forms import Form, Text
from yike.doors.portal.county import county
from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.core.refusal import NotFound
from yike.rooms.matters.guide import ITEMS_OF, NEEDS, SORTS, Asked, need_of
from yike.rooms.providers import kinds
from yike.rooms.regions import codes
from yike.rooms.regions import queries as regions_queries

Choices = list[tuple[str, Any]]


class NearForm(Form):
    """Where somebody is, what they need, and which points they want to see."""

    name = Text(
        label="村、社区或乡镇的名字", required=False, max_length=40,
        help_text="例如：金屏社区。只写名字就行。",
    )  # fmt: skip
    place = forms.ChoiceField(label="或者从列表里选", required=False)
    need = forms.ChoiceField(
        label="您要办什么", required=False, choices=[("", "先看看附近有什么"), *NEEDS.items()]
    )
    item = forms.ChoiceField(label="具体哪一项", required=False)
    sort = forms.ChoiceField(
        label="看哪一种地方", required=False, choices=[("", "都看"), *SORTS.items()]
    )
    service = forms.ChoiceField(
        label="能给哪种服务", required=False, choices=[("", "不限"), *kinds.SERVICES.items()]
    )
    open = forms.BooleanField(label="只看现在开着的", required=False)
    free = forms.BooleanField(label="只看不收费的", required=False)
    lon = forms.FloatField(required=False, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, widget=forms.HiddenInput)

    def __init__(self, told: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(told, **kwargs)
        place, need = (told.get("place", ""), told.get("need", "")) if told else ("", "")
        _offer(self, "place", [("", "请选乡镇，选好以后还可以选村"), *_places(place)])
        _offer(self, "item", [("", "请选一项"), *_items(need)])
        self.fields["item"].widget.attrs["form"] = "form"  # it stands beside the answer

    def asked(self, most: int) -> Asked:
        """This will return the wish as the room takes it."""
        told = self.cleaned_data
        return Asked(
            need=told["need"], item=told["item"], place=told["place"], name=told["name"],
            lon=told["lon"], lat=told["lat"], sort=told["sort"], service=told["service"],
            open_only=told["open"], free_only=told["free"], most=most,
        )  # fmt: skip


def read(told: QueryDict) -> QueryDict:
    """This will keep the one answer to "where" that was given last.

    A position is used when it was just told or nothing else is; what is picked or typed wins over
    what the page still held.
    """
    data = told.copy()
    if pick := str(told.get("pick", "")):
        data["place"], data["name"] = pick, ""
    if told.get("by") == "position":
        data["place"] = data["name"] = ""
    elif data.get("place") or data.get("name"):
        data["lon"] = data["lat"] = ""
    if data.get("item") and not data.get("need"):
        data["need"] = _need_of(str(data["item"]))
    if data.get("item") and data["item"] not in dict(_items(str(data.get("need", "")))):
        data["item"] = ""
    return data


def settled(data: QueryDict, place: str) -> QueryDict:
    """This will put the place that a typed name meant in its stead, so that both never differ."""
    if not data.get("name") or not place:
        return data
    kept = data.copy()
    kept["name"], kept["place"] = "", place
    return kept


def _offer(form: Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def _places(place: str) -> Choices:
    """The towns; above them the villages of the town that is chosen already."""
    towns = regions_queries.towns_of(county())
    chosen = codes.at_level(place, "town") if codes.is_code(place) else ""
    town = next((one for one in towns if one.code == chosen), None)
    rows = [(one.code, one.name) for one in towns]
    if town is None:
        return rows
    villages = [(one.code, one.name) for one in regions_queries.villages_of(town.code)]
    own = [(town.code, f"{town.name}（不选村）")]
    others = [row for row in rows if row[0] != town.code]
    return [(f"{town.name}的村和社区", own + villages), ("别的乡镇和街道", others)]


def _items(need: str) -> list[tuple[str, str]]:
    if need not in NEEDS:
        return []
    return [(one.code, one.name) for one in catalogue_queries.items(kind=ITEMS_OF[need])]


def _need_of(item: str) -> str:
    try:
        return need_of(catalogue_queries.item(item).kind)
    except NotFound:
        return ""
