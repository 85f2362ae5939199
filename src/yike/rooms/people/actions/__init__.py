"""Every deed of people; each in the module of its noun."""

from yike.rooms.people.actions.accounts import (
    change_password,
    create_account,
    deactivate_account,
    forget_attempts,
    reactivate_account,
    reset_password,
    unlock_sign_in,
)
from yike.rooms.people.actions.api_keys import (
    NewKey,
    admit_peer,
    end_api_key,
    forget_keys,
    make_api_key,
)
from yike.rooms.people.actions.devices import NewDevice, register_device, revoke_device
from yike.rooms.people.actions.emergencies import (
    break_glass,
    end_emergency,
    review_emergency,
)
from yike.rooms.people.actions.first import open_administrators
from yike.rooms.people.actions.grants import confirm_grant, give_grant, take_grant
from yike.rooms.people.actions.keys import drop_keys, reseal_secrets, rotate_keys
from yike.rooms.people.actions.parties import (
    PartyRef,
    PartyTold,
    Unmasked,
    address_for_notice,
    read_contact_note,
    record_party,
    reseal_parties,
    seal_told,
    unmask,
)
from yike.rooms.people.actions.second_factors import (
    Enrolment,
    confirm_totp,
    enrol_totp,
    renew_recovery_codes,
    reset_second_factor,
)
from yike.rooms.people.actions.sessions import (
    Arrival,
    come_in,
    end_other_sessions,
    forget_sessions,
    sign_out,
)
from yike.rooms.people.actions.sign_in import SignIn, sign_in

__all__ = [
    "Arrival",
    "Enrolment",
    "NewDevice",
    "NewKey",
    "PartyRef",
    "PartyTold",
    "SignIn",
    "Unmasked",
    "address_for_notice",
    "admit_peer",
    "break_glass",
    "change_password",
    "come_in",
    "confirm_grant",
    "confirm_totp",
    "create_account",
    "deactivate_account",
    "drop_keys",
    "end_api_key",
    "end_emergency",
    "end_other_sessions",
    "enrol_totp",
    "forget_attempts",
    "forget_keys",
    "forget_sessions",
    "give_grant",
    "make_api_key",
    "open_administrators",
    "reactivate_account",
    "read_contact_note",
    "record_party",
    "register_device",
    "renew_recovery_codes",
    "reseal_parties",
    "reseal_secrets",
    "reset_password",
    "reset_second_factor",
    "review_emergency",
    "revoke_device",
    "rotate_keys",
    "seal_told",
    "sign_in",
    "sign_out",
    "take_grant",
    "unlock_sign_in",
    "unmask",
]
