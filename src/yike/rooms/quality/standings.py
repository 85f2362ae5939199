"""Whether a rating counts: set in one place, with its sentence."""

from __future__ import annotations

from typing import Any

from yike.rooms.core.actor import Actor
from yike.rooms.quality import codes, events
from yike.rooms.quality.models import Rating
from yike.rooms.trail import actions as trail_actions


def stand(rating: Rating, standing: str, why: str, actor: Actor) -> None:
    """This will set whether a rating counts, with who says so and why."""
    rating.standing, rating.standing_reason = standing, why[:500]
    rating.standing_by = actor.account_id
    rating.save(update_fields=["standing", "standing_reason", "standing_by"])
    name = codes.STANDINGS[standing]
    say(events.RatingChecked, rating, actor, standing=standing, standing_name=name)


def say(kind: type[events.RatingEvent], rating: Rating, actor: Actor, **told: Any) -> None:
    """This will record a sentence about a rating."""
    event = kind(
        rating_id=rating.id,
        matter_id=rating.matter_id,
        region_code=rating.region_code,
        **told,
    )
    trail_actions.record(event, actor=actor)
