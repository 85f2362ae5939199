"""A number to be tried: its kind and what was typed. Shape only; nothing is kept."""

from __future__ import annotations

from django import forms

from yike.doors.kit.forms import Form, Text
from yike.rooms.people import codebook

_QUIET = {"autocomplete": "off", "spellcheck": "false", "class": "ref"}


class TryNumber(Form):
    """Which kind of number, and the number."""

    kind = forms.ChoiceField(label="号码种类", choices=list(codebook.KINDS.items()))
    number = Text(
        label="号码", max_length=40, widget=forms.TextInput(attrs=_QUIET),
        help_text="空格、横线和全角字可以照抄；填的内容不保存、不留痕。",
    )  # fmt: skip
