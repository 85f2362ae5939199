"""Envelopes: what goes in comes out, and nothing that was touched or moved comes out."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yike.engines.seal import (
    BadKeyRingError,
    BadTokenError,
    KeyRing,
    TamperedError,
    UnknownKeyError,
    blind_index,
    needs_rotation,
    open_,
    reseal,
    seal,
)
from yike.engines.seal.envelope import OVERHEAD_BYTES, bound, data_key

RING = KeyRing.new("people")
texts = st.binary(max_size=300)


@given(texts, st.text(max_size=20), texts)
def test_what_goes_in_comes_out(plain: bytes, purpose: str, context: bytes) -> None:
    token = seal(RING, purpose, plain, context)
    assert open_(RING, purpose, token, context) == plain
    assert len(token) == len(plain) + OVERHEAD_BYTES
    assert seal(RING, purpose, plain, context) != token


@given(texts, st.data())
def test_any_flipped_bit_is_noticed(plain: bytes, data: st.DataObject) -> None:
    token = bytearray(seal(RING, "id", plain, b"row"))
    bit = data.draw(st.integers(0, len(token) * 8 - 1))
    token[bit // 8] ^= 1 << bit % 8
    with pytest.raises((BadTokenError, UnknownKeyError)):
        open_(RING, "id", bytes(token), b"row")


@given(texts, st.data())
def test_a_cut_or_lengthened_token_is_noticed(plain: bytes, data: st.DataObject) -> None:
    token = seal(RING, "id", plain, b"row")
    cut = data.draw(st.integers(0, len(token) - 1))
    with pytest.raises(BadTokenError):
        open_(RING, "id", token[:cut], b"row")
    with pytest.raises(TamperedError):
        open_(RING, "id", token + b"\0", b"row")


@given(texts, texts, st.text(max_size=8), st.text(max_size=8))
def test_a_token_cannot_be_moved(here: bytes, there: bytes, this: str, that: str) -> None:
    token = seal(RING, this, b"330225", here)
    if (this, here) != (that, there):
        with pytest.raises(TamperedError):
            open_(RING, that, token, there)


def test_purpose_and_context_do_not_run_together() -> None:
    with pytest.raises(TamperedError):
        open_(RING, "ab", seal(RING, "a", b"x", b"bc"), b"c")


def test_purpose_is_bound_twice() -> None:
    """Into the data key and into the authenticated data: either alone would hold."""
    assert data_key(RING, 1, b"salt", "id") != data_key(RING, 1, b"salt", "phone")
    assert bound(b"", "a", b"bc") != bound(b"", "ab", b"c")


def test_rotation_keeps_old_tokens_readable_and_the_index_stable() -> None:
    old = seal(RING, "phone", b"13800005678", b"row 1")
    ring = RING.rotated()
    assert open_(ring, "phone", old, b"row 1") == b"13800005678"
    assert needs_rotation(ring, old)
    assert not needs_rotation(RING, old)
    new = reseal(ring, "phone", old, b"row 1")
    assert not needs_rotation(ring, new)
    with pytest.raises(UnknownKeyError):
        open_(RING, "phone", new, b"row 1")
    with pytest.raises(UnknownKeyError):
        open_(ring.without(1), "phone", old, b"row 1")
    assert blind_index(ring, "phone", "1") == blind_index(RING, "phone", "1")


def test_another_ring_with_the_same_version_cannot_open() -> None:
    with pytest.raises(TamperedError):
        open_(KeyRing.new("people"), "id", seal(RING, "id", b"x", b""), b"")


@given(st.text(max_size=30), st.text(max_size=30))
def test_the_index_tells_equal_from_different(one: str, other: str) -> None:
    same = blind_index(RING, "phone", one) == blind_index(RING, "phone", other)
    assert same == (one == other)
    assert blind_index(RING, "phone", one) != blind_index(RING, "id", one)
    assert blind_index(RING, "phone", one) == blind_index(RING, "phone", one.encode())


def test_a_ring_survives_its_text() -> None:
    ring = RING.rotated().rotated()
    again = KeyRing.from_json(ring.to_json())
    assert again == ring
    assert again.current == 3


def test_a_ring_shows_no_key() -> None:
    assert repr(RING) == "KeyRing(name='people', current=1)"


@pytest.mark.parametrize(
    "change",
    [
        lambda facts: facts.pop("index"),
        lambda facts: facts.update(current=9),
        lambda facts: facts["keys"]["1"].update(check="00000000"),
        lambda facts: facts["keys"]["1"].update(key="no base64!"),
        lambda facts: facts.update(keys=[]),
        lambda facts: facts["keys"].update({"70000": facts["keys"]["1"]}),
        lambda facts: facts.update(index=facts["keys"]["1"]),
    ],
)
def test_a_damaged_ring_is_refused(change: object) -> None:
    facts = json.loads(RING.to_json())
    change(facts)  # type: ignore[operator]
    with pytest.raises(BadKeyRingError):
        KeyRing.from_json(json.dumps(facts))


@pytest.mark.parametrize("text", ["", "[]", "null", "{", '"x"'])
def test_nonsense_is_no_ring(text: str) -> None:
    with pytest.raises(BadKeyRingError):
        KeyRing.from_json(text)


def test_the_current_key_stays() -> None:
    with pytest.raises(BadKeyRingError, match="rotate first"):
        RING.without(1)
