"""The tables of this room, by what they are about."""

from yike.rooms.providers.models.advisers import (
    AdviserContract,
    AdviserVillage,
    AdviserVisit,
    LocalNorm,
)
from yike.rooms.providers.models.corrections import Correction, InstitutionCheck
from yike.rooms.providers.models.joining import Joining, JoiningPaper
from yike.rooms.providers.models.keeping import Keeper, KindCharge, KindUpdate, Relation
from yike.rooms.providers.models.proxies import Proxy
from yike.rooms.providers.models.register import (
    Contact,
    Credential,
    Institution,
    Practitioner,
    Supply,
)
from yike.rooms.providers.models.service_records import ServiceRecord
from yike.rooms.providers.models.stationing import Stationing
from yike.rooms.providers.models.teams import DutyMember, DutyNeed, DutyTeam
from yike.rooms.providers.models.volunteering import (
    VolunteerBrief,
    VolunteerCall,
    VolunteerCertificate,
    VolunteerHonour,
    VolunteerIncident,
    VolunteerSignUp,
    VolunteerTask,
)
from yike.rooms.providers.models.volunteers import (
    Volunteer,
    VolunteerContact,
    VolunteerMember,
    VolunteerRules,
    VolunteerTeam,
    VolunteerUndertaking,
)

__all__ = [
    "AdviserContract",
    "AdviserVillage",
    "AdviserVisit",
    "Contact",
    "Correction",
    "Credential",
    "DutyMember",
    "DutyNeed",
    "DutyTeam",
    "Institution",
    "InstitutionCheck",
    "Joining",
    "JoiningPaper",
    "Keeper",
    "KindCharge",
    "KindUpdate",
    "LocalNorm",
    "Practitioner",
    "Proxy",
    "Relation",
    "ServiceRecord",
    "Stationing",
    "Supply",
    "Volunteer",
    "VolunteerBrief",
    "VolunteerCall",
    "VolunteerCertificate",
    "VolunteerContact",
    "VolunteerHonour",
    "VolunteerIncident",
    "VolunteerMember",
    "VolunteerRules",
    "VolunteerSignUp",
    "VolunteerTask",
    "VolunteerTeam",
    "VolunteerUndertaking",
]
