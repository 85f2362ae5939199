"""Who suits a task of volunteers, ranked with reasons. Pure: told everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

#: points for each kind of reason
SPECIALTY, MOST_SPECIALTIES = 25, 50
DIRECTION, LANGUAGE, AREA, FREE, NEAR = 20, 15, 10, 20, 30
#: farther than so many kilometres nearness gives nothing
FAR_KM = 40.0
#: taken off for every task of the last ninety days, at most so much
LOAD, MOST_LOAD = 3, 15


@dataclass(frozen=True, kw_only=True)
class Need:
    """What a task asks for; `part` is its key of availability, "0m" Monday morning."""

    directions: tuple[str, ...] = ()
    specialties: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    part: str = ""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """What is known of a volunteer; `barred` says why they cannot be taken, "" when they can."""

    id: UUID
    directions: tuple[str, ...] = ()
    specialties: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    #: serves where the task is
    here: bool = False
    #: from home to the task; None where nobody knows
    km: float | None = None
    availability: tuple[str, ...] = ()
    recent: int = 0
    barred: str = ""


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One reason with its points, negative when it speaks against."""

    code: str
    sentence: str
    points: int


@dataclass(frozen=True, kw_only=True)
class Match:
    """One candidate with the sum and its reasons; barred ones stand last, with why."""

    id: UUID
    score: int
    reasons: tuple[Reason, ...]
    barred: str


def rank(need: Need, candidates: Sequence[Candidate]) -> tuple[Match, ...]:
    """This will return every candidate, best first, ties by who served less and then by id."""
    recent = {one.id: one.recent for one in candidates}
    found = [_match(need, one) for one in candidates]
    key = sorted(found, key=lambda one: (bool(one.barred), -one.score, recent[one.id], one.id))
    return tuple(key)


def _match(need: Need, one: Candidate) -> Match:
    reasons = tuple(reason for reason in _reasons(need, one) if reason.points)
    score = 0 if one.barred else sum(reason.points for reason in reasons)
    return Match(id=one.id, score=score, reasons=reasons, barred=one.barred)


def _reasons(need: Need, one: Candidate) -> list[Reason]:
    shared = [code for code in need.specialties if code in one.specialties]
    spoken = [word for word in need.languages if word in one.languages]
    same = any(code in one.directions for code in need.directions)
    free = bool(need.part) and need.part in one.availability
    load = min(MOST_LOAD, LOAD * one.recent)
    return [
        Reason(code="specialty", sentence=f"擅长{'、'.join(shared)}",
               points=min(MOST_SPECIALTIES, SPECIALTY * len(shared))),
        Reason(code="direction", sentence="志愿方向相符", points=DIRECTION if same else 0),
        Reason(code="language", sentence=f"会{'、'.join(spoken)}",
               points=LANGUAGE if spoken else 0),
        Reason(code="area", sentence="愿意到这里服务", points=AREA if one.here else 0),
        Reason(code="free", sentence="这个时段有空", points=FREE if free else 0),
        _near(one.km),
        Reason(code="load", sentence=f"近九十天已服务 {one.recent} 次", points=-load),
    ]  # fmt: skip


def _near(km: float | None) -> Reason:
    if km is None:
        return Reason(code="near", sentence="", points=0)
    points = round(NEAR * max(0.0, 1 - km / FAR_KM))
    return Reason(code="near", sentence=f"离服务地点约 {km:.0f} 公里", points=points)
