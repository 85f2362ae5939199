"""The form of one verb, built from what the room says the verb needs. Shape only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from yike.doors.kit.forms import Form, Text
from yike.rooms.matters.faces import FieldFace, Handler, VerbFace

#: verbs whose offices are the room's own list: other counties, or the same office again
_OWN_OFFICES = frozenset({"offer_county", "reassign"})
#: The rooms hold the true limits; this one only stops a book from being parsed.
LONG = 10_000


class ManyFiles(forms.FileField):
    """Several papers at once; the files room looks at each."""

    class Input(forms.ClearableFileInput):
        """A file input that takes several."""

        allow_multiple_selected = True

    widget = Input

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """This will return the files given, each looked at; an empty list when none."""
        if not data:
            return [] if not self.required else [super().clean(data, initial)]
        given = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFiles, self).clean(one, initial) for one in given]


class DeedForm(Form):
    """One verb's fields; `seen` says which version of the matter the clerk looked at."""

    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(
        self,
        face: VerbFace,
        *args: Any,
        seen: object = "",
        handlers: Sequence[Handler] = (),
        **kwargs: Any,
    ) -> None:
        self.face = face
        kwargs.setdefault("auto_id", f"{face.verb}_%s")
        kwargs.setdefault("initial", {})["seen"] = seen
        super().__init__(*args, **kwargs)
        self._suggest(handlers)

    @classmethod
    def of(cls, face: VerbFace, *args: Any, **kwargs: Any) -> DeedForm:
        """This will make the form of one verb: a class of its own with the fields it needs."""
        fields = {field.name: _field(field) for field in face.fields}
        shape: type[DeedForm] = type("VerbForm", (cls,), fields)
        return shape(face, *args, **kwargs)

    def front(self) -> list[Any]:
        """This will return the fields of the deed itself, in order."""
        aside = {one.name for one in self.face.fields if one.beside and not one.required}
        return [one for one in self.visible_fields() if one.name not in aside]

    def aside(self) -> list[Any]:
        """This will return what may be said beside it; folded, unless something is wrong there."""
        front = {one.name for one in self.front()}
        return [one for one in self.visible_fields() if one.name not in front]

    def aside_open(self) -> bool:
        """This will say whether something was typed, or is wrong, in what is folded."""
        return any(one.errors or (self.is_bound and one.value()) for one in self.aside())

    def _suggest(self, handlers: Sequence[Handler]) -> None:
        """Offices stand in groups (up, down, across), the likeliest is named with its reason."""
        field, able = self.fields.get("to_org"), [one for one in handlers if one.can_take]
        if self.face.verb in _OWN_OFFICES:
            return
        if not able or not isinstance(field, forms.ChoiceField):
            return
        groups: dict[str, list[tuple[str, str]]] = {}
        for one in able:
            groups.setdefault(one.way_name, []).append(
                (str(one.org), f"{one.name}（{one.reason}）" if one.reason else one.name)
            )
        field.choices = [("", "请选择"), *groups.items()]
        best = able[0]
        field.help_text = f"建议{best.way_name}给{best.name}：{best.reason}。"


def _field(face: FieldFace) -> forms.Field:
    told: dict[str, Any] = {"label": face.label, "required": face.required, "help_text": face.hint}
    told |= {"initial": face.initial} if face.initial else {}
    if face.kind == "files":
        return ManyFiles(**told)
    if face.kind == "date":
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **told)
    if face.kind == "hidden":
        return forms.CharField(widget=forms.HiddenInput, max_length=10, **told)
    if face.kind == "number":
        return forms.IntegerField(min_value=1, max_value=1000, **told)
    if face.kind == "count":
        return forms.IntegerField(min_value=0, max_value=200, **told)
    if face.kind == "yuan":
        return forms.DecimalField(min_value=0, max_digits=9, decimal_places=2, **told)
    if face.kind == "yesno":
        choices = list(face.choices) or [("1", "是"), ("0", "否")]
        return forms.ChoiceField(choices=[("", "请选择"), *choices], **told)
    if face.choices or face.kind == "account":
        return forms.ChoiceField(choices=[("", "请选择"), *face.choices], **told)
    return Text(max_length=LONG, rows=0 if face.kind == "line" else 3, **told)
