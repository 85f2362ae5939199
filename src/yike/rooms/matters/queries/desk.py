"""What the desk asks beside the lists: counts per tab, what the same person asked, a try-out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Value

from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.matters import access, flow, routes, rowing
from yike.rooms.matters.faces import WaitingRow
from yike.rooms.matters.models import Matter
from yike.rooms.matters.queries import duplicates, lists
from yike.rooms.matters.queries.duplicates import Duplicate
from yike.rooms.notices import queries as notices_queries
from yike.rooms.notices.faces import ProofFace
from yike.rooms.regions import queries as regions_queries


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """What stands beside a matter: the same person's others, and what the words suggest."""

    earlier: tuple[WaitingRow, ...]
    suggested: tuple[catalogue_queries.MatterSuggestion, ...]
    #: what may be the same demand told again
    duplicates: tuple[Duplicate, ...]
    #: what left the house for the citizen, and whether it arrived
    proofs: tuple[ProofFace, ...]


def waiting_counts(actor: Actor, ways: Iterable[str]) -> dict[str, int]:
    """This will count what `matters_waiting_for` lists, for each of these ways of looking.

    What the office holds is counted by one walk over its open matters, the other ways by their own.
    """
    wanted = list(ways)
    together = {way: one for way, one in lists.ways_of(actor).items() if way in wanted}
    held = lists.in_hand(actor).filter(state__in=sorted(flow.OPEN))
    sums = {f"n_{way}": Count("id", filter=one) for way, one in together.items()}
    walked = held.aggregate(**sums)
    counts = {way: walked[f"n_{way}"] for way in together}
    others = [way for way in wanted if way not in together]
    apart = [
        rows.annotate(way=Value(way)).values_list("way").annotate(n=Count("id"))
        for way, rows in ((way, lists.waiting(actor, way)) for way in others)
    ]
    rest = apart[0].union(*apart[1:], all=True) if apart else ()
    return dict.fromkeys(wanted, 0) | counts | dict(rest)


def dossier(actor: Actor, reference: str) -> Dossier:
    """This will return the twenty latest other demands of the same phone or document number.

    As far as the actor may see them, masked; with what became of the notices to the citizen, for
    the office that holds the matter. Refuses NotFound.
    """
    matter = access.matter_for(actor, reference)
    same = Matter.objects.none()
    for name in ("phone_index", "id_index"):
        if value := getattr(matter, name):
            same = same | Matter.objects.filter(**{name: value})
    rows = same.exclude(id=matter.id).only(*rowing.COLUMNS).order_by("-opened_at")[:20]
    return Dossier(
        earlier=rowing.rows(list(rows), actor),
        suggested=catalogue_queries.suggest_matters(matter.text),
        duplicates=duplicates.suggest_duplicates(reference, actor),
        proofs=notices_queries.proofs_of(about="matter", subject=str(matter.id)),
    )


def route_of(
    actor: Actor, *, region_code: str, category: str = "", item_code: str = ""
) -> routes.Found:
    """This will say where a demand would go today, and why; nothing is opened. Staff only."""
    if actor.kind not in ("staff", "system"):
        raise NotAllowed("请先登录")
    path = regions_queries.path_of(region_code)
    return routes.find(
        region_code=region_code,
        category=category,
        item_code=item_code,
        region_name=path.town + path.village,
        kind_name=catalogue_queries.matter_name(category) if category else "",
    )


def references_of(actor: Actor, matter_ids: Iterable[str]) -> dict[str, str]:
    """This will return the public references of those of these matters the actor may see."""
    if actor.kind not in ("staff", "system"):
        return {}
    found = Matter.objects.filter(id__in=set(matter_ids)).values_list("id", "reference")
    return {str(matter_id): reference for matter_id, reference in found}
