"""Which other demands may be this one told again: by index, then by words. Never merged here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.matters import access, flow, likeness, policies, rowing
from yike.rooms.matters.faces import WaitingRow
from yike.rooms.matters.likeness import Told
from yike.rooms.matters.models import Link, Matter
from yike.rooms.matters.queries import lists
from yike.rooms.regions import codes as region_codes

#: rows looked at of the same person, and of the same town
_PERSON, _PLACE = 40, 60
_SHOWN = 5
_COMPARED = ("text", "phone_index", "id_index", "region_code", "category", "opened_at")
_READ = tuple({*rowing.COLUMNS, *_COMPARED})


@dataclass(frozen=True, kw_only=True)
class Duplicate:
    """A demand that may be the same, with the score of its words and why."""

    row: WaitingRow
    score: int
    reasons: tuple[str, ...]
    same_person: bool
    #: it is going on, so that one may be merged into it
    mergeable: bool
    #: somebody tied the two already
    linked: bool = False

    @property
    def why(self) -> str:
        """The reasons as one phrase."""
        return "、".join(self.reasons)


def suggest_duplicates(reference: str, actor: Actor) -> tuple[Duplicate, ...]:
    """This will return what may be the same demand, nearest first, at most five.

    Only what the actor may see (row security), within the county's days and percent. Staff only;
    refuses NotFound.
    """
    matter = access.matter_for(actor, reference)
    if actor.kind not in ("staff", "system") or matter.parent_id is not None:
        return ()
    policy = policies.of_matter(matter)
    told = _told(matter)
    rows = [row for row in _candidates(told, policy) if row.id != matter.id]
    found = _near(told, rows, policy, actor)
    tied = _tied(matter) if found else frozenset()
    return tuple(replace(one, linked=one.row.matter_id in tied) for one in found)


def duplicates_of_words(
    actor: Actor, *, text: str, phone: str = "", id_number: str = "", region_code: str = ""
) -> tuple[Duplicate, ...]:
    """This will say the same of words that are being written down: no demand exists yet.

    A number that is none finds nobody. Staff only.
    """
    if actor.kind not in ("staff", "system") or len(text.strip()) < likeness.SHORT:
        return ()
    told = Told(
        text=text,
        phone_index=lists.index_of("phone_index", phone),
        id_index=lists.index_of("id_index", id_number),
        region_code=region_code,
        opened_at=clock.now(),
    )
    policy = policies.in_force(region_code or actor.region_from)
    return _near(told, _candidates(told, policy), policy, actor)


def _candidates(told: Told, policy: flow.Policy) -> list[Matter]:
    """By index: the latest of the same numbers, and of the same village, within the window."""
    reach = timedelta(days=policy.cap("duplicate_days"))
    near = Matter.objects.filter(
        opened_at__gte=told.opened_at - reach, opened_at__lte=told.opened_at + reach, parent=None
    ).exclude(state__in=(flow.MERGED, flow.WITHDRAWN))
    found: dict[UUID, Matter] = {}
    for name in ("phone_index", "id_index"):
        if value := getattr(told, name):
            rows = near.filter(**{name: value}).only(*_READ).order_by("-opened_at")[:_PERSON]
            found |= {row.id: row for row in rows}
    town = region_codes.at_level(told.region_code, "town") if told.region_code else ""
    if town:
        here = near.filter(town_code=town, region_code=told.region_code)
        found |= {row.id: row for row in here.only(*_READ).order_by("-opened_at")[:_PLACE]}
    return list(found.values())


def _near(
    told: Told, rows: Iterable[Matter], policy: flow.Policy, actor: Actor
) -> tuple[Duplicate, ...]:
    least = policy.cap("duplicate_percent")
    judged = ((row, likeness.judge(told, _told(row))) for row in rows)
    kept = [(row, found) for row, found in judged if likeness.is_near(found, least=least)]
    kept.sort(key=lambda pair: (pair[1].same_person, pair[1].score), reverse=True)
    kept = kept[:_SHOWN]
    shown = rowing.rows([row for row, _ in kept], actor)
    return tuple(
        Duplicate(
            row=line,
            score=found.score,
            reasons=found.reasons,
            same_person=found.same_person,
            mergeable=row.state in flow.GOING,
        )
        for line, (row, found) in zip(shown, kept, strict=True)
    )


def _told(matter: Matter) -> Told:
    return Told(**{name: getattr(matter, name) for name in _COMPARED})


def _tied(matter: Matter) -> frozenset[UUID]:
    rows = Link.objects.filter(Q(matter=matter.id) | Q(other=matter.id))
    pairs = rows.values_list("matter", "other")
    return frozenset(one for pair in pairs for one in pair)
