"""What is typed about items at halls. Shape only."""

from __future__ import annotations

from django import forms

from yike.doors.desk import choices
from yike.doors.desk.changing import Of
from yike.doors.desk.forms.people import offer
from yike.doors.kit.forms import Boxes, Text
from yike.rooms.catalogue import hall_words


class Tell(Of):
    """Items, whether they can be done here, at which window."""

    status = forms.ChoiceField(
        label="状态", choices=choices.of(hall_words.STATUSES, blank="请选择")
    )  # fmt: skip
    window = Text(
        label="窗口", max_length=60, required=False, help_text="例如：3号公共法律服务窗口"
    )
    note = Text(label="说明", max_length=200, required=False)
    item_codes = forms.MultipleChoiceField(label="事项（可选多项）", widget=Boxes)

    def offer(self) -> None:
        """This will offer the items in force."""
        offer(self, "item_codes", [row for row in choices.items() if row[0]])


class End(Of):
    """An item that is not at this hall any more."""

    item_code = forms.ChoiceField(label="事项")

    def offer(self) -> None:
        """This will offer what the hall has."""
        rows = self.about.items if self.about else ()
        offer(self, "item_code", [(one.item_code, one.item_name) for one in rows])
