"""The index of a period: computed from its sheets, or read as it was written when it was closed."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from yike.rooms.observation import entry, figures, flow, scoring
from yike.rooms.observation.figures import Figure
from yike.rooms.observation.models import AnswerSheet, IndexFigure, Quota, Wave

#: point and dimension ("" the whole) → figure
Index = dict[tuple[UUID, str], Figure]


def plan_of(wave: Wave) -> dict[UUID, dict[UUID, int]]:
    """This will return how many are planned, by point and layer; only points with any."""
    found: defaultdict[UUID, dict[UUID, int]] = defaultdict(dict)
    rows = Quota.objects.filter(stratum__wave=wave).order_by("stratum__no")
    for point, stratum, many in rows.values_list("point", "stratum", "planned"):
        found[point][stratum] = many
    return {point: told for point, told in found.items() if any(told.values())}


def computed(wave: Wave) -> Index:
    """This will compute the index of all points from the stored sheets, as they are now."""
    plan, questions = plan_of(wave), entry.questions(wave)
    told: defaultdict[UUID, list[tuple[str, dict[str, float]]]] = defaultdict(list)
    sheets = AnswerSheet.objects.filter(stratum__wave=wave).order_by("id")
    for point, stratum, answers in sheets.values_list("point", "stratum", "answers"):
        told[point].append((str(stratum), scoring.of_sheet(questions, answers)))
    found: Index = {}
    for point, many in plan.items():
        planned = {str(ref): number for ref, number in many.items()}
        for dimension in ("", *scoring.weights(questions)):
            scores = [(stratum, scored[dimension]) for stratum, scored in told[point]]
            found[point, dimension] = figures.estimate(scores, planned, least=wave.least)
    return found


def frozen(wave: Wave) -> Index:
    """This will return the index as it was written when the period was closed."""
    return {
        (row.point_id, row.dimension): Figure(
            n=row.answers, value=row.value, se=row.error, free=row.free, why=row.why
        )
        for row in IndexFigure.objects.filter(wave=wave)
    }


def index_of(wave: Wave) -> Index:
    """This will return the index of a closed period; nothing of one that runs.

    Whoever saw it move with each sheet could tell what the person who just left has answered.
    """
    return frozen(wave) if wave.state == flow.CLOSED else {}


def differing(wave: Wave) -> int:
    """This will compute a closed period anew and count the figures that differ from the written."""
    now, then = computed(wave), frozen(wave)
    return sum(
        key not in now or _rounded(now[key]) != _rounded(one) for key, one in then.items()
    ) + len(set(now) - set(then))


def _rounded(one: Figure) -> tuple[float | None, ...]:
    return one.n, *(None if x is None else round(x, 6) for x in (one.value, one.se))
