"""What is typed about the basic five and about visitors. Shape only."""

from __future__ import annotations

from uuid import UUID

from django import forms

from yike.doors.desk import choices
from yike.doors.desk.changing import Of
from yike.doors.desk.forms.people import offer
from yike.doors.kit.forms import Text
from yike.rooms.core import clock
from yike.rooms.places import basics, visiting

_DAY = forms.DateInput(attrs={"type": "date"})


class Try(Of):
    """Somebody tried one of the five."""

    basic = forms.ChoiceField(label="基本服务", choices=choices.of(basics.BASICS, blank="请选择"))
    on = forms.DateField(label="试办日期", widget=_DAY, initial=clock.today)
    outcome = forms.ChoiceField(label="结果", choices=choices.of(basics.OUTCOMES, blank="请选择"))
    words = Text(
        label="说明", max_length=200, required=False, help_text="没有完全办成的，写明卡在哪里。"
    )


class Way(Of):
    """To whom a station leads on, and how."""

    basic = forms.ChoiceField(label="基本服务", choices=choices.of(basics.BASICS, blank="请选择"))
    way = forms.ChoiceField(
        label="方式（只有法律查询要选）", required=False,
        choices=choices.of(basics.WAYS, blank="以供给矩阵为准"),
    )  # fmt: skip
    to_whom = Text(label="指引、转接给谁", max_length=100, required=False)
    how = Text(
        label="怎么转", max_length=200, required=False,
        help_text="例如：当场拨 12348，说明来意后转接。",
    )  # fmt: skip


class Visitors(Of):
    """Visitors counted by hand."""

    from_on = forms.DateField(label="从哪天", widget=_DAY, initial=clock.today)
    last_on = forms.DateField(label="到哪天（含）", widget=_DAY, initial=clock.today)
    visitors = forms.IntegerField(label="来访人次", min_value=0, max_value=999_999)
    how = forms.ChoiceField(label="怎么数的", choices=choices.of(visiting.HOWS, blank="请选择"))
    words = Text(label="说明", max_length=200, required=False)


class TakeBack(Of):
    """A number that was wrong."""

    count_id = forms.TypedChoiceField(label="哪一条", coerce=UUID)
    reason = Text(label="撤销原因", max_length=200)

    def offer(self) -> None:
        """This will offer the numbers that count."""
        rows = self.about or ()
        offer(self, "count_id", [
            (str(one.id), f"{one.since} 至 {one.last}：{one.visitors} 人次")
            for one in rows if not one.taken_back_for
        ])  # fmt: skip
