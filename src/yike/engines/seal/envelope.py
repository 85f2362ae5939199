"""Envelopes: SM4-GCM under a data key of its own for every token, bound to purpose and context.

Token: format (1) | key version (2) | salt (16) | nonce (12) | sealed text | tag (16).
The data key is HKDF-SM3(master key, salt, purpose): never used twice, so nonces cannot collide.
"""

from __future__ import annotations

import secrets
import struct
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM

from yike.engines.seal.digest import derive, hmac_sm3
from yike.engines.seal.errors import BadTokenError, TamperedError
from yike.engines.seal.keyring import INDEX_BYTES, KEY_BYTES, KeyRing

FORMAT = 1
SALT_BYTES, NONCE_BYTES, TAG_BYTES = 16, 12, 16
_HEAD = struct.Struct(f">BH{SALT_BYTES}s{NONCE_BYTES}s")
#: A token is this much longer than what it holds.
OVERHEAD_BYTES = _HEAD.size + TAG_BYTES


class _Head(NamedTuple):
    version: int
    salt: bytes
    nonce: bytes
    raw: bytes


def seal(ring: KeyRing, purpose: str, plaintext: bytes, context: bytes) -> bytes:
    """This will seal bytes under the ring's current key for one purpose and one place.

    `context` says where the token belongs (table, row id, field): opened elsewhere it fails.
    """
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    raw = _HEAD.pack(FORMAT, ring.current, salt, nonce)
    key = data_key(ring, ring.current, salt, purpose)
    return raw + encrypt(key, nonce, plaintext, bound(raw, purpose, context))


def open_(ring: KeyRing, purpose: str, token: bytes, context: bytes) -> bytes:
    """This will return what was sealed.

    Refuses with BadTokenError (not a token), UnknownKeyError (version not in this ring) or
    TamperedError (a changed bit, or another purpose or context than at sealing).
    """
    head = _read_head(token)
    key = data_key(ring, head.version, head.salt, purpose)
    return decrypt(key, head.nonce, token[_HEAD.size :], bound(head.raw, purpose, context))


def reseal(ring: KeyRing, purpose: str, token: bytes, context: bytes) -> bytes:
    """This will return the same content sealed under the ring's current key, after a rotation."""
    return seal(ring, purpose, open_(ring, purpose, token, context), context)


def needs_rotation(ring: KeyRing, token: bytes) -> bool:
    """This will say whether a token is sealed under another key than the ring's current one."""
    return _read_head(token).version != ring.current


def blind_index(ring: KeyRing, purpose: str, value: str | bytes) -> bytes:
    """This will return 32 bytes by which equal values can be found without being readable.

    Keyed HMAC-SM3 under the ring's index key, so it stays the same when envelope keys rotate.
    Give the value in one canonical shape (digits only, upper case): the index compares bytes.
    """
    raw = value.encode() if isinstance(value, str) else value
    info = b"yike/seal/index/" + purpose.encode()
    return hmac_sm3(derive(ring.index_key, salt=b"", info=info, length=INDEX_BYTES), raw)


def data_key(ring: KeyRing, version: int, salt: bytes, purpose: str) -> bytes:
    """This will derive the key of one token or one stream."""
    info = b"yike/seal/data/" + purpose.encode()
    return derive(ring.key(version), salt=salt, info=info, length=KEY_BYTES)


def bound(head: bytes, purpose: str, context: bytes) -> bytes:
    """This will return the authenticated data: header, purpose and context, each unmistakable."""
    label = purpose.encode()
    return head + struct.pack(">H", len(label)) + label + context


def encrypt(key: bytes, nonce: bytes, plaintext: bytes, aad: bytes) -> bytes:
    """This will return ciphertext and tag of SM4-GCM (RFC 8998)."""
    encryptor = Cipher(SM4(key), GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(aad)
    return encryptor.update(plaintext) + encryptor.finalize() + encryptor.tag


def decrypt(key: bytes, nonce: bytes, sealed: bytes, aad: bytes) -> bytes:
    """This will return the plaintext. Refuses with TamperedError; nothing unproven gets out."""
    decryptor = Cipher(SM4(key), GCM(nonce, sealed[-TAG_BYTES:])).decryptor()
    decryptor.authenticate_additional_data(aad)
    plaintext = decryptor.update(sealed[:-TAG_BYTES])
    try:
        decryptor.finalize()
    except InvalidTag:
        raise TamperedError("changed, or opened with another purpose or context") from None
    return plaintext


def _read_head(token: bytes) -> _Head:
    if len(token) < OVERHEAD_BYTES:
        raise BadTokenError("too short to be a sealed token")
    raw = token[: _HEAD.size]
    form, version, salt, nonce = _HEAD.unpack(raw)
    if form != FORMAT:
        raise BadTokenError(f"unknown token format {form}")
    return _Head(version, salt, nonce, raw)
