"""The tables of this room, by what they are about."""

from yike.rooms.providers.models.advisers import (
    AdviserContract,
    AdviserVillage,
    AdviserVisit,
    LocalNorm,
)
from yike.rooms.providers.models.joining import Joining, JoiningPaper
from yike.rooms.providers.models.keeping import Keeper, KindCharge, KindUpdate, Relation
from yike.rooms.providers.models.register import (
    Contact,
    Credential,
    Institution,
    Practitioner,
    Supply,
)
from yike.rooms.providers.models.stationing import Stationing
from yike.rooms.providers.models.teams import DutyMember, DutyNeed, DutyTeam

__all__ = [
    "AdviserContract",
    "AdviserVillage",
    "AdviserVisit",
    "Contact",
    "Credential",
    "DutyMember",
    "DutyNeed",
    "DutyTeam",
    "Institution",
    "Joining",
    "JoiningPaper",
    "Keeper",
    "KindCharge",
    "KindUpdate",
    "LocalNorm",
    "Practitioner",
    "Relation",
    "Stationing",
    "Supply",
]
