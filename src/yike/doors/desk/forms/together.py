"""What is typed about the elements of a place. Shape only."""

from __future__ import annotations

from uuid import UUID

from django import forms

from yike.doors.desk import choices
from yike.doors.desk.changing import Of
from yike.doors.desk.forms.people import offer
from yike.doors.kit.forms import Text
from yike.rooms.core import clock
from yike.rooms.places import colocation


class Tell(Of):
    """One more thing that a place is."""

    kind = forms.ChoiceField(
        label="要素", choices=choices.of(colocation.ELEMENTS, blank="请选择")
    )  # fmt: skip
    unit = Text(label="责任单位", max_length=80)
    since = forms.DateField(
        label="设立日期", widget=forms.DateInput(attrs={"type": "date"}), initial=clock.today
    )
    evidence = Text(
        label="依据", max_length=200, help_text="例如：批复文号、挂牌照片编号、现场核对记录。"
    )
    number = Text(
        label="对方名册编号", max_length=60, required=False,
        help_text="基层法治实践站、15分钟公共服务圈名册里的编号；服务圈设施必填。",
    )  # fmt: skip
    function = Text(label="承担的公共法律服务职能", max_length=200, required=False)


class End(Of):
    """An element that is not there any more."""

    element_id = forms.TypedChoiceField(label="要素", coerce=UUID)

    def offer(self) -> None:
        """This will offer what was told."""
        rows = self.about.told if self.about else ()
        offer(self, "element_id", [(str(one.id), f"{one.name}（{one.unit}）") for one in rows])
