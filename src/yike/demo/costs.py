"""What an order of the play cost its citizen, as the handler notes it and the citizen corrects it.

Pure; the same order costs the same. Most is free; of some nobody said anything, as in life.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from yike.demo.script import Part

#: of ten orders: who paid, and how much
_PAYS = ("free", "free", "free", "aid", "free", "free", "", "free", "reduced", "fee")
_YUAN = {"reduced": (60, 100, 150), "fee": (80, 200, 300, 500)}
_BASIS = {
    "aid": "法律援助（演示）",
    "reduced": "公证费减半收取（演示）",
    "fee": "按公布的收费标准（演示）",
}


def noted(part: Part) -> dict[str, Any]:
    """This will return what the handler says when closing, as the action takes it."""
    pay, number = _PAYS[part.number % 10], part.number // 10
    yuan = _YUAN[pay][number % len(_YUAN[pay])] if pay in _YUAN else None
    return {
        "pay": pay, "yuan": None if yuan is None else Decimal(yuan), "basis": _BASIS.get(pay, ""),
        "visits": _visits(part), "brought": None if part.number % 6 == 5 else _papers(part),
    }  # fmt: skip


def corrected(part: Part) -> dict[str, Any]:
    """This will return what some citizens correct when they rate: they came once more."""
    visits = _visits(part)
    if part.number % 9 or visits is None:
        return {}
    return {"said_visits": visits + 1}


def _visits(part: Part) -> int | None:
    if part.number % 8 == 7:
        return None
    came = 1 if part.channel == "01" else 0
    return came + part.asks_papers + (part.goes_up and part.number % 2)


def _papers(part: Part) -> int:
    return part.number % 4 + 2 * part.asks_papers
