"""What is typed about stationing, joining, windows and departments. Shape only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from yike.doors.desk import choices
from yike.doors.desk.changing import Of
from yike.doors.desk.forms.people import offer
from yike.doors.desk.forms.providers import day, kind_choices, many, pairs, supplies
from yike.doors.desk.forms.stations import read_hours
from yike.doors.kit.forms import Text
from yike.rooms.places import kinds as place_kinds
from yike.rooms.providers import kinds

_PLATFORMS = [("hotline", kinds.PLATFORMS["hotline"]), ("web", kinds.PLATFORMS["web"])]


class Plan(Of):
    """An institution that should be stationed somewhere."""

    institution_id = forms.ChoiceField(label="机构")
    where = forms.ChoiceField(label="平台或站点")
    way = forms.ChoiceField(label="进驻方式", choices=list(kinds.WAYS.items()))
    planned_on = day("计划进驻日期")

    def offer(self) -> None:
        """This will offer institutions, the two platforms and the stations."""
        offer(self, "institution_id", choices.institutions())
        offer(self, "where", [("", "请选择"), *_PLATFORMS, *choices.stations(blank="")[1:]])

    def told(self) -> dict[str, Any]:
        """This will return what the room's action takes."""
        told = dict(self.cleaned_data)
        where = told.pop("where")
        station = where not in kinds.PLATFORMS
        return told | {
            "institution_id": UUID(told["institution_id"]),
            "platform": "station" if station else where,
            "place_id": UUID(where) if station else None,
            "region_code": choices.county(),
        }


class Begin(Of):
    """It came true: since when, and for a hall's window by which agreement."""

    from_on = day("从哪天起", hint="不填就是今天。")
    agreement_no = Text(label="进驻协议编号", max_length=60, required=False)
    agreement_until = day("协议到期日", hint="到这一天不再有效。")
    window_no = Text(label="窗口号", max_length=20, required=False)
    queue_code = Text(
        label="叫号业务编码",
        max_length=20,
        required=False,
        help_text="大厅叫号机上的编码。",
    )
    co_duty = forms.BooleanField(label="与大厅同岗值守", required=False)


class Explain(Of):
    """Why it did not come true."""

    reason_code = forms.ChoiceField(label="为什么", choices=list(kinds.NOT_STATIONED.items()))
    reason = Text(label="说明", max_length=200, required=False)


class End(Of):
    """Leaving a platform, or taken off the plan."""

    ended_on = day("从哪天起", hint="不填就是今天。")
    reason = Text(label="原因", max_length=200)


class Apply(Of):
    """An institution that wants to join."""

    name = Text(label="机构名称", max_length=100)
    kind = forms.ChoiceField(label="类别", choices=list(kinds.INSTITUTION_KINDS.items()))
    uscc = Text(label="统一社会信用代码", max_length=18, required=False)
    region_code = forms.ChoiceField(label="服务区划")
    address = Text(label="地址", max_length=200, required=False)
    phone = Text(label="公开电话", max_length=40, required=False)
    offers = many("申请提供的服务和方式")

    def offer(self) -> None:
        """This will offer places and services."""
        offer(self, "region_code", choices.places())
        offer(self, "offers", supplies())

    def told(self) -> dict[str, Any]:
        """This will return what the room's action takes."""
        return dict(self.cleaned_data) | {"offers": pairs(self.cleaned_data["offers"])}


class Sign(Of):
    """The agreement with an institution."""

    agreement_no = Text(label="协议编号", max_length=60)
    agreement_from = day("协议起", required=True)
    agreement_until = day("协议止", hint="到这一天不再有效；长期就不填。")


class Paper(Of):
    """A licence that was shown."""

    kind = Text(label="证照名称", max_length=60)
    number = Text(label="证照编号", max_length=60)
    issuer = Text(label="发证机关", max_length=100, required=False)
    valid_from = day("有效期起", required=True)
    valid_until = day("有效期止", hint="到这一天不再有效；长期有效就不填。")


