"""What doors are shown of quality: frozen, masked for the one who asked, ready to be drawn."""

from yike.rooms.quality.faces.cases import (
    AttemptFace,
    CasePage,
    CaseRow,
    ComplaintFace,
    DailyRow,
    PolicyRow,
    RewardRow,
)
from yike.rooms.quality.faces.rating import (
    Figures,
    LevelCount,
    LoopFigures,
    MyRatings,
    RatedRow,
    RatePage,
    RatingRow,
    ReplyFace,
    Topic,
)

__all__ = [
    "AttemptFace",
    "CasePage",
    "CaseRow",
    "ComplaintFace",
    "DailyRow",
    "Figures",
    "LevelCount",
    "LoopFigures",
    "MyRatings",
    "PolicyRow",
    "RatePage",
    "RatedRow",
    "RatingRow",
    "ReplyFace",
    "RewardRow",
    "Topic",
]
