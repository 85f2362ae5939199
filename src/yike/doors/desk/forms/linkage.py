"""What is typed with an upload of points or another platform's list. Shape only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from yike.doors.desk import choices
from yike.doors.desk.forms.people import offer
from yike.doors.kit.forms import Form, Text
from yike.rooms.core.actor import Actor
from yike.rooms.exchange import layers, peer_pages, point_files
from yike.rooms.exchange.comparing import COMPARED
from yike.rooms.places.upkeep import FACILITIES

_FILE = (
    "CSV 或 GeoJSON（UTF-8 或 GBK 编码）、GeoPackage（.gpkg），或打成一个 zip 的 Shapefile；"
    "不超过 5 MB、5000 个点。"
)


class Points(Form):
    """A file of points with its category and how its coordinates are written."""

    file = forms.FileField(label="数据文件", help_text=_FILE)
    facility = forms.ChoiceField(label="类别", choices=choices.of(FACILITIES))
    crs = forms.ChoiceField(label="坐标系", choices=choices.of(point_files.SYSTEMS))
    note = Text(
        label="说明", max_length=200, required=False, help_text="例如：三季度新增站点，见某号文。"
    )
    sure = forms.BooleanField(label="已在地图上核对过坐标和重复提示", required=False)

    def told(self) -> dict[str, Any]:
        """This will return what the action takes; the file was read before."""
        told = self.cleaned_data
        return {name: told[name] for name in ("facility", "crs", "note", "sure")} | {
            "file_name": told["file"].name
        }


class TheirList(Form):
    """Another platform's list of points, to be set beside ours."""

    peer_id = forms.ChoiceField(
        label="已登记的对接平台", required=False,
        help_text="选了以后，报告里也列出没有被接收的推送和没有对照的代码。",
    )  # fmt: skip
    name = Text(
        label="对方平台的名称", max_length=60, required=False,
        help_text="没有登记过的写在这里，例如：县发改局空间治理地图。",
    )  # fmt: skip
    file = forms.FileField(label="对方的清单", help_text=_FILE)
    layer = forms.ChoiceField(
        label="图层", choices=[(one, layers.LAYERS_BY_ID[one].title) for one in COMPARED]
    )
    crs = forms.ChoiceField(label="坐标系", choices=choices.of(point_files.SYSTEMS))
    metres = forms.IntegerField(
        label="位置允许相差（米）", initial=100, min_value=1, max_value=10_000
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = peer_pages.peers(actor, choices.county())
        listed = choices.of(((str(one.id), one.name) for one in known), blank="没有登记")
        offer(self, "peer_id", listed)

    def told(self) -> dict[str, Any]:
        """This will return what the action takes; the file was read before."""
        told = self.cleaned_data
        return {name: told[name] for name in ("name", "layer", "crs", "metres")} | {
            "file_name": told["file"].name,
            "peer_id": UUID(told["peer_id"]) if told["peer_id"] else None,
        }
