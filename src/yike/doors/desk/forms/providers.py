"""What is typed about those who serve and their institutions. Shape only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from yike.doors.desk import choices
from yike.doors.desk.changing import Of
from yike.doors.desk.forms.people import offer
from yike.doors.kit.forms import Boxes, Text
from yike.rooms.places.origins import SYSTEMS
from yike.rooms.providers import kinds
from yike.rooms.regions import codes


def day(label: str, *, required: bool = False, hint: str = "") -> forms.DateField:
    """This will return a date field with the browser's calendar."""
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=hint,
    )  # fmt: skip


def many(label: str, *, hint: str = "可多选。") -> Any:
    """This will return a field of several choices, each with its own box to tick."""
    return forms.MultipleChoiceField(label=label, required=False, widget=Boxes, help_text=hint)


def words(typed: str) -> list[str]:
    """This will split what was typed at commas, enumeration commas and spaces."""
    return [one for one in re.split(r"[,，、;；\s]+", typed) if one]


def pairs(typed: Iterable[str]) -> list[tuple[str, str]]:
    """This will read "S01:direct" as service and mode."""
    found = (one.partition(":") for one in typed)
    return [(service, mode) for service, _, mode in found]


def supplies() -> choices.Choices:
    """This will return the ten services in each of the six ways."""
    return [
        (f"{service}:{mode}", f"{name}—{way}")
        for service, name in kinds.SERVICES.items()
        for mode, way in kinds.MODES.items()
    ]


def areas() -> choices.Choices:
    """This will return the county and its towns."""
    return [(choices.county(), "全县"), *[row for row in choices.towns() if row[0]]]


def kind_choices() -> choices.Choices:
    """This will return the nine kinds with their codes."""
    return [(code, f"{code} {name}") for code, name in kinds.RESOURCE_KINDS.items()]


class Facts(Of):
    """What may be corrected about a person."""

    title = Text(label="职务", max_length=60, required=False)
    licence_no = Text(label="执业证号", max_length=40, required=False)
    specialties = many("擅长的法律事项")
    languages = Text(
        label="语言和方言", max_length=200, required=False, help_text="例如 普通话、象山话、石浦话"
    )
    areas = many("服务区域", hint="不选就是所在机构的辖区。")
    capacity = forms.IntegerField(
        label="同时承办上限", min_value=0, max_value=1000, required=False,
        help_text="件；0 或不填表示没有登记。",
    )  # fmt: skip
    undertaking_needed = forms.BooleanField(label="上岗前须签服务承诺书", required=False)
    contact_class = forms.ChoiceField(
        label="联系方式公开级别", choices=list(kinds.CONTACT_CLASSES.items())
    )
    phone = Text(label="电话", max_length=40, required=False, help_text="不公开的会密封保存。")
    email = Text(label="邮箱", max_length=100, required=False)

    def offer(self) -> None:
        """This will offer legal matters and towns."""
        offer(self, "specialties", [row for row in choices.categories() if row[0]])
        offer(self, "areas", areas())

    def told(self) -> dict[str, Any]:
        """This will return what the register's action takes; an untouched contact stays."""
        told = dict(self.cleaned_data) | {
            "languages": words(self.cleaned_data["languages"]),
            "capacity": self.cleaned_data["capacity"] or 0,
        }
        if self.about is not None:
            told |= {name: told[name] or None for name in ("phone", "email")}
        return told


class Person(Facts):
    """A person who serves, new in the register."""

    name = Text(label="姓名", max_length=60)
    kind = forms.ChoiceField(label="资源类别")
    institution_id = forms.ChoiceField(label="所在机构")
    active_from = day("任职日期", hint="不填就是今天。")

    field_order = ("name", "kind", "institution_id", "title", "licence_no")

    def offer(self) -> None:
        """This will offer the nine kinds and the county's institutions as well."""
        super().offer()
        offer(self, "kind", kind_choices())
        offer(self, "institution_id", choices.institutions())

    def told(self) -> dict[str, Any]:
        """This will return what the register's action takes."""
        return super().told() | {"institution_id": UUID(self.cleaned_data["institution_id"])}


class Licence(Of):
    """A licence of a person or an institution."""

    kind = Text(label="证照名称", max_length=60, help_text="例如 律师执业证")
    number = Text(label="证照编号", max_length=60)
    issuer = Text(label="发证机关", max_length=100, required=False)
    valid_from = day("有效期起", required=True)
    valid_until = day("有效期止", hint="到这一天不再有效；长期有效就不填。")
    verified_on = day("核验日期", hint="和发证机关的名册核对过的日子。")
    needed = forms.BooleanField(label="执业必备：没有它不能服务", required=False, initial=True)


class Extend(Of):
    """A licence that was prolonged."""

    credential_id = forms.ChoiceField(label="哪份证照")
    valid_until = day("新的有效期止", required=True)
    verified_on = day("核验日期", hint="不填就是今天。")

    def offer(self) -> None:
        """This will offer the licences of whoever it is about."""
        rows = self.about.credentials if self.about else ()
        offer(self, "credential_id", [(str(row.id), f"{row.kind} {row.number}") for row in rows])

    def told(self) -> dict[str, Any]:
        """This will return what the register's action takes."""
        return dict(self.cleaned_data) | {"credential_id": UUID(self.cleaned_data["credential_id"])}


class Suspend(Of):
    """A person who may not serve for a while."""

    from_on = day("从哪天起", hint="不填就是今天。")
    until_on = day("哪天恢复", hint="不知道就不填，恢复时再登记。")
    reason = Text(label="暂停原因", max_length=200)


class Resume(Of):
    """A person who serves again."""

    from_on = day("从哪天起恢复", hint="不填就是今天。")


