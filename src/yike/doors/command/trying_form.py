"""What may be changed in the stations of a run. Shape only: the room decides."""

from __future__ import annotations

from math import isfinite
from typing import Any

from django import forms

from yike.doors.kit.forms import Form, Text
from yike.rooms.reach.queries import RunPage, RunStations
from yike.rooms.reach.scenarios import Edit

Point = tuple[float, float]
_TIME = {"type": "time"}


class RunForm(forms.Form):
    """On which run something is tried."""

    run = forms.UUIDField()


class TryForm(Form):
    """A station more, fewer, elsewhere, at other hours; `moved` is written by the map."""

    add_name = Text(label="新站点名称", max_length=60, required=False)
    add_lon = forms.FloatField(label="新站点经度", required=False)
    add_lat = forms.FloatField(label="新站点纬度", required=False)
    move = forms.ChoiceField(label="移动哪个站点", required=False)
    move_lon = forms.FloatField(label="移到经度", required=False)
    move_lat = forms.FloatField(label="移到纬度", required=False)
    close = forms.ChoiceField(label="停用哪个站点", required=False)
    hours = forms.ChoiceField(label="改哪个站点当天的开放时间", required=False)
    opens = forms.TimeField(label="开门", widget=forms.TimeInput(attrs=_TIME), required=False)
    closes = forms.TimeField(label="关门", widget=forms.TimeInput(attrs=_TIME), required=False)
    moved = forms.CharField(max_length=8000, required=False, widget=forms.HiddenInput)
    name = Text(label="方案名称", max_length=80, required=False)

    def __init__(
        self, *args: Any, held: RunPage | RunStations, naming: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._known = dict(held.stations)
        for name, blank in (("move", "不移动"), ("close", "不停用"), ("hours", "不改")):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", blank), *held.stations]
        if not held.timed:
            for name in ("hours", "opens", "closes"):
                del self.fields[name]
        self.fields["name"].required = naming

    def clean_moved(self) -> dict[str, Point]:
        """This will return where stations were dragged to: `id,lon,lat;id,lon,lat`."""
        try:
            return _places(self.cleaned_data["moved"], self._known)
        except ValueError:
            raise forms.ValidationError("地图写下的位置不完整，请重新拖动。") from None

    def clean(self) -> dict[str, Any]:
        """This will ask for what belongs together."""
        said = super().clean() or {}
        if (said.get("add_lon") is None) != (said.get("add_lat") is None):
            self.add_error("add_lat", "新站点的经度和纬度要一起写。")
        if said.get("move_lon") is not None and not said.get("move"):
            self.add_error("move", "请选择移动哪个站点。")
        if said.get("hours") and not (said.get("opens") and said.get("closes")):
            self.add_error("opens", "请写开门和关门的时间。")
        return said

    def elsewhere(self) -> dict[str, Point]:
        """This will return where stations were moved to, by the map or by typing."""
        if not self.is_bound or not self.is_valid():
            return {}
        said = self.cleaned_data
        typed = said["move"] and said["move_lon"] is not None and said["move_lat"] is not None
        by_hand = {said["move"]: (said["move_lon"], said["move_lat"])} if typed else {}
        dragged: dict[str, Point] = said["moved"]
        return dragged | by_hand

    def edits(self) -> list[Edit]:
        """This will return what is changed; what is closed is not moved as well."""
        said, closed = self.cleaned_data, self.cleaned_data["close"]
        edits = [Edit(do="close", station=closed)] if closed else []
        moved = self.elsewhere().items()
        edits += [Edit(do="move", station=one, point=at) for one, at in moved if one != closed]
        if said.get("hours"):
            periods = ((_minute(said["opens"]), _minute(said["closes"])),)
            edits.append(Edit(do="hours", station=said["hours"], periods=periods))
        if said["add_lon"] is not None:
            point = (said["add_lon"], said["add_lat"])
            edits.append(Edit(do="add", name=said["add_name"] or "新站点", point=point))
        return edits


def _places(said: str, known: dict[str, str]) -> dict[str, Point]:
    found = {}
    for one in filter(None, said.split(";")):
        ref, lon, lat = one.split(",")
        point = float(lon), float(lat)
        if ref not in known or not all(map(isfinite, point)):
            raise ValueError(one)
        found[ref] = point
    return found


def _minute(at: Any) -> int:
    return int(at.hour) * 60 + int(at.minute)
