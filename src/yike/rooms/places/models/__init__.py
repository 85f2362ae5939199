"""The tables of this room: what stands where, how it is kept, and how stations are graded."""

from yike.rooms.places.models.grade import (
    GradeAnswer,
    GradeAppeal,
    GradeAssessment,
    GradeAward,
    GradeFinding,
    GradeScheme,
)
from yike.rooms.places.models.station import Lineage, Sign, Space, Station, StationService, Terminal
from yike.rooms.places.models.upkeep import (
    Photo,
    PublicSite,
    QrCode,
    QrDay,
    QrPlace,
    SignCheck,
    Upkeep,
)

__all__ = [
    "GradeAnswer",
    "GradeAppeal",
    "GradeAssessment",
    "GradeAward",
    "GradeFinding",
    "GradeScheme",
    "Lineage",
    "Photo",
    "PublicSite",
    "QrCode",
    "QrDay",
    "QrPlace",
    "Sign",
    "SignCheck",
    "Space",
    "Station",
    "StationService",
    "Terminal",
    "Upkeep",
]
