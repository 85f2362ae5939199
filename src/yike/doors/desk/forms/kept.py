"""What is typed about terminals, signs, photos, public places and codes. Shape only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from yike.doors.desk import choices
from yike.doors.desk.changing import Of
from yike.doors.desk.forms import points
from yike.doors.desk.forms.people import offer
from yike.doors.desk.forms.points import PointForm
from yike.doors.kit.forms import Text
from yike.rooms.core import clock
from yike.rooms.places import kinds, upkeep, upkeep_pages

_DAY = forms.DateInput(attrs={"type": "date"})


def _picture(label: str, **more: Any) -> forms.FileField:
    return forms.FileField(label=label, widget=forms.FileInput(attrs={"accept": "image/*"}), **more)


def _sites() -> choices.Choices:
    rows = upkeep_pages.sites_in(choices.county())
    known = [(str(row.id), f"{row.name}（{row.kind_name}）") for row in rows]
    return [("", "不在名单上的地方"), *known]


class _Where(PointForm, Of):
    """A point as typed."""

    address = Text(label="地址", max_length=200, required=False)
    owner = Text(label="权属单位", max_length=80, required=False)
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def told(self) -> dict[str, Any]:
        """This will return the facts, and which of those that may be empty are."""
        told = super().told()
        empty = [one for one in ("point", "warranty_until", "site_id") if one in told]
        return told | {"cleared": [one for one in empty if told[one] is None]}


class Terminal(_Where):
    """Facts of a terminal that may be corrected."""

    name = Text(label="名称", max_length=100)
    model = Text(label="型号", max_length=80, required=False)
    outdoor = forms.BooleanField(label="放在室外", required=False)
    warranty_until = forms.DateField(label="保修到（不含）", widget=_DAY, required=False)
    field_order: tuple[str, ...] = (
        "name",
        "model",
        "owner",
        "warranty_until",
        "outdoor",
        "address",
        *points.ORDER,
    )


class Sign(_Where):
    """Facts of a board, sign or element that may be corrected."""

    name = Text(label="名称", max_length=100)
    text_version = Text(
        label="文字版本", max_length=80, required=False, help_text="例如：2026年3月版"
    )
    site_id = forms.TypedChoiceField(
        label="所在公共场所", coerce=UUID, required=False, empty_value=None
    )
    field_order: tuple[str, ...] = (
        "name",
        "site_id",
        "text_version",
        "owner",
        "address",
        *points.ORDER,
    )

    def offer(self) -> None:
        """This will offer the public places of the list."""
        offer(self, "site_id", _sites())


class _New(Of):
    code = Text(label="编码", max_length=40)
    region_code = forms.ChoiceField(label="所在乡镇、村（社区）")
    installed_on = forms.DateField(label="设置日期", widget=_DAY, initial=clock.today)
    station_id = forms.TypedChoiceField(
        label="所在站点", coerce=UUID, required=False, empty_value=None
    )

    def offer(self) -> None:
        """This will offer places and stations."""
        offer(self, "region_code", choices.places())
        offer(self, "station_id", choices.stations(blank="不在站点里"))


class NewTerminal(_New, Terminal):
    """A terminal that enters the register."""

    kind = Text(label="类型", max_length=40, initial="24小时公共法律服务自助终端")
    field_order: tuple[str, ...] = (
        "code",
        "name",
        "kind",
        "region_code",
        "station_id",
        "model",
        "owner",
        "warranty_until",
        "outdoor",
        "installed_on",
        "address",
        *points.ORDER,
    )


class NewSign(_New, Sign):
    """A board, sign or element that enters the register."""

    kind = forms.ChoiceField(
        label="类型", choices=[(name, name) for name in upkeep.SIGN_KINDS.values()]
    )
    field_order: tuple[str, ...] = (
        "code",
        "name",
        "kind",
        "region_code",
        "site_id",
        "station_id",
        "text_version",
        "owner",
        "installed_on",
        "address",
        *points.ORDER,
    )

    def offer(self) -> None:
        """This will offer places, stations and public places."""
        _New.offer(self)
        Sign.offer(self)


class Photo(Of):
    """A photo of the place, with its day and direction."""

    file = _picture("照片")
    taken_on = forms.DateField(label="拍摄日期", widget=_DAY, initial=clock.today)
    direction = forms.ChoiceField(
        label="镜头朝向", choices=choices.of(upkeep.DIRECTIONS, blank="请选择")
    )
    words = Text(label="说明", max_length=200, required=False)


class Review(Of):
    """What somebody else says of a photo."""

    photo_id = forms.TypedChoiceField(label="照片", coerce=UUID)
    good = forms.TypedChoiceField(
        label="审核结果", choices=[("1", "清楚、是这里，通过"), ("0", "退回")],
        coerce=lambda said: said == "1",
    )  # fmt: skip
    reason = Text(label="退回原因", max_length=200, required=False)

    def offer(self) -> None:
        """This will offer the photos that wait."""
        rows = self.about.photos if self.about else ()
        offer(self, "photo_id", [
            (str(one.id), f"{one.taken_on} {one.direction_name}（{one.label or '系统'}）")
            for one in rows if one.status == upkeep.WAITING
        ])  # fmt: skip


class Check(Of):
    """How a sign was found."""

    on = forms.DateField(label="巡查日期", widget=_DAY, initial=clock.today)
    result = forms.ChoiceField(label="结果", choices=list(upkeep.CHECKS.items()))
    words = Text(label="说明", max_length=200, required=False)


class Status(Of):
    """Whether it works."""

    status = forms.ChoiceField(label="状态", choices=list(kinds.STATUSES.items()))


class Press(Of):
    """A deed without words."""


class Site(Of):
    """A public place that shall be equipped."""

    name = Text(label="名称", max_length=100)
    kind = forms.ChoiceField(label="类别", choices=list(upkeep.SITE_KINDS.items()))
    region_code = forms.ChoiceField(label="所在乡镇、村（社区）")
    address = Text(label="地址", max_length=200, required=False)
    owner = Text(label="管理单位", max_length=80, required=False)

    def offer(self) -> None:
        """This will offer the places of the county."""
        offer(self, "region_code", choices.places())


class NewCode(Of):
    """A code that enters the register."""

    name = Text(label="名称", max_length=100)
    platform = forms.ChoiceField(
        label="平台", choices=list(upkeep.PLATFORMS.items()), initial="own"
    )
    target = Text(
        label="目标地址", max_length=500, required=False,
        help_text="https:// 开头。自有二维码必须写；扫码先到本系统的短地址计数，再转到这里。",
    )  # fmt: skip
    picture = _picture("码图", required=False, help_text="浙里办的小程序码：上传平台给的图片。")
    owner = Text(label="负责单位", max_length=80)
    region_code = forms.ChoiceField(label="使用区划")

    def offer(self) -> None:
        """This will offer the places of the county."""
        offer(self, "region_code", choices.places())


class Target(Of):
    """Another target."""

    target = Text(label="新的目标地址", max_length=500)


class PutUp(Of):
    """Where a code was put up."""

    site_id = forms.TypedChoiceField(
        label="公共场所", coerce=UUID, required=False, empty_value=None
    )
    station_id = forms.TypedChoiceField(label="站点", coerce=UUID, required=False, empty_value=None)
    words = Text(
        label="张贴位置", max_length=200, required=False, help_text="例如：一楼大厅取号机旁"
    )

    def offer(self) -> None:
        """This will offer the public places of the list, and the stations."""
        offer(self, "site_id", _sites())
        offer(self, "station_id", choices.stations(blank="不在站点里"))


class TakeDown(Of):
    """Where a code does not hang any more."""

    place_id = forms.TypedChoiceField(label="张贴处", coerce=UUID)

    def offer(self) -> None:
        """This will offer where it hangs."""
        rows = self.about.places if self.about else ()
        offer(self, "place_id", [
            (str(one.id), one.words) for one in rows if not one.taken_down_on
        ])  # fmt: skip


class Tried(Of):
    """What somebody found who tried the code."""

    state = forms.ChoiceField(label="检查结果", choices=[("fine", "打得开"), ("broken", "打不开")])
    fault = Text(label="说明", max_length=200, required=False)
