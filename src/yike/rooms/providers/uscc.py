"""The unified social credit code (GB 32100-2015): eighteen signs, the last one checks. Pure."""

from __future__ import annotations

#: no I, O, S, V, Z
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18


def read_uscc(typed: str) -> str:
    """This will return the code in capitals without spaces, or "" when it cannot be one."""
    code = "".join(typed.split()).upper()
    if len(code) != LENGTH or any(sign not in ALPHABET for sign in code):
        return ""
    return code if code[-1] == check_sign(code[:-1]) else ""


def check_sign(body: str) -> str:
    """This will return the check sign of seventeen signs: weights 3^i, modulo 31 (GB 32100 4.5)."""
    total = sum(pow(3, place, 31) * ALPHABET.index(sign) for place, sign in enumerate(body))
    return ALPHABET[(31 - total % 31) % 31]
