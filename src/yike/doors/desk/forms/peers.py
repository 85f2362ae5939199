"""What is typed about platforms that read our layers. Shape only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from yike.doors.desk import choices
from yike.doors.desk.forms.people import offer
from yike.doors.kit.forms import Boxes, Form, Text
from yike.rooms.core.actor import Actor
from yike.rooms.exchange import layers, point_files
from yike.rooms.exchange.comparing import COMPARED
from yike.rooms.exchange.peer_pages import LayerAsked
from yike.rooms.people import queries as people_queries
from yike.rooms.people.actions.api_keys import LAYERS


class NewPeer(Form):
    """Another platform's map: its name, the key it reads by, where it is called."""

    name = Text(label="对方平台", max_length=60, help_text="例如：县发改局空间治理地图。")
    key_id = forms.ChoiceField(
        label="对方读取用的密钥",
        help_text="只列出可以读取地图图层的密钥；对方看到密钥区划内的点位。",
    )
    url = Text(
        label="推送地址", max_length=500, required=False,
        help_text="以 https:// 开头，由对方给出。不填就只供读取；已登记过的也不填。",
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = people_queries.api_keys(actor=actor)
        good = [(str(one.id), one.name) for one in keys if one.active and LAYERS in one.scopes]
        offer(self, "key_id", choices.of(good, blank="请选择"))

    def told(self) -> dict[str, Any]:
        """This will return what the action takes."""
        return dict(self.cleaned_data) | {"key_id": UUID(self.cleaned_data["key_id"])}


class TheirAddress(Form):
    """From where the platform's own list is read."""

    url = Text(
        label="对方清单的地址", max_length=500, required=False,
        help_text="OGC API – Features 的图层地址，以 https:// 开头，例如 …/collections/stations。"
        "清空就不再取。",
    )  # fmt: skip
    layer = forms.ChoiceField(
        label="和我们的哪个图层比",
        choices=[(one, layers.LAYERS_BY_ID[one].title) for one in COMPARED],
    )
    crs = forms.ChoiceField(label="坐标系", choices=choices.of(point_files.SYSTEMS))
    metres = forms.IntegerField(
        label="位置允许相差（米）", initial=100, min_value=1, max_value=10_000
    )


class Fields(Form):
    """Which fields of a layer the platform is told of."""

    fields_ = forms.MultipleChoiceField(
        label="推送哪些字段", required=False, widget=Boxes,
        help_text="这些字段变了才推送；编码、名称和坐标总是带上。一个都不勾就是不再订阅。",
    )  # fmt: skip

    def __init__(self, *args: Any, asked: LayerAsked, **kwargs: Any) -> None:
        super().__init__(*args, initial={"fields_": list(asked.chosen)}, **kwargs)
        offer(self, "fields_", list(asked.fields))

    def told(self) -> dict[str, Any]:
        """This will return what the action takes."""
        return {"fields": self.cleaned_data["fields_"]}


class Codes(Form):
    """The table of codes, a line each."""

    text = Text(
        label="代码对照", rows=16, strip=False, max_length=100_000,
        help_text="一行一条：种类,本平台代码,对方代码。可以从表格里复制粘贴。对方代码空着就是还没有对照。",
    )  # fmt: skip
