"""The base of every form: shape only, Chinese words, nothing typed is lost.

Rules live in the actions; `attempt` brings their refusals back to the field they name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.core.validators import BaseValidator
from django.db import transaction

from yike.rooms.core.refusal import NotFound, Refusal, TooMany

T = TypeVar("T")
#: the years a typed day may lie in
YEARS = (1900, 2199)


def day_of(typed: str) -> date | None:
    """This will read a day in an address, such as 2026-11-23; None for what is no day one means."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if YEARS[0] <= day.year <= YEARS[1] else None


class Text(forms.CharField):
    """Words as typed: line ends as \\n, composed (NFC), without control characters."""

    def __init__(self, *, rows: int = 0, **kwargs: Any) -> None:
        if rows:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """This will return clean words; a person cannot see a control character to remove it."""
        words = str(value or "").replace("\r\n", "\n").replace("\r", "\n")
        kept = "".join(
            sign for sign in words if sign in "\n\t" or unicodedata.category(sign) != "Cc"
        )
        return super().to_python(unicodedata.normalize("NFC", kept)) or ""


class Boxes(forms.CheckboxSelectMultiple):
    """Boxes to tick, in a frame of their own that scrolls when they are many."""


@dataclass(frozen=True)
class Wrong:
    """One line of the error summary: the sentence and the id of the field it leads to."""

    sentence: str
    anchor: str


class Form(forms.Form):
    """A form that speaks plainly and lists its errors on top, each a link to its field."""

    use_required_attribute = False
    #: legend or title words, when the page's own title does not ask the question
    way_on = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            dress(field, self.auto_id % name if isinstance(self.auto_id, str) else name)

    def wrongs(self) -> list[Wrong]:
        """This will list every error with the id of its field; form-wide ones lead to the form."""
        found = [Wrong(str(sentence), "form") for sentence in self.non_field_errors()]
        for bound in self:
            anchor = f"{bound.auto_id}_0" if _is_group(bound.field) else str(bound.auto_id)
            found += [Wrong(str(sentence), anchor) for sentence in bound.errors]
        return found


def attempt(form: forms.Form, deed: Callable[[], T]) -> T | None:
    """This will do the deed; a refusal becomes an error of the form, at the field it names.

    Absence and too many requests are no fault of the form: they go on to the gate. A deed that
    returns None cannot be told from a refusal: return something true. What a refused deed had
    written is undone, for the page that shows the refusal goes on in the same transaction.
    """
    try:
        with transaction.atomic():
            return deed()
    except (NotFound, TooMany):
        raise
    except Refusal as no:
        field = no.field if no.field in form.fields else None
        form.add_error(field, no.sentence)
        if isinstance(form, Form):
            form.way_on = no.way_on
        return None


def succeeds(form: forms.Form, deed: Callable[[], object]) -> bool:
    """This will do the deed and say whether it was done; a refusal is told at its field."""
    return attempt(form, lambda: (deed(),)) is not None


def _speak(field: forms.Field) -> None:
    label = field.label or ""
    chosen = isinstance(field, forms.ChoiceField)
    words = {
        "required": f"请选择{label}。" if chosen else f"请填写{label}。",
        "invalid": f"{label}填写得不对，请检查。",
        "invalid_choice": f"请从列表里选择{label}。",
        "max_length": f"{label}太长了：最多 %(limit_value)d 个字，现在有 %(show_value)d 个字。",
        "min_length": f"{label}太短了：至少 %(limit_value)d 个字。",
        "min_value": f"{label}不能小于 %(limit_value)s。",
        "max_value": f"{label}不能大于 %(limit_value)s。",
        "empty": "这个文件是空的，请换一个。",
    }
    usual = _usual_words(field)
    for code, sentence in words.items():
        if code in usual and field.error_messages.get(code) == usual[code]:
            field.error_messages[code] = sentence
    for validator in field.validators:
        code = getattr(validator, "code", "")
        if isinstance(validator, BaseValidator) and code in words:
            validator.message = words[code]


def _meant(day: date) -> None:
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise forms.ValidationError(f"日期应在 {YEARS[0]} 年到 {YEARS[1]} 年之间，请检查年份。")


def _usual_words(field: forms.Field) -> dict[str, Any]:
    """Django's own words: only these are replaced, never those a form chose itself."""
    found: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        found.update(getattr(kind, "default_error_messages", {}))
    return found


def dress(field: forms.Field, anchor: str = "") -> None:
    """This will give a field the kit's look and words; a form that adds fields of its own calls it.

    A day of a year nobody means is refused here: no page can reckon a week before it or after it.
    """
    _speak(field)
    if isinstance(field, forms.DateField | forms.DateTimeField) and _meant not in field.validators:
        field.validators.append(_meant)
    widget = field.widget
    if isinstance(widget, forms.DateInput) and widget.format is None:
        widget.format = "%Y-%m-%d"  # what the browser's calendar reads, in every language
    if isinstance(widget, forms.RadioSelect | forms.CheckboxInput | forms.CheckboxSelectMultiple):
        name = "form-check-input"
    else:
        name = "form-select" if isinstance(widget, forms.Select) else "form-control"
    widget.attrs["class"] = f"{widget.attrs.get('class', '')} {name}".strip()
    widget.attrs.pop("maxlength", None)  # the browser would cut silently; we say it in words


def _is_group(field: forms.Field) -> bool:
    return isinstance(field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
