"""Price and steps by town and group: what is known, how it is known, how many are unknown. Pure.

Unknown is never zero. Fewer known cases than the county's least are not told, nor is the one other
town from which the county's whole would give them away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from yike.doors.desk.equality_rules import median_of, share_of

SAID, COUNTED, STATED = "said", "counted", "stated"


@dataclass(frozen=True, kw_only=True)
class Case:
    """One answered demand. None: nobody knows; `how`: from where the visits are known, or ""."""

    town: str
    groups: tuple[str, ...]
    fen: int | None
    visits: int | None
    how: str
    papers: int | None
    doors: int | None


@dataclass(frozen=True, kw_only=True)
class Price:
    """What citizens paid. Figures None where too few are known."""

    known: int
    unknown: int
    paid_percent: float | None
    #: yuan, of those who paid; None also where too few paid
    median_yuan: float | None


@dataclass(frozen=True, kw_only=True)
class Steps:
    """How often somebody had to come, with how many papers, over how many offices."""

    known: int
    unknown: int
    #: of the known: counted in appointments and numbers, said by citizens; the rest by handlers
    counted: int
    said: int
    once_percent: float | None
    median_visits: float | None
    median_papers: float | None
    papers_unknown: int
    median_doors: float | None

    @property
    def stated(self) -> int:
        """How many are known by the handler's word alone."""
        return self.known - self.counted - self.said


@dataclass(frozen=True, kw_only=True)
class Line:
    """One town or group."""

    name: str
    cases: int
    price: Price
    steps: Steps


def visits_of(stated: int | None, came: Iterable[date], said: int | None) -> tuple[int | None, str]:
    """This will return how often somebody came, and who knows it.

    The citizen's own word first; then what is counted, days of appointments and numbers; a handler
    who says more than was counted knows of visits that nobody booked.
    """
    if said is not None:
        return said, SAID
    counted = len(set(came))
    if counted and counted >= (stated or 0):
        return counted, COUNTED
    return (stated, STATED) if stated is not None else (None, "")


def lines(
    cases: Sequence[Case], names: Sequence[tuple[str, str]], of: Callable[[Case], Sequence[str]],
    *, least: int, apart: bool,
) -> tuple[Line, ...]:  # fmt: skip
    """This will return a line for each (key, name) with a case; `apart`: the keys share no case."""
    by: dict[str, list[Case]] = {key: [] for key, _ in names}
    for one in cases:
        for key in of(one):
            if key in by:
                by[key].append(one)
    shown = [(name, by[key]) for key, name in names if by[key]]
    money = _hidden([_paying(rows) for _, rows in shown], least, apart=apart)
    steps = _hidden([_coming(rows) for _, rows in shown], least, apart=apart)
    return tuple(
        line(name, rows, least=least, hides=(at in money, at in steps))
        for at, (name, rows) in enumerate(shown)
    )


def line(
    name: str, cases: Sequence[Case], *, least: int, hides: tuple[bool, bool] = (False, False)
) -> Line:
    """This will return one line; what is too few is left out, and what `hides` says."""
    return Line(
        name=name,
        cases=len(cases),
        price=_price(cases, least, hides=hides[0]),
        steps=_steps(cases, least, hides=hides[1]),
    )


def _price(cases: Sequence[Case], least: int, *, hides: bool) -> Price:
    known = [one.fen for one in cases if one.fen is not None]
    paid = [fen / 100 for fen in known if fen > 0]
    told = len(known) >= least and not hides
    return Price(
        known=len(known),
        unknown=len(cases) - len(known),
        paid_percent=share_of(len(paid), len(known)) if told else None,
        median_yuan=median_of(paid) if told and len(paid) >= least else None,
    )


def _steps(cases: Sequence[Case], least: int, *, hides: bool) -> Steps:
    visits = [float(one.visits) for one in cases if one.visits is not None]
    papers = [float(one.papers) for one in cases if one.papers is not None]
    doors = [float(one.doors) for one in cases if one.doors is not None]
    told = len(visits) >= least and not hides
    return Steps(
        known=len(visits),
        unknown=len(cases) - len(visits),
        counted=sum(one.how == COUNTED for one in cases),
        said=sum(one.how == SAID for one in cases),
        once_percent=share_of(sum(one <= 1 for one in visits), len(visits)) if told else None,
        median_visits=median_of(visits) if told else None,
        median_papers=_enough(papers, least, hides=hides),
        papers_unknown=len(cases) - len(papers),
        median_doors=_enough(doors, least, hides=hides),
    )


def _enough(values: Sequence[float], least: int, *, hides: bool) -> float | None:
    return median_of(values) if len(values) >= least and not hides else None


def _paying(cases: Sequence[Case]) -> int:
    return sum(one.fen is not None for one in cases)


def _coming(cases: Sequence[Case]) -> int:
    return sum(one.visits is not None for one in cases)


def _hidden(known: Sequence[int], least: int, *, apart: bool) -> set[int]:
    """The lines not told: too few; and where that is one alone, the smallest other with it."""
    few = {at for at, count in enumerate(known) if 0 < count < least}
    others = [at for at, count in enumerate(known) if count >= least]
    if apart and len(few) == 1 and others:
        few.add(min(others, key=lambda at: known[at]))
    return few
