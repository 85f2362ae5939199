"""The tables of this room: what stands where, how it is kept, graded and featured."""

from yike.rooms.places.models.basics import BasicTry, BasicWay
from yike.rooms.places.models.colocation import SiteElement
from yike.rooms.places.models.featured import FeaturedProfile
from yike.rooms.places.models.grade import (
    GradeAnswer,
    GradeAppeal,
    GradeAssessment,
    GradeAward,
    GradeFinding,
    GradeScheme,
)
from yike.rooms.places.models.notes import StationNote
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
from yike.rooms.places.models.visits import VisitCount

__all__ = [
    "BasicTry",
    "BasicWay",
    "FeaturedProfile",
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
    "SiteElement",
    "Space",
    "Station",
    "StationNote",
    "StationService",
    "Terminal",
    "Upkeep",
    "VisitCount",
]
