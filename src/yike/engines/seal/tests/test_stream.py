"""Sealed streams: whole or refused, whatever is done to their chunks."""

from __future__ import annotations

import io
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yike.engines.seal import (
    CHUNK_BYTES,
    BadTokenError,
    KeyRing,
    TamperedError,
    UnknownKeyError,
    open_stream,
    seal,
    seal_stream,
    sealed_size,
)

RING = KeyRing.new("files")
BLOB = os.urandom(3 * CHUNK_BYTES + 17)
SIZES = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, len(BLOB)]


class Dribble:
    """A source that gives less than it is asked for, as sockets do."""

    def __init__(self, data: bytes) -> None:
        self._inner = io.BytesIO(data)

    def read(self, size: int = -1, /) -> bytes:
        return self._inner.read(min(size, 700_001))


def sealed(plain: bytes) -> list[bytes]:
    return list(seal_stream(RING, "file", io.BytesIO(plain), b"file 1"))


def opened(data: bytes, context: bytes = b"file 1") -> bytes:
    return b"".join(open_stream(RING, "file", io.BytesIO(data), context))


@pytest.mark.parametrize("size", SIZES)
def test_round_trip(size: int) -> None:
    data = b"".join(sealed(BLOB[:size]))
    assert opened(data) == BLOB[:size]
    assert len(data) == sealed_size(size)


def test_slow_sources_make_no_difference() -> None:
    data = b"".join(seal_stream(RING, "file", Dribble(BLOB), b"file 1"))
    assert b"".join(open_stream(RING, "file", Dribble(data), b"file 1")) == BLOB


@pytest.mark.parametrize("order", [(0, 2, 1, 3), (0, 1, 2), (0, 1, 1, 2, 3), (1, 2, 3), (3,), ()])
def test_moved_missing_and_repeated_chunks_are_noticed(order: tuple[int, ...]) -> None:
    head, *chunks = sealed(BLOB)
    with pytest.raises(TamperedError):
        opened(head + b"".join(chunks[i] for i in order))


def test_a_cut_exactly_between_chunks_is_noticed() -> None:
    head, *chunks = sealed(BLOB[: 2 * CHUNK_BYTES])
    assert len(chunks) == 2
    with pytest.raises(TamperedError):
        opened(head + chunks[0])


def test_chunks_of_another_stream_do_not_fit() -> None:
    one, two = sealed(BLOB), sealed(BLOB)
    with pytest.raises(TamperedError):
        opened(b"".join([*one[:2], *two[2:]]))


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400), st.data())
def test_any_flipped_bit_or_cut_is_noticed(plain: bytes, data: st.DataObject) -> None:
    whole = bytearray(b"".join(sealed(plain)))
    cut = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(BadTokenError):
        opened(bytes(whole[:cut]))
    bit = data.draw(st.integers(0, len(whole) * 8 - 1))
    whole[bit // 8] ^= 1 << bit % 8
    with pytest.raises((BadTokenError, UnknownKeyError)):
        opened(bytes(whole))


def test_another_context_is_refused() -> None:
    with pytest.raises(TamperedError):
        opened(b"".join(sealed(b"x")), b"file 2")


def test_an_envelope_is_no_stream() -> None:
    with pytest.raises(BadTokenError, match="format 1"):
        opened(seal(RING, "file", b"x", b"file 1"))


def test_nothing_is_given_out_before_it_is_proven() -> None:
    head, first, *rest = sealed(BLOB)
    broken = first[:-1] + bytes((first[-1] ^ 1,))
    stream = open_stream(RING, "file", io.BytesIO(b"".join([head, broken, *rest])), b"file 1")
    with pytest.raises(TamperedError):
        next(stream)
