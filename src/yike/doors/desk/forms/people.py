"""What administrators type about accounts, permissions and keys. Shape only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from yike.doors.desk import choices
from yike.doors.kit.forms import Form, Text
from yike.rooms.people import roles
from yike.rooms.people.actions.api_keys import SCOPES, USUAL

LEVELS = [("0", "公开"), ("1", "内部"), ("2", "敏感"), ("3", "私密")]


def offer(form: forms.Form, name: str, offered: choices.Choices) -> None:
    """This will give a choice field the rows it offers."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = offered


class NewAccount(Form):
    """A new account, without any role yet."""

    username = Text(
        label="用户名", max_length=40, help_text="小写字母、数字、点或短横线，2 到 40 位。"
    )
    display_name = Text(label="姓名", max_length=40)
    password = forms.CharField(
        label="首次登录密码", max_length=256, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="当面告诉本人；第一次登录必须改掉。",
    )  # fmt: skip


class Reason(Form):
    """Only why."""

    reason = Text(label="原因", max_length=200)


class NewGrant(Form):
    """A role, where, up to which secrecy level, until when, why."""

    role = forms.ChoiceField(label="角色", choices=choices.of(roles.CHOICES, blank="请选择"))
    org = forms.ChoiceField(
        label="所在机构", required=False, help_text="管理员和审计员不属于办事机构，不填。"
    )
    region_code = forms.ChoiceField(label="看哪个区划", required=False)
    level = forms.TypedChoiceField(label="看到哪一级", coerce=int, choices=LEVELS, initial="1")
    until = forms.DateTimeField(
        label="到什么时候为止", required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M"],
    )  # fmt: skip
    reason = Text(label="授权原因", max_length=200, help_text="例如：调任石浦司法所，见某号文。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "org", choices.institutions(blank="不属于机构"))
        offer(self, "region_code", choices.places(blank="不按区划看"))

    def told(self) -> dict[str, Any]:
        """This will return what the room's action takes."""
        org = self.cleaned_data["org"]
        return dict(self.cleaned_data) | {"org": UUID(org) if org else None}


class NewKey(Form):
    """Another platform's key."""

    name = Text(label="平台名称", max_length=60)
    org = forms.ChoiceField(label="代表哪个机构", required=False)
    region_code = forms.ChoiceField(label="可以提交哪个区划的诉求")
    scopes = forms.MultipleChoiceField(
        label="可以做什么", choices=list(SCOPES.items()), initial=list(USUAL),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    per_minute = forms.IntegerField(label="每分钟最多多少次", initial=60)
    networks = Text(
        label="只许从哪些网络来",
        max_length=400,
        required=False,
        help_text="例如 10.2.0.0/16，多个用逗号分开；不填表示不限。",
    )
    until = forms.DateTimeField(
        label="到什么时候为止", required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M"],
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "org", choices.institutions(blank="不代表本县机构"))
        offer(self, "region_code", choices.places())

    def told(self) -> dict[str, Any]:
        """This will return what the room's action takes."""
        org = self.cleaned_data["org"]
        listed = self.cleaned_data["networks"].replace("，", ",").split(",")
        networks = [one.strip() for one in listed if one.strip()]
        return dict(self.cleaned_data) | {"org": UUID(org) if org else None, "networks": networks}


class NewDevice(Form):
    """A kiosk or window computer."""

    name = Text(label="设备名称", max_length=60, help_text="例如：石浦司法所 1 号窗口电脑。")
    org = forms.ChoiceField(label="所在机构", required=False)
    station = forms.ChoiceField(label="所在站点", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "org", choices.institutions(blank="不属于机构"))
        offer(self, "station", choices.stations(blank="不在站点"))

    def told(self) -> dict[str, Any]:
        """This will return what the room's action takes."""
        told = self.cleaned_data
        places = {name: UUID(told[name]) if told[name] else None for name in ("org", "station")}
        return {"name": told["name"], **places}


class Emergency(Form):
    """Why one must see what is closed to one now, and for how long."""

    reason = Text(
        label="为什么必须现在看", max_length=200, rows=3,
        help_text="写明险情和对象，至少十个字。会通知安全管理员，事后逐次复核。",
    )  # fmt: skip
    minutes = forms.IntegerField(label="多少分钟", initial=60, help_text="5 到 240 分钟。")


class Review(Form):
    """What security found."""

    review = Text(label="复核意见", max_length=200)
