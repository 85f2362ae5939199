"""What help cost the citizens, for the page of equality: by county, town and group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yike.doors.desk import choices, effort_rules
from yike.doors.desk.effort_rules import Case, Line
from yike.rooms.booking import queries as booking_queries
from yike.rooms.core.actor import Actor
from yike.rooms.matters import codes
from yike.rooms.matters import queries as matters_queries
from yike.rooms.people import roles
from yike.rooms.providers import queries as providers_queries
from yike.rooms.quality import queries as quality_queries


@dataclass(frozen=True, kw_only=True)
class EffortsFace:
    """Price and steps of what was answered in a period. `corrected`: the actor sees ratings."""

    whole: Line
    towns: tuple[Line, ...]
    groups: tuple[Line, ...]
    least: int
    corrected: bool


def efforts_face(actor: Actor, since: date, until: date, town: str = "") -> EffortsFace:
    """This will join what handlers said, what was counted and what citizens said.

    `town`: only its line among the towns. It is reckoned with the whole county all the same: what
    is not told beside the others is not told alone.
    """
    rows = matters_queries.efforts_in(actor, since, until)
    came = booking_queries.days_came([one.reference for one in rows])
    said = quality_queries.said_efforts([one.matter_id for one in rows])
    cases = [_case(one, came.get(one.reference, frozenset()), said) for one in rows]
    towns = [(code, name) for code, name in choices.towns() if code]
    least = providers_queries.norm("efforts.least_cases", choices.county()).value
    told = effort_rules.lines(cases, towns, lambda one: (one.town,), least=least, apart=True)
    chosen = dict(towns).get(town, "")
    return EffortsFace(
        whole=effort_rules.line("全县", cases, least=least),
        towns=tuple(one for one in told if chosen in ("", one.name)),
        groups=effort_rules.lines(
            cases,
            list(codes.PERSON_CATEGORIES.items()),
            lambda one: one.groups,
            least=least,
            apart=False,
        ),
        least=least,
        corrected=actor.has(roles.SUPERVISOR, roles.DIRECTOR),
    )


def _case(
    row: matters_queries.EffortRow, came: frozenset[date], said: quality_queries.SaidEfforts
) -> Case:
    own_visits, own_fen = said.get(row.matter_id, (None, None))
    visits, how = effort_rules.visits_of(row.visits, row.came | came, own_visits)
    return Case(
        town=row.town_code, groups=row.groups, fen=row.fen if own_fen is None else own_fen,
        visits=visits, how=how, papers=row.papers, doors=row.doors,
    )  # fmt: skip
