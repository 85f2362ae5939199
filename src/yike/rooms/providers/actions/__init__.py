"""Every write of the register. Nothing is ever removed: what ends gets a last day."""

from yike.rooms.providers.actions.credentials import record_credential, verify_credential
from yike.rooms.providers.actions.institutions import (
    close_institution,
    register_institution,
    revise_institution,
    set_supplies,
)
from yike.rooms.providers.actions.persons import (
    close_practitioner,
    link_account,
    register_practitioner,
    revise_practitioner,
)

__all__ = [
    "close_institution",
    "close_practitioner",
    "link_account",
    "record_credential",
    "register_institution",
    "register_practitioner",
    "revise_institution",
    "revise_practitioner",
    "set_supplies",
    "verify_credential",
]
