"""Instruments of secrecy: SM3 digests, keys with versions, SM4-GCM envelopes, blind indexes.

Pure: keys, texts and streams come in, bytes go out. Where keys are kept is the caller's affair.
"""

from yike.engines.seal.digest import Sm3, derive, hmac_sm3, sm3
from yike.engines.seal.envelope import blind_index, needs_rotation, open_, reseal, seal
from yike.engines.seal.errors import (
    BadKeyRingError,
    BadTokenError,
    SealError,
    TamperedError,
    UnknownKeyError,
)
from yike.engines.seal.keyring import KeyRing
from yike.engines.seal.stream import CHUNK_BYTES, open_stream, seal_stream, sealed_size

__all__ = [
    "CHUNK_BYTES",
    "BadKeyRingError",
    "BadTokenError",
    "KeyRing",
    "SealError",
    "Sm3",
    "TamperedError",
    "UnknownKeyError",
    "blind_index",
    "derive",
    "hmac_sm3",
    "needs_rotation",
    "open_",
    "open_stream",
    "reseal",
    "seal",
    "seal_stream",
    "sealed_size",
    "sm3",
]
