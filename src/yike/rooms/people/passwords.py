"""Passwords: what is good enough, and how it is kept (scrypt: memory-hard, some 0.2 s)."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources

from django.contrib.auth.hashers import check_password, make_password

from yike.rooms.core.refusal import BadInput

LEAST, MOST = 10, 128
_HASHER = "scrypt"
_RUNS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
_ENDS = "0123456789!@#$%^&*()_-+=.,~?/ "
_HELP = "可以用几个不相干的词连起来，例如四个词语的拼音，比复杂符号更安全也更好记。"


def check_new(password: str, *, username: str, display_name: str = "") -> None:
    """This will refuse, with BadInput and the reason, a password that is too easy to guess."""
    why = _why_weak(password, username, display_name)
    if why:
        raise BadInput(why, way_on=_HELP, field="password")


def _why_weak(password: str, username: str, display_name: str) -> str:
    flat = unicodedata.normalize("NFKC", password).casefold()
    if len(password) < LEAST:
        return f"密码至少 {LEAST} 个字符，您填了 {len(password)} 个。"
    if len(password) > MOST:
        return f"密码最多 {MOST} 个字符。"
    for own in (username.casefold(), display_name.casefold()):
        if len(own) >= 2 and own in flat:
            return "密码里不能包含用户名或姓名。"
    if len(set(flat)) < 5:
        return "密码里重复的字符太多。"
    if _is_common(flat):
        return "这个密码很常见，容易被猜中。"
    return ""


def _is_common(flat: str) -> bool:
    core = flat.strip(_ENDS)
    half = core[: len(core) // 2]
    said_twice = half and half * 2 == core
    known = core in _common() or (said_twice and half in _common())
    return not core or bool(known) or any(core in run for run in _RUNS)


@cache
def _common() -> frozenset[str]:
    """What guessers try first, without the signs and digits at its ends."""
    file = resources.files("yike.rooms.people").joinpath("data/common_passwords.txt")
    return frozenset(file.read_text(encoding="utf-8").split())


@dataclass(frozen=True)
class Kept:
    """A password already hashed: how the house gives a whole demonstration cast one password."""

    hashed: str


def keep(password: str) -> Kept:
    """This will check a password as `check_new` does, for nobody in particular, and hash it."""
    check_new(password, username="", display_name="")
    return Kept(hashed(password))


def hashed(password: str) -> str:
    """This will return what is kept of a password. Slow on purpose."""
    return make_password(_plain(password), hasher=_HASHER)


def matches(password: str, kept: str) -> bool:
    """This will say whether a password is the one kept; equal time when none is kept."""
    nobodys = _nobodys()
    right = check_password(_plain(password[:MOST]), kept or nobodys, preferred=_HASHER)
    return right and bool(kept) and len(password) <= MOST


@cache
def _nobodys() -> str:
    """What is compared when there is no account: a password nobody knows, made once a process."""
    return hashed(secrets.token_urlsafe(24))


def _plain(password: str) -> str:
    """The same characters typed on another keyboard must give the same password."""
    return unicodedata.normalize("NFC", password)


def one_time() -> str:
    """This will return a password to be told once and changed at first sign-in."""
    signs = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(signs) for _ in range(4)) for _ in range(4))
