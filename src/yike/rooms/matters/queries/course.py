"""What is read of orders on their way: types changed, redoing, load, suggestions, rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.matters import access, codes, faces, flow, names, policies
from yike.rooms.matters.flow.policy import changes, of_plain
from yike.rooms.matters.models import FlowPolicy, Matter, Redo, RouteSuggestion, TypeChange
from yike.rooms.matters.queries import figures
from yike.rooms.people import roles


def type_changes(
    actor: Actor, *, since: datetime, until: datetime | None = None, limit: int = 200
) -> tuple[faces.TypeChangeRow, ...]:
    """This will return demand types changed after intake in the actor's region, newest first.

    For a supervisor's sample. Refuses NotAllowed whoever answers for no region.
    """
    rows = TypeChange.objects.filter(matter__in=figures.region_of(actor).values("id"))
    rows = rows.filter(at__gte=since, **({"at__lt": until} if until else {}))
    found = list(rows.select_related("matter").order_by("-at", "-id")[:limit])
    orgs = names.orgs(one.org for one in found)
    return tuple(
        faces.TypeChangeRow(
            reference=one.matter.reference,
            title=one.matter.title,
            at=one.at,
            before=one.before,
            before_name=codes.DEMAND_TYPES[one.before],
            after=one.after,
            after_name=codes.DEMAND_TYPES[one.after],
            reason=one.reason,
            who=one.label,
            org_name=orgs.get(one.org, ""),
        )
        for one in found
    )


def redo_rate(actor: Actor, *, since: datetime, until: datetime) -> faces.RedoRate:
    """This will return how many demands answered in a period were done again (重办率).

    Of those answered or sent back in the period; each demand counts once. Refuses NotAllowed
    whoever answers for no region.
    """
    mine = figures.region_of(actor).filter(parent=None)
    redone = Redo.objects.filter(matter__in=mine.values("id"), answered_at__gte=since)
    redone = redone.filter(answered_at__lt=until)
    by = redone.aggregate(
        redone=Count("matter", distinct=True),
        by_citizen=Count("matter", filter=Q(cause="citizen"), distinct=True),
        ordered=Count("matter", filter=Q(cause="ordered"), distinct=True),
    )
    answered = mine.filter(answered_at__gte=since, answered_at__lt=until)
    either = answered.exclude(result__in=codes.ENDINGS).values("id").union(
        redone.values("matter")
    )  # fmt: skip
    return faces.RedoRate(answered=either.count(), **by)


def carried_by(account_ids: Iterable[UUID]) -> dict[UUID, int]:
    """This will count the open orders each of these people carries now; 0 for whoever has none."""
    wanted = list(dict.fromkeys(account_ids))
    rows = Matter.objects.filter(holder_account__in=wanted, state__in=sorted(flow.GOING))
    counted = rows.values_list("holder_account").annotate(n=Count("id"))
    found = dict.fromkeys(wanted, 0)
    found.update({account: n for account, n in counted if account is not None})
    return found


def route_suggestions(actor: Actor) -> tuple[faces.SuggestionFace, ...]:
    """This will return the lines that decided disputes suggest and nobody has answered yet."""
    found = list(
        RouteSuggestion.objects.filter(state="open").select_related("matter").order_by("made_at")
    )
    if not actor.has(roles.DISPATCHER, roles.DIRECTOR) or not found:
        return ()
    orgs = names.orgs(one.org for one in found)
    places = names.places({one.region_code for one in found})
    return tuple(
        faces.SuggestionFace(
            id=one.id,
            region_code=one.region_code,
            region_name=places.get(one.region_code, one.region_code),
            category_name=catalogue_queries.matter_name(one.category) if one.category else "",
            item_code=one.item_code,
            org_name=orgs.get(one.org, ""),
            reason=one.reason,
            made_at=one.made_at,
            reference=one.matter.reference,
        )
        for one in found
    )


def flow_policy(region_code: str) -> flow.Policy:
    """This will return the rules that new orders of a county begin with."""
    return policies.in_force(region_code)


def policy_preview(
    region_code: str, after: flow.Policy
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """This will say what a policy would change, and what of it the table does not permit."""
    return changes(policies.in_force(region_code), after), policies.faults(after)


def policy_versions(actor: Actor, region_code: str) -> tuple[faces.PolicyVersion, ...]:
    """This will return the versions of a county's rules, newest first, each with its changes."""
    if actor.kind not in ("staff", "system"):
        raise NotAllowed("请先登录")
    county = policies.county_of(region_code)
    rows = list(FlowPolicy.objects.filter(county_code=county).order_by("version"))
    made, before = [], flow.HOUSE
    for row in rows:
        now = of_plain(row.version, row.content)
        made.append(
            faces.PolicyVersion(
                version=row.version, active_from=row.active_from, set_at=row.set_at,
                who=row.set_label, reason=row.reason, changes=changes(before, now),
            )
        )  # fmt: skip
        before = now
    return tuple(reversed(made))


def may_set_policy(actor: Actor, region_code: str) -> bool:
    """This will say whether somebody may change a county's rules."""
    inside = bool(actor.region_from) and access.within(policies.county_of(region_code), actor)
    return inside and actor.has(roles.DISPATCHER, roles.DIRECTOR)
