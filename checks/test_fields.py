"""Every column that can hold words is classified, and kept as its class promises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from yike.rooms.guard import fields

_WORDS = (models.CharField, models.TextField, models.BinaryField, ArrayField, models.JSONField)
WAY_OUT = "add a line to the room's fields.csv: table.column,class,purpose,who,shown"


def _columns(room: str) -> Iterator[tuple[str, models.Field[Any, Any]]]:
    for model in apps.get_app_config(room).get_models():
        for field in model._meta.fields:
            if isinstance(field, _WORDS):
                yield f"{model.__name__.lower()}.{field.name}", field


@pytest.mark.parametrize("room", fields.ROOMS)
def test_every_column_is_classified_once(room: str) -> None:
    named = [row.field for row in fields.register() if row.room == room]
    columns = {name for name, _ in _columns(room)}
    assert sorted(columns - set(named)) == [], WAY_OUT
    assert sorted(set(named) - columns) == [], "no such column any more: take its line out"
    assert len(named) == len(set(named))


def test_every_line_says_class_purpose_who_and_how() -> None:
    lacking = [
        f"{row.room}.{row.field}"
        for row in fields.register()
        if row.code not in fields.CLASSES or not (row.purpose and row.who and row.shown)
    ]
    assert lacking == []


@pytest.mark.parametrize("room", fields.ROOMS)
def test_columns_are_kept_as_their_class_promises(room: str) -> None:
    """Sealed bytes are no text; an index is the hexadecimal form of 32 bytes, compared by byte."""
    classes = {row.field: row.code for row in fields.register() if row.room == room}
    faults = []
    for name, field in _columns(room):
        sealed = classes[name] == "sealed"
        if sealed and not isinstance(field, models.BinaryField):
            faults.append(f"{name}: sealed data is a BinaryField")
        if classes[name] == "index" and field.max_length != 64:
            faults.append(f"{name}: an index has 64 signs")
        if name.endswith("_mask") != (classes[name] == "masked") and "mask" in name:
            faults.append(f"{name}: named a mask")
    assert faults == []
