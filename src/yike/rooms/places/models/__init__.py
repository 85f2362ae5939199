"""The tables of this room: what stands where, all of it public, and how stations are graded."""

from yike.rooms.places.models.grade import (
    GradeAnswer,
    GradeAppeal,
    GradeAssessment,
    GradeAward,
    GradeFinding,
    GradeScheme,
)
from yike.rooms.places.models.station import Lineage, Sign, Space, Station, StationService, Terminal

__all__ = [
    "GradeAnswer",
    "GradeAppeal",
    "GradeAssessment",
    "GradeAward",
    "GradeFinding",
    "GradeScheme",
    "Lineage",
    "Sign",
    "Space",
    "Station",
    "StationService",
    "Terminal",
]
