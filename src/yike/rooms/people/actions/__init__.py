"""Every deed of people; each in the module of its noun."""

from yike.rooms.people.actions.parties import (
    PartyRef,
    PartyTold,
    Unmasked,
    record_party,
    reseal_parties,
    unmask,
)

__all__ = [
    "PartyRef",
    "PartyTold",
    "Unmasked",
    "record_party",
    "reseal_parties",
    "unmask",
]
