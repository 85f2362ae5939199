"""Tables of quality: ratings, callbacks and rectifications, complaints, alerts, daily checks."""

from yike.rooms.quality.models.cases import Alert, Attempt, Callback, Rectification
from yike.rooms.quality.models.complaint import Complaint
from yike.rooms.quality.models.office import DailyCheck, Policy, Reward
from yike.rooms.quality.models.rating import Invitation, Rating, RatingReply

__all__ = [
    "Alert",
    "Attempt",
    "Callback",
    "Complaint",
    "DailyCheck",
    "Invitation",
    "Policy",
    "Rating",
    "RatingReply",
    "Rectification",
    "Reward",
]
