"""Every read of quality: frozen faces, masked for the one who asks."""

from yike.rooms.quality.queries.efforts import SaidEfforts, said_efforts
from yike.rooms.quality.queries.figures import loop_figures, rating_figures, topics, uncalled
from yike.rooms.quality.queries.invited import rate_page
from yike.rooms.quality.queries.lists import (
    cases,
    counts,
    daily_checks,
    policies,
    ratings,
    rewards,
)
from yike.rooms.quality.queries.mine import my_ratings
from yike.rooms.quality.queries.pages import case_page, complaint_face
from yike.rooms.quality.queries.spoken import spoken
from yike.rooms.quality.queries.verbs import bare

__all__ = [
    "SaidEfforts",
    "bare",
    "case_page",
    "cases",
    "complaint_face",
    "counts",
    "daily_checks",
    "loop_figures",
    "my_ratings",
    "policies",
    "rate_page",
    "rating_figures",
    "ratings",
    "rewards",
    "said_efforts",
    "spoken",
    "topics",
    "uncalled",
]
