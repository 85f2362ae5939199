"""What citizens said of answers, in their own words, as far as one may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yike.rooms.matters.models import Feedback

_MOST = 5_000


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """One word on an answer. `person`: blind index of who said it, "" = not known."""

    id: UUID
    at: datetime
    words: str
    person: str
    reference: str


def feedback_between(since: datetime, until: datetime) -> tuple[Spoken, ...]:
    """This will return the words on answers of a span, newest first, at most 5,000."""
    rows = Feedback.objects.filter(at__gte=since, at__lt=until).exclude(words="")
    listed = rows.order_by("-at", "id").values_list(
        "id", "at", "words", "matter__phone_index", "matter__reference"
    )
    return tuple(
        Spoken(id=ref, at=at, words=words, person=person, reference=reference)
        for ref, at, words, person, reference in listed[:_MOST]
    )
