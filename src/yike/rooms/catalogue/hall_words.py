"""What can be said of an item at a hall, and which halls come first for a town. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

OFFERED, GUIDED, NOT_YET = "offered", "guided", "not_yet"
STATUSES = {OFFERED: "这里能办", GUIDED: "这里指引", NOT_YET: "还没有开通"}
#: what somebody can go there for
USEFUL = (OFFERED, GUIDED)


class At(Protocol):
    """What stands in a town ("" at the county's own level) and is offered or guided."""

    @property
    def town_code(self) -> str:
        """The town."""

    @property
    def status(self) -> str:
        """A word of STATUSES."""


One = TypeVar("One", bound=At)


def nearest_first(rows: Iterable[One], town: str, metres: dict[str, float]) -> list[One]:
    """This will order what is useful for somebody of a town.

    What is offered before what is only guided; of these the own town's, the county's, then other
    towns by the straight line between centres (`metres` by town; unknown ones last).
    """
    far = float("inf")

    def rank(one: One) -> tuple[int, int, float]:
        place = 0 if one.town_code == town else 1 if not one.town_code else 2
        return USEFUL.index(one.status), place, metres.get(one.town_code, far)

    return sorted((one for one in rows if one.status in USEFUL), key=rank)
