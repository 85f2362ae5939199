"""Where something stands, as typed: numbers, their system, how they were found. Shape only."""

from __future__ import annotations

from typing import Any

from django import forms

from yike.doors.kit.forms import Form, Text
from yike.rooms.places.origins import SYSTEMS, WAYS, Origin

#: ways a person can tell; a file tells its own
_WAYS = [
    ("", WAYS["typed"]), ("map", WAYS["map"]), ("device", WAYS["device"]), ("address", "按地址查找")
]  # fmt: skip
#: the order of its inputs on a page
ORDER = ("lon", "lat", "crs", "way", "accuracy", "looked_at", "point_reason")


class PointForm(Form):
    """A point as typed."""

    lon = forms.FloatField(label="经度", required=False, help_text="例如 121.8696")
    lat = forms.FloatField(label="纬度", required=False, help_text="例如 29.4766")
    crs = forms.ChoiceField(label="坐标系", required=False, choices=list(SYSTEMS.items()))
    way = forms.ChoiceField(
        label="位置怎么得到的", required=False, choices=_WAYS,
        help_text="在地图上点选、用设备定位时会自动填好。",
    )  # fmt: skip
    accuracy = forms.FloatField(
        label="误差（米）", required=False, min_value=0, help_text="知道才填，例如设备给出的误差。"
    )
    looked_at = forms.BooleanField(
        label="在地图上核对过，就是这里", required=False,
        help_text="位置是按地址找到的，必须核对后勾选。",
    )  # fmt: skip
    point_reason = Text(
        label="位置有提醒时，仍要保存的理由", max_length=200, required=False,
        help_text="系统对位置有疑问时会先问；确实无误，写明理由再保存。",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """This will refuse half a point."""
        told = super().clean() or self.cleaned_data
        half = {"lon", "lat"} - set(self.errors)
        if len(half) == 2 and (told.get("lon") is None) != (told.get("lat") is None):
            missing = "lon" if told.get("lon") is None else "lat"
            self.add_error(missing, "经度和纬度要一起填写。")
        return told

    def told(self) -> dict[str, Any]:
        """This will return the point and where it comes from, as the register wants them."""
        told = dict(self.cleaned_data)
        lon, lat = told.pop("lon"), told.pop("lat")
        way, metres, seen = told.pop("way"), told.pop("accuracy"), told.pop("looked_at")
        told["point"] = (lon, lat) if lon is not None and lat is not None else None
        told["origin"] = Origin(way=way, accuracy_m=metres, looked_at=seen)
        return told | {"crs": told["crs"] or "wgs84"}
