"""Shapes of what security tells about other systems."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from yike.doors.desk import choices
from yike.doors.desk.forms.people import offer
from yike.doors.kit.forms import Form, Text
from yike.rooms.core.actor import Actor
from yike.rooms.notices import link_kinds
from yike.rooms.people import queries as people_queries
from yike.rooms.people import roles

_APART = frozenset(code for code, role in roles.ROLES.items() if role.apart)


class NewOffice(Form):
    """An office's own system that is told of to-dos."""

    name = Text(label="名称", max_length=60, help_text="例如：县司法局钉钉派单群。")
    preset = forms.ChoiceField(
        label="格式", choices=[(one.code, one.name) for one in link_kinds.PRESETS.values()]
    )
    url = Text(label="推送地址", max_length=500, help_text="以 https:// 开头，由对方系统给出。")
    region_code = forms.ChoiceField(label="推送哪个区划的待办")
    events_wanted = forms.MultipleChoiceField(
        label="推送哪些事件", choices=list(link_kinds.EVENTS.items()),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    roles_wanted = forms.MultipleChoiceField(
        label="推送哪些岗位的待办",
        choices=[one for one in roles.CHOICES if one[0] not in _APART],
        widget=forms.CheckboxSelectMultiple,
    )
    break_days = forms.IntegerField(
        label="连续失败几天后停止推送", initial=3, min_value=1, max_value=30
    )
    secret = Text(
        label="对方给的密钥", max_length=200, required=False,
        help_text="钉钉加签的 SEC…、浙政钉的 App Secret；通用格式不填，由本平台生成。",
    )  # fmt: skip
    app_key = Text(label="浙政钉 App Key", max_length=200, required=False)
    tenant = Text(label="浙政钉租户编号", max_length=200, required=False)
    receivers = Text(
        label="浙政钉部门编码", max_length=200, required=False, help_text="多个用英文逗号分开。"
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "region_code", choices.places())


class NewPlatform(Form):
    """Where the platform that fed matters is told how they go on."""

    name = Text(label="名称", max_length=60, help_text="例如：安徽法律服务网回告。")
    key_id = forms.ChoiceField(label="哪个平台（密钥）")
    url = Text(label="回告地址", max_length=500, help_text="以 https:// 开头，由对方平台给出。")
    break_days = forms.IntegerField(
        label="连续失败几天后停止回告", initial=3, min_value=1, max_value=30
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [one for one in people_queries.api_keys(actor=actor) if one.active]
        self._regions = {str(one.id): one.region_code for one in keys}
        listed = choices.of(((str(one.id), one.name) for one in keys), blank="请选择")
        offer(self, "key_id", listed)

    def told(self) -> dict[str, Any]:
        """This will return what the room's action takes."""
        key = self.cleaned_data["key_id"]
        return dict(self.cleaned_data) | {"key_id": UUID(key), "region_code": self._regions[key]}