class CheckPaper(Of):
    """What came of comparing a licence with its issuer's register."""

    paper_id = forms.TypedChoiceField(label="哪份证照", coerce=int)
    passed = forms.TypedChoiceField(
        label="核验结果", choices=[("yes", "相符，通过"), ("no", "不通过")],
        coerce=lambda typed: typed == "yes",
    )  # fmt: skip
    remark = Text(label="说明", max_length=200, required=False, help_text="不通过时必填。")

    def offer(self) -> None:
        """This will offer the licences shown."""
        rows = self.about.papers if self.about else ()
        offer(self, "paper_id", [(str(row.id), f"{row.kind} {row.number}") for row in rows])


class Sure(Of):
    """A deed that needs nothing but a press."""


class Activate(Of):
    """An institution enters the register."""

    code = Text(label="机构编码", max_length=40, help_text="名录里的编码，例如 XS-LS-05")


class Reason(Of):
    """A reason, and nothing else."""

    reason = Text(label="原因", max_length=200)


class LeaveOn(Of):
    """An institution that leaves."""

    ended_on = day("从哪天起", hint="不填就是今天。进驻同时结束，不再承办工单。")
    reason = Text(label="退出原因", max_length=200)


class SpaceFacts(Of):
    """A window or a room of a station."""

    name = Text(label="名称", max_length=100)
    institution_id = forms.ChoiceField(label="由谁驻点", required=False)
    services = many("办理服务")
    hours = Text(
        label="开放时间", rows=4, required=False,
        help_text="一行一天，例如“一 08:30-12:00 14:00-17:30”；不填就跟站点一样。",
    )  # fmt: skip
    seats = forms.IntegerField(label="座位数", min_value=0, max_value=1000, required=False)
    equipment = Text(label="设备", max_length=200, required=False)
    queue_code = Text(label="叫号业务编码", max_length=20, required=False)

    def offer(self) -> None:
        """This will offer institutions and services."""
        offer(self, "institution_id", choices.institutions(blank="站点自己"))
        offer(self, "services", list(kinds.SERVICES.items()))

    def clean_hours(self) -> Any:
        """This will read the hours, one day in each line."""
        try:
            found = read_hours(self.cleaned_data["hours"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return {day: spans for day, spans in found.items() if spans}

    def told(self) -> dict[str, Any]:
        """This will return what the register's action takes."""
        house = self.cleaned_data["institution_id"]
        return dict(self.cleaned_data) | {
            "institution_id": UUID(house) if house else None,
            "seats": self.cleaned_data["seats"] or 0,
        }


class Space(SpaceFacts):
    """A window or a room that is new."""

    station_id = forms.ChoiceField(label="站点")
    code = Text(label="编码", max_length=40)
    kind = forms.ChoiceField(label="类型", choices=list(place_kinds.SPACES.items()))

    field_order = ("station_id", "kind", "code", "name")

    def offer(self) -> None:
        """This will offer the stations as well."""
        super().offer()
        offer(self, "station_id", choices.stations())

    def told(self) -> dict[str, Any]:
        """This will return what the register's action takes."""
        return super().told() | {"station_id": UUID(self.cleaned_data["station_id"])}


class SpaceStatus(Of):
    """Open, paused or closed for good."""

    status = forms.ChoiceField(label="状态", choices=list(place_kinds.SPACE_STATUSES.items()))
    reason = Text(label="原因", max_length=200, required=False, help_text="暂停或撤销时必填。")


class Charge(Of):
    """A department in charge of a kind."""

    kind = forms.ChoiceField(label="资源类别")
    department = Text(label="职能科室", max_length=60, help_text="例如 公共法律服务管理科")
    account_id = forms.ChoiceField(label="责任人", required=False)
    period = forms.ChoiceField(label="更新周期", choices=list(kinds.PERIODS.items()))
    grace_days = forms.IntegerField(label="期后几天内签核", min_value=0, max_value=31, initial=5)
    from_on = day("从哪天起", hint="不填就是今天。")

    def offer(self) -> None:
        """This will offer the nine kinds and the people of the bureau."""
        offer(self, "kind", kind_choices())
        rows = list(self.about) if self.about else []
        offer(self, "account_id", [("", "没有指定"), *rows])

    def told(self) -> dict[str, Any]:
        """This will return what the room's action takes."""
        account = self.cleaned_data["account_id"]
        return dict(self.cleaned_data) | {
            "account_id": UUID(account) if account else None,
            "region_code": choices.county(),
        }


class Remark(Of):
    """What was found when a kind was brought up to date."""

    remark = Text(label="更新情况", max_length=500, required=False)
