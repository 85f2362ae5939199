"""The deeds an actor may do now with a case, with their fields and choices."""

from __future__ import annotations

from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.matters.faces import FieldFace, VerbFace
from yike.rooms.people import queries as people_queries
from yike.rooms.people import roles
from yike.rooms.providers import queries as providers_queries
from yike.rooms.quality import access, codes, facts, flow
from yike.rooms.quality.models import Callback, Complaint
from yike.rooms.quality.models.cases import Case
from yike.rooms.quality.queries.rowing import noun_of
from yike.rooms.regions import codes as region_codes

_Pairs = tuple[tuple[str, str], ...]


def of(case: Case, actor: Actor) -> tuple[VerbFace, ...]:
    """This will return the deeds open to this actor now, in the table's order."""
    standing = access.standing_of(case, actor)
    rows = flow.allowed(noun_of(case), case.state, standing, facts.of(case, actor))
    kept: dict[str, _Pairs] = {}
    return tuple(
        VerbFace(
            verb=row.verb,
            label=row.label,
            grave=row.grave,
            fields=tuple(_field(need, case, actor, kept) for need in row.needs),
        )
        for row in rows
        if "system" not in row.who
    )


def bare(verb: str) -> VerbFace:
    """This will return a deed's form without choices, for one that is allowed no more."""
    row = flow.row_of(verb)
    fields = []
    for need in row.needs:
        name = need.rstrip("?")
        label, kind, hint = flow.FIELDS[name]
        fields.append(
            FieldFace(name=name, label=label, kind=kind, required=need == name, hint=hint)
        )
    return VerbFace(verb=row.verb, label=row.label, fields=tuple(fields), grave=row.grave)


def _field(need: str, case: Case, actor: Actor, kept: dict[str, _Pairs]) -> FieldFace:
    name = need.rstrip("?")
    label, kind, hint = flow.FIELDS[name]
    if kind in ("org", "choice", "account") and name not in kept:
        kept[name] = _choices(name, case, actor)
    return FieldFace(
        name=name,
        label=label,
        kind=kind,
        required=need == name,
        choices=kept.get(name, ()),
        hint=hint,
    )


def _choices(name: str, case: Case, actor: Actor) -> _Pairs:
    if name == "result":
        return tuple(codes.RESULTS.items())
    if name == "ground":
        return tuple(codes.GROUNDS.items())
    if name == "account_id":
        return _callers(case)
    return _offices(case)


def _offices(case: Case) -> _Pairs:
    """Institutions of the county, the likeliest first: whose service it was."""
    county = region_codes.at_level(case.region_code, "county") or case.region_code
    rows = providers_queries.institutions_in(region_codes.span(county))
    likely = {case.owner_org}
    if isinstance(case, Callback):
        likely = {case.served_org}
    elif isinstance(case, Complaint):
        likely = {case.about_org}
    ordered = sorted(rows, key=lambda row: (row.id not in likely, row.region_code, row.name))
    return tuple((str(row.id), row.name) for row in ordered if row.active_until is None)


def _callers(case: Case) -> _Pairs:
    """Who may call back instead: supervisors and directors of the region who did not serve."""
    served: set[UUID] = set(case.served_accounts) if isinstance(case, Callback) else set()
    found: list[UUID] = []
    for role in (roles.SUPERVISOR, roles.DIRECTOR):
        found += people_queries.answering_for(
            role, region_code=case.region_code, level=case.secrecy
        )
    names = people_queries.account_names(found)
    kept = [one for one in dict.fromkeys(found) if one not in served and one in names]
    return tuple((str(one), names[one]) for one in kept)
