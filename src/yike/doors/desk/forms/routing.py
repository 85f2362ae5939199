"""What a dispatcher types into the routing table. Shape only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from yike.doors.desk import choices
from yike.doors.desk.forms.people import offer
from yike.doors.kit.forms import Form, Text


class Row(Form):
    """One line of the table: from here, of this kind, it goes there."""

    region_code = forms.ChoiceField(label="哪里来的诉求")
    category = forms.ChoiceField(label="法律类别", required=False)
    item_code = forms.ChoiceField(label="服务事项", required=False)
    org = forms.ChoiceField(label="派给谁")
    active_from = forms.DateField(
        label="从哪天起", required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text="不填就是今天。",
    )  # fmt: skip
    note = Text(label="说明", max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "region_code", choices.places())
        offer(self, "category", choices.categories(blank="所有类别"))
        offer(self, "item_code", choices.items(blank="所有事项"))
        offer(self, "org", choices.institutions(handling=True))

    def told(self) -> dict[str, Any]:
        """This will return what the room's action takes."""
        return dict(self.cleaned_data) | {"org": UUID(self.cleaned_data["org"])}


class TryOut(Form):
    """A demand that nobody made yet: where would it go?"""

    region_code = forms.ChoiceField(label="哪个村（社区）")
    category = forms.ChoiceField(label="法律类别", required=False)
    item_code = forms.ChoiceField(label="服务事项", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "region_code", choices.places())
        offer(self, "category", choices.categories(blank="没有类别"))
        offer(self, "item_code", choices.items(blank="没有指定事项"))
