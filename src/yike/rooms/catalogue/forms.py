"""Fields that an item asks beyond the common intake: their shape, and checking answers. Pure.

A field: {"name": "deceased_on", "label": "被继承人去世日期", "kind": "date", "required": true,
"options": [...], "help": "..."}; kinds: text, long, number, date, choice, yesno.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

KINDS = ("text", "long", "number", "date", "choice", "yesno")
_ROOM = {"text": 200, "long": 4000}
Field = Mapping[str, Any]


def form_fault(fields: object) -> str:
    """This will say what is wrong with a form definition, "" when nothing is."""
    if not isinstance(fields, list):
        return "表单应为字段的列表"
    names: set[str] = set()
    for field in fields:
        said = _field_fault(field, names)
        if said:
            return said
    return ""


def read_answers(
    fields: Sequence[Field], typed: Mapping[str, str], *, partly: bool = False
) -> tuple[dict[str, Any], dict[str, str]]:
    """This will return (answers, faults): plain values by field name, and what is wrong by name.

    `partly`: nothing is missing yet; what is required is asked again while the matter is handled.
    Unknown names are left out; dates are ISO text, numbers decimal text, yes/no a bool.
    """
    answers: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for field in fields:
        name, text = field["name"], typed.get(field["name"], "").strip()
        if not text:
            if field.get("required") and not partly:
                faults[name] = f"请填写{field['label']}"
            continue
        value, said = _read(field, text)
        if said:
            faults[name] = said
        else:
            answers[name] = value
    return answers, faults


def _field_fault(field: object, names: set[str]) -> str:
    if not isinstance(field, dict) or not {"name", "label", "kind"} <= set(field):
        return "每个字段要有 name、label、kind"
    name, kind = field["name"], field["kind"]
    if not (isinstance(name, str) and name.isidentifier()) or name in names:
        return f"字段名“{name}”不是合法或唯一的标识"
    names.add(name)
    if kind not in KINDS:
        return f"字段“{name}”的类型“{kind}”不在 {'、'.join(KINDS)} 之中"
    if kind == "choice" and not field.get("options"):
        return f"字段“{name}”没有选项"
    return ""


def _read(field: Field, text: str) -> tuple[Any, str]:
    kind, label = field["kind"], field["label"]
    if kind in _ROOM:
        room = _ROOM[kind]
        return (text, "") if len(text) <= room else (None, f"{label}不能超过{room}字")
    if kind == "choice":
        said = "、".join(field["options"])
        return (text, "") if text in field["options"] else (None, f"{label}请从{said}中选择")
    if kind == "yesno":
        words = {"是": True, "yes": True, "on": True, "否": False, "no": False}
        return (words[text], "") if text in words else (None, f"{label}请选择是或否")
    if kind == "date":
        return _date(label, text)
    return _number(label, text)


def _date(label: str, text: str) -> tuple[Any, str]:
    try:
        return date.fromisoformat(text).isoformat(), ""
    except ValueError:
        return None, f"{label}应写作 2026-05-01"


def _number(label: str, text: str) -> tuple[Any, str]:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    return (str(number), "") if number.is_finite() else (None, f"{label}应为数字")
