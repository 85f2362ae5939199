"""What is typed to begin a questionnaire."""

from __future__ import annotations

import re

from django import forms

from yike.doors.kit.forms import Form, Text


class CodeForm(Form):
    """The code on the slip."""

    code = Text(
        label="答卷码", max_length=40, help_text="纸条上的 16 位字母和数字，大小写、短横线都可以。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )  # fmt: skip

    def clean_code(self) -> str:
        """This will return the signs alone."""
        code = re.sub(r"[^0-9A-Za-z]", "", self.cleaned_data["code"])
        if len(code) != 16:
            raise forms.ValidationError(f"答卷码是 16 位，您填了 {len(code)} 位，请核对。")
        return code