class Undertake(Of):
    """The undertaking was signed."""

    signed_on = day("签署日期", hint="不填就是今天。")


class Leave(Of):
    """The last day of a person or an institution."""

    closed_on = day("从哪天起", hint="不填就是今天。")
    reason = Text(label="原因", max_length=200)


class Close(Of):
    """Somebody close to a practitioner: kept by blind indexes and a mask only."""

    name = Text(label="姓名", max_length=60)
    relation = Text(label="关系", max_length=20, help_text="例如 配偶、子女、合伙人、委托人")
    id_number = Text(label="身份证件号码", max_length=40, required=False)
    phone = Text(label="电话", max_length=40, required=False)


class Withdraw(Of):
    """A relation that counts no more."""

    relation_id = forms.ChoiceField(label="哪一条")
    reason = Text(label="撤回原因", max_length=200)

    def offer(self) -> None:
        """This will offer the relations in force."""
        rows = self.about.relations if self.about else ()
        offer(
            self, "relation_id",
            [(str(row.id), f"{row.relation} {row.mask}") for row in rows if not row.withdrawn_on],
        )  # fmt: skip

    def told(self) -> dict[str, Any]:
        """This will return what the register's action takes."""
        return dict(self.cleaned_data) | {"relation_id": UUID(self.cleaned_data["relation_id"])}


class Why(Of):
    """The reason of a look."""

    reason = Text(label="查看理由", max_length=200, help_text="会写进留痕。")


class House(Of):
    """What may be corrected about an institution."""

    name = Text(label="名称", max_length=100)
    address = Text(label="地址", max_length=200, required=False)
    phone = Text(label="公开电话", max_length=40, required=False)
    uscc = Text(label="统一社会信用代码", max_length=18, required=False)
    areas = many("服务区域", hint="不选就是它所在的区划。")
    capacity = forms.IntegerField(
        label="同时承办上限", min_value=0, max_value=10000, required=False,
        help_text="件；0 或不填表示没有登记。",
    )  # fmt: skip
    handles_orders = forms.BooleanField(label="承办工单", required=False)
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def offer(self) -> None:
        """This will offer the towns."""
        offer(self, "areas", areas())

    def told(self) -> dict[str, Any]:
        """This will return what the register's action takes."""
        return dict(self.cleaned_data) | {"capacity": self.cleaned_data["capacity"] or 0}


class Place(Of):
    """Where an institution stands, and when it is open."""

    lon = forms.FloatField(label="经度", required=False, help_text="例如 121.8696")
    lat = forms.FloatField(label="纬度", required=False, help_text="例如 29.4766")
    crs = forms.ChoiceField(label="坐标系", required=False, choices=list(SYSTEMS.items()))
    hours = Text(
        label="开放时间", max_length=100, required=False,
        help_text="对外公布的，例如：工作日 8:30-11:30、13:30-17:00。",
    )  # fmt: skip
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """This will refuse half a point."""
        told = super().clean() or self.cleaned_data
        for one, other in (("lon", "lat"), ("lat", "lon")):
            if not self.errors and told.get(one) is None and told.get(other) is not None:
                self.add_error(one, "经度和纬度要一起填写。")
        return told

    def told(self) -> dict[str, Any]:
        """This will return what the register's action takes."""
        told = dict(self.cleaned_data)
        lon, lat = told.pop("lon"), told.pop("lat")
        point = (lon, lat) if lon is not None and lat is not None else None
        return told | {"point": point, "crs": told["crs"] or "wgs84"}


class Supplies(Of):
    """Which services an institution gives, and how."""

    supplies = many("提供的服务和方式")

    def offer(self) -> None:
        """This will offer each service in each way."""
        offer(self, "supplies", supplies())

    def told(self) -> dict[str, Any]:
        """This will return pairs of service and mode."""
        return {"supplies": pairs(self.cleaned_data["supplies"])}


class NameKeepers(Of):
    """Who looks every day, and the deputy."""

    keeper_account = forms.ChoiceField(label="每天查看人")
    deputy_account = forms.ChoiceField(label="替补", required=False)
    from_on = day("从哪天起", hint="不填就是今天。")

    def offer(self) -> None:
        """This will offer the people of the institution, and those of the county's centre."""
        rows = list(self.about.colleagues) if self.about else []
        offer(self, "keeper_account", [("", "请选择"), *rows])
        offer(self, "deputy_account", [("", "没有替补"), *rows])

    def told(self) -> dict[str, Any]:
        """This will return accounts."""
        deputy = self.cleaned_data["deputy_account"]
        return dict(self.cleaned_data) | {
            "keeper_account": UUID(self.cleaned_data["keeper_account"]),
            "deputy_account": UUID(deputy) if deputy else None,
        }


class PeopleFilter(Of):
    """Narrowing the list of those who serve."""

    kind = forms.ChoiceField(label="类别", required=False)
    region = forms.ChoiceField(label="乡镇（街道）", required=False)
    state = forms.ChoiceField(
        label="状态", required=False,
        choices=[("", "全部"), ("fit", "可以服务"), ("unfit", "不能服务"),
                 ("ending", "证照30天内到期"), ("unlicensed", "没有登记证照")],
    )  # fmt: skip
    q = Text(label="姓名、证号、语言", max_length=40, required=False)

    def offer(self) -> None:
        """This will offer kinds and towns."""
        offer(self, "kind", [("", "九类全部"), *kind_choices()])
        offer(self, "region", choices.towns(blank="全县"))

    @property
    def span(self) -> tuple[str, str]:
        """The range of codes that was asked for."""
        told = self.cleaned_data.get("region") if self.is_valid() else ""
        return codes.span(told or choices.county())
