"""Loads the calendars and promises the house starts with. Presets never overwrite an office."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import yaml
from django.db import transaction

from yike.rooms.clocks import actions
from yike.rooms.clocks.actions.policy import BEGINNING
from yike.rooms.clocks.models import Calendar, Promise
from yike.rooms.core.actor import Actor

_DATA = resources.files("yike.rooms.clocks") / "data"


@transaction.atomic
def load_reference(*, actor: Actor) -> int:
    """This will load what is missing and return how many calendars and promises it made.

    Twice is once: a calendar or promise whose code exists is the office's own affair from then on.
    """
    calendars = load_calendars(actor=actor)
    promised = set(Promise.objects.values_list("code", flat=True))
    promises = [row for row in presets() if row["code"] not in promised]
    for row in promises:
        actions.set_promise(**row, actor=actor)
    return calendars + len(promises)


def load_calendars(*, actor: Actor) -> int:
    """This will load the calendars that are missing and return how many."""
    known = set(Calendar.objects.values_list("code", flat=True))
    calendars = [row for row in _calendars() if row["code"] not in known]
    for row in calendars:
        actions.load_calendar(**row, reason="首次载入", actor=actor)
    return len(calendars)


def presets() -> tuple[dict[str, Any], ...]:
    """This will return the shipped promises as arguments of `set_promise`."""
    rows = yaml.safe_load((_DATA / "promises.yaml").read_text(encoding="utf-8"))
    return tuple(_preset(row) for row in rows)


def _preset(row: dict[str, Any]) -> dict[str, Any]:
    amount, unit = row["期"].split()
    return {
        "code": row["码"],
        "name": row["名"],
        "amount": int(amount),
        "unit": unit,
        "calendar_code": row.get("历", "office"),
        "warn_percent": row.get("醒"),
        "warn_before_minutes": row.get("前"),
        "extend_amount": row.get("延", 0),
        "basis": row.get("法") or row["据"],
        "article": row.get("条", ""),
        "statutory": "法" in row,
        "verified_on": row.get("核"),
        "active_from": BEGINNING,
    }


def _calendars() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        (_DATA / "calendars.json").read_text(encoding="utf-8")
    )  # fmt: skip
    return found
