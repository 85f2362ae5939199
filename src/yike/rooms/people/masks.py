"""What may be shown of an identity: always less than the whole, whatever was typed. Pure."""

from __future__ import annotations

import re

_STAR = "*"


def mask_name(name: str) -> str:
    """This will return the first character and stars: 张三丰 → 张**. Rare characters are whole.

    Three stars at most, so a long name does not show its length; a name of one character is a star.
    """
    kept = name.strip()
    if not kept:
        return ""
    if len(kept) == 1:
        return _STAR
    return kept[0] + _STAR * min(len(kept) - 1, 3)


def mask_company(name: str) -> str:
    """This will return the two first and two last characters: 象山县某某有限公司 → 象山***公司."""
    kept = name.strip()
    if len(kept) < 6:
        return mask_name(kept)
    return f"{kept[:2]}***{kept[-2:]}"


def mask_phone(phone: str) -> str:
    """This will return 138****5678; of a landline 0574-****45; of any other the last two."""
    if re.fullmatch(r"[0-9]{11}", phone):
        return f"{phone[:3]}****{phone[-4:]}"
    area, dash, local = phone.partition("-")
    if dash and area.isdigit() and re.fullmatch(r"[0-9]{6,8}", local):
        return f"{area}-****{local[-2:]}"
    enough = sum(sign.isdigit() for sign in phone) >= 6
    return f"****{phone[-2:]}" if enough else _STAR * len(phone)


def mask_id(number: str) -> str:
    """This will return 330225********1234; of shorter numbers the first and the last two."""
    if len(number) == 18:
        return f"{number[:6]}{_STAR * 8}{number[-4:]}"
    if len(number) >= 8:
        return f"{number[:2]}{_STAR * (len(number) - 4)}{number[-2:]}"
    return _STAR * len(number)


def mask_email(address: str) -> str:
    """This will return the first sign and the domain: a***@example.com."""
    local, at, domain = address.rpartition("@")
    if not at or not local:
        return _STAR * min(len(address), 3)
    return f"{local[0] if len(local) > 1 else ''}***@{domain}"


def mask_address(address: str) -> str:
    """This will return the first half of an internet address: 10.2.*.*, 240e:3a1:*."""
    if address.count(".") == 3:
        return ".".join(address.split(".")[:2]) + ".*.*"
    if ":" in address:
        return ":".join(address.split(":")[:2])[:12] + ":*"
    return ""
