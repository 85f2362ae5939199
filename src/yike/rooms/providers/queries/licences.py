"""Licences that must be held: whether they are valid on a day, and when they end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from yike.rooms.providers.models import Credential

#: kind of licence, first day, last day (exclusive; None: no end)
Term = tuple[str, date, date | None]


def terms_of(ids: Iterable[UUID]) -> dict[UUID, list[Term]]:
    """This will return the licences that must be held by practitioners or institutions."""
    asked = list(set(ids))
    rows = Credential.objects.filter(
        Q(practitioner__in=asked) | Q(institution__in=asked), needed=True
    ).order_by("kind", "valid_from", "number")
    found: dict[UUID, list[Term]] = {}
    for row in rows:
        holder = row.practitioner_id or row.institution_id
        assert holder is not None
        found.setdefault(holder, []).append((row.kind, row.valid_from, row.valid_until))
    return found


def ends_of(ids: Iterable[UUID]) -> dict[UUID, date]:
    """This will return the first day without a licence; who has none, or one without end, is not in

    the answer. Of several licences of one kind the latest counts, of several kinds the soonest.
    """
    ends = {one: _end(terms) for one, terms in terms_of(ids).items()}
    return {one: end for one, end in ends.items() if end is not None}


def faults(terms: Sequence[Term], on: date, *, prefix: str = "") -> list[str]:
    """This will say in sentences why these licences do not allow to serve on a day."""
    found = []
    for kind in dict.fromkeys(term[0] for term in terms):
        same = [term for term in terms if term[0] == kind]
        if not any(_valid(term, on) for term in same):
            found.append(prefix + _fault(same, on))
    return found


def _valid(term: Term, on: date) -> bool:
    return term[1] <= on and (term[2] is None or on < term[2])


def _fault(same: Sequence[Term], on: date) -> str:
    ended = [term[2] for term in same if term[2] is not None and term[2] <= on]
    if ended:
        return f"{same[0][0]}已于 {max(ended):%Y-%m-%d} 到期"
    return f"{same[0][0]}自 {min(term[1] for term in same):%Y-%m-%d} 起才有效"


def _end(terms: Sequence[Term]) -> date | None:
    by_kind: dict[str, list[date | None]] = {}
    for kind, _, until in terms:
        by_kind.setdefault(kind, []).append(until)
    latest = [None if None in ends else max(ends) for ends in by_kind.values()]  # type: ignore[type-var]
    known = [end for end in latest if end is not None]
    return min(known) if known else None
