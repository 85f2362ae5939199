"""Sealed streams for files of any size: 1 MiB chunks, each with its own number and tag.

Stream: format (1) | key version (2) | salt (16) | nonce prefix (7), then the sealed chunks.
A chunk's nonce is prefix | number (4) | last flag (1), so cutting, reordering, repeating or
joining chunks is noticed, and no byte is given out before its chunk is proven.
"""

from __future__ import annotations

import secrets
import struct
from collections.abc import Iterator
from typing import Protocol

from yike.engines.seal.envelope import TAG_BYTES, bound, data_key, decrypt, encrypt
from yike.engines.seal.errors import BadTokenError, TamperedError
from yike.engines.seal.keyring import KeyRing

FORMAT = 2
CHUNK_BYTES = 1024 * 1024
_SALT_BYTES, _PREFIX_BYTES = 16, 7
_HEAD = struct.Struct(f">BH{_SALT_BYTES}s{_PREFIX_BYTES}s")
_MAX_CHUNKS = 0xFFFFFFFF


class Readable(Protocol):
    """Anything with `read(n)`: an open file, an upload, BytesIO."""

    def read(self, size: int = ..., /) -> bytes: ...


def seal_stream(ring: KeyRing, purpose: str, source: Readable, context: bytes) -> Iterator[bytes]:
    """This will yield the sealed stream piece by piece, holding two chunks in memory at most."""
    salt, prefix = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_PREFIX_BYTES)
    head = _HEAD.pack(FORMAT, ring.current, salt, prefix)
    key, aad = data_key(ring, ring.current, salt, purpose), bound(head, purpose, context)
    yield head
    for number, chunk, last in _chunks(source, CHUNK_BYTES):
        yield encrypt(key, _nonce(prefix, number, last=last), chunk, aad)


def open_stream(ring: KeyRing, purpose: str, source: Readable, context: bytes) -> Iterator[bytes]:
    """This will yield the content chunk by chunk, each proven before it is given out.

    Refuses with BadTokenError, UnknownKeyError or TamperedError. A cut stream fails at the cut:
    a caller who has passed chunks on already must break off, not end politely.
    """
    head = _read_fully(source, _HEAD.size)
    if len(head) < _HEAD.size:
        raise BadTokenError("too short to be a sealed stream")
    form, version, salt, prefix = _HEAD.unpack(head)
    if form != FORMAT:
        raise BadTokenError(f"unknown stream format {form}")
    key, aad = data_key(ring, version, salt, purpose), bound(head, purpose, context)
    for number, sealed, last in _chunks(source, CHUNK_BYTES + TAG_BYTES):
        if len(sealed) < TAG_BYTES:
            raise TamperedError("the stream was cut")
        yield decrypt(key, _nonce(prefix, number, last=last), sealed, aad)


def sealed_size(plain_bytes: int) -> int:
    """This will return how many bytes a sealed stream of that much content takes."""
    chunks = max(1, -(-plain_bytes // CHUNK_BYTES))
    return _HEAD.size + plain_bytes + chunks * TAG_BYTES


def _chunks(source: Readable, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """Always at least one chunk, and exactly the final one is last: it is looked for ahead."""
    number, chunk = 0, _read_fully(source, size)
    while True:
        ahead = _read_fully(source, size) if len(chunk) == size else b""
        yield number, chunk, not ahead
        if not ahead:
            return
        number, chunk = number + 1, ahead
        if number > _MAX_CHUNKS:
            raise BadTokenError("a stream holds 4,294,967,296 chunks at most")


def _read_fully(source: Readable, size: int) -> bytes:
    """A pipe or an upload may give less than asked for without being at its end."""
    pieces, missing = [], size
    while missing and (piece := source.read(missing)):
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + struct.pack(">IB", number, last)
