"""What it cost the citizen (办事成本): money and who paid it, visits, papers, offices.

The handler says it when answering. What nobody said is unknown, never zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from yike.rooms.catalogue import fees
from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.core.refusal import BadInput, NotFound
from yike.rooms.guard import clean
from yike.rooms.matters import codes
from yike.rooms.matters import deed as deeds
from yike.rooms.matters.models import Attachment, Effort, Step

#: More is a slip of the finger.
MOST_FEN, MOST_VISITS, MOST_PAPERS = 10**9, 99, 200
_BASIS_MOST = 200


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the handler says, as typed; "" and None where nothing is said."""

    pay: str = ""
    yuan: Decimal | None = None
    basis: str = ""
    visits: int | None = None
    brought: int | None = None

    def fields(self) -> dict[str, object]:
        """This will return the fields a county may insist on."""
        return {"pay": self.pay, "visits": self.visits, "brought": self.brought}


def note(deed: deeds.Deed, told: Told) -> None:
    """This will write down what it cost; said again after a redo, the newer stands.

    An item that is free by the catalogue is free where nothing else is said. Refuses BadInput an
    amount without basis, and words that contradict it.
    """
    matter = deed.matter
    fee = _fee(matter.item_code) if not told.pay else ""
    free = bool(fee) and fees.price_of(fee) == fees.FREE
    pay = told.pay or ("free" if free else "")
    counted = told.brought is None
    papers = told.brought
    if counted:
        papers = Attachment.objects.filter(matter=matter, side="citizen").count() or None
    row = Effort(
        matter=matter,
        pay=pay,
        fen=_fen(pay, told.yuan),
        basis=f"服务事项目录：{fee}"[:_BASIS_MOST] if free else _basis(pay, told.basis),
        visits=_within(told.visits, MOST_VISITS, "visits"),
        papers=_within(papers, MOST_PAPERS, "brought"),
        papers_counted=counted and papers is not None,
        doors=len(set(Step.objects.filter(matter=matter).values_list("org", flat=True))),
        at=deed.now,
        by=deed.actor.account_id,
    )
    names = [one.name for one in Effort._meta.fields if one.name != "matter"]
    Effort.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["matter"], update_fields=names
    )


def _fee(item_code: str) -> str:
    if not item_code:
        return ""
    try:
        return catalogue_queries.item(item_code).fee
    except NotFound:
        return ""


def _fen(pay: str, yuan: Decimal | None) -> int | None:
    if pay and pay not in codes.PAYS:
        raise BadInput("请从列表里选择当事人付没付钱", field="pay")
    if pay not in codes.PAID:
        if yuan:
            raise BadInput("写了金额，请选“付了钱”或“减免后付了一部分”", field="pay")
        return 0 if pay else None
    fen = int((yuan or 0) * 100)
    if not 0 < fen <= MOST_FEN or fen != (yuan or 0) * 100:
        raise BadInput("请写当事人付了多少元，最多两位小数", field="yuan")
    return fen


def _basis(pay: str, typed: str) -> str:
    least = 2 if pay in codes.PAID else 0
    return clean.text(typed, field="basis", most=_BASIS_MOST, least=least)


def _within(value: int | None, most: int, field: str) -> int | None:
    if value is not None and not 0 <= value <= most:
        raise BadInput(f"应在 0 到 {most} 之间", field=field)
    return value
