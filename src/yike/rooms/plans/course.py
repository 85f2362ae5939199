"""A life as one pure table, of a task as of a project: who may do what in which state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from yike.rooms.core.refusal import NotAllowed

#: keeper: keeps the county's plans; responsible: serves in a department that answers for it
Standing = Literal["keeper", "responsible"]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table. `to` "": the state stays; `apart`: not by who reported it done."""

    verb: str
    label: str
    states: tuple[str, ...]
    who: tuple[Standing, ...]
    to: str = ""
    apart: bool = False


@dataclass(frozen=True, kw_only=True)
class Course:
    """The table of one life, and what is said where a deed is not open.

    `states`: state → name; `noun`: 这个项目; `not_yours` and `not_alone`: sentence and way on.
    """

    rows: tuple[Row, ...]
    states: Mapping[str, str]
    noun: str
    not_yours: tuple[str, str]
    not_alone: tuple[str, str]

    def allowed(
        self, state: str, standing: frozenset[Standing], *, reporter: bool
    ) -> tuple[Row, ...]:
        """This will return the rows open now; `reporter`: this person reported it done."""
        return tuple(
            row
            for row in self.rows
            if state in row.states and standing & set(row.who) and not (row.apart and reporter)
        )

    def refuse(
        self, verb: str, state: str, standing: frozenset[Standing], *, reporter: bool
    ) -> Row:
        """This will return the row when the deed is allowed, else refuse with NotAllowed."""
        row = next((one for one in self.rows if one.verb == verb), None)
        if row is None or not standing.intersection(row.who):
            raise NotAllowed(self.not_yours[0], way_on=self.not_yours[1])
        if state not in row.states:
            raise NotAllowed(
                f"{self.noun}现在是“{self.states[state]}”，不能“{row.label}”",
                way_on="请刷新页面，看看现在可以做什么。",
            )
        if row.apart and reporter:
            raise NotAllowed(self.not_alone[0], way_on=self.not_alone[1])
        return row
