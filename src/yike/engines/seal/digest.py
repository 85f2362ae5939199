"""SM3 (GB/T 32905), HMAC-SM3 and HKDF-SM3 (RFC 5869), by OpenSSL wherever Python has it."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from typing import Protocol

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import hmac as slow_hmac

#: Length of a digest and of a MAC, in bytes.
DIGEST_BYTES = 32


class _Hash(Protocol):
    def update(self, data: bytes, /) -> None: ...
    def digest(self) -> bytes: ...


class _CryptographySm3:
    """The same face as hashlib's object, for a Python whose OpenSSL was built without SM3."""

    def __init__(self, data: bytes = b"") -> None:
        self._state = hashes.Hash(hashes.SM3())
        self._state.update(data)

    def update(self, data: bytes, /) -> None:
        self._state.update(data)

    def digest(self) -> bytes:
        return self._state.copy().finalize()


def _fallback_hmac(key: bytes, data: bytes) -> bytes:
    state = slow_hmac.HMAC(key, hashes.SM3())
    state.update(data)
    return state.finalize()


def _openssl_sm3(data: bytes = b"") -> _Hash:
    return hashlib.new("sm3", data)


def _openssl_hmac(key: bytes, data: bytes) -> bytes:
    return hmac.digest(key, data, "sm3")


def _has_openssl() -> bool:
    try:
        hashlib.new("sm3", b"")
        hmac.digest(b"k", b"", "sm3")
    except (ValueError, TypeError):
        return False
    return True


_NATIVE = _has_openssl()
_start: Callable[[bytes], _Hash] = _openssl_sm3 if _NATIVE else _CryptographySm3
_mac: Callable[[bytes, bytes], bytes] = _openssl_hmac if _NATIVE else _fallback_hmac


class Sm3:
    """A running SM3 over data that comes in pieces."""

    def __init__(self) -> None:
        self._state = _start(b"")

    def update(self, data: bytes) -> None:
        """This will take in the next piece."""
        self._state.update(data)

    def digest(self) -> bytes:
        """This will return the 32-byte digest of all pieces so far; more may follow."""
        return self._state.digest()


def sm3(data: bytes) -> bytes:
    """This will return the 32-byte SM3 digest (GB/T 32905-2016)."""
    return _start(data).digest()


def hmac_sm3(key: bytes, data: bytes) -> bytes:
    """This will return the 32-byte HMAC-SM3 (GM/T 0042-2015)."""
    return _mac(key, data)


def derive(key: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    """This will derive `length` bytes from a secret key: HKDF of RFC 5869 over SM3.

    Refuses more than 255 × 32 bytes with ValueError.
    """
    if not 0 < length <= 255 * DIGEST_BYTES:
        raise ValueError("derive: length must be 1 to 8160 bytes")
    root = _mac(salt or bytes(DIGEST_BYTES), key)
    block, out, count = b"", b"", 1
    while len(out) < length:
        block = _mac(root, block + info + bytes((count,)))
        out += block
        count += 1
    return out[:length]
