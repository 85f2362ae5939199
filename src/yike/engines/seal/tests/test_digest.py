"""SM3, HMAC-SM3 and HKDF-SM3 against published vectors and a second implementation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from yike.engines.seal import Sm3, derive, digest, envelope, hmac_sm3, sm3

VECTORS: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parent / "data" / "sm3_sm4_vectors.json").read_text()
)
MACS = next(rows for name, rows in VECTORS.items() if "hmac" in name.lower())
GCMS = [row for row in VECTORS["sm4"] if row["mode"] == "GCM"]


@pytest.mark.parametrize("row", VECTORS["sm3"], ids=lambda row: row["source"])
def test_sm3_vectors(row: dict[str, Any]) -> None:
    data = bytes.fromhex(row["input"])
    assert sm3(data).hex() == row["digest"]
    assert digest._CryptographySm3(data).digest().hex() == row["digest"]


@pytest.mark.parametrize("row", MACS, ids=lambda row: row["source"])
def test_hmac_vectors(row: dict[str, Any]) -> None:
    key, data = bytes.fromhex(row["key"]), bytes.fromhex(row["input"])
    assert hmac_sm3(key, data).hex() == row["mac"]
    assert digest._fallback_hmac(key, data).hex() == row["mac"]


@pytest.mark.parametrize("row", GCMS, ids=lambda row: row["source"])
def test_the_cipher_is_sm4_gcm_of_rfc_8998(row: dict[str, Any]) -> None:
    key, nonce, aad, plain = (bytes.fromhex(row[k]) for k in ("key", "iv", "aad", "plaintext"))
    sealed = envelope.encrypt(key, nonce, plain, aad)
    assert sealed.hex() == row["ciphertext"] + row["tag"]
    assert envelope.decrypt(key, nonce, sealed, aad) == plain
    assert Cipher(SM4(key), GCM(nonce)).encryptor().update(plain).hex() == row["ciphertext"]


@given(st.binary(max_size=40), st.binary(max_size=80), st.binary(max_size=40), st.integers(1, 200))
def test_derive_is_hkdf(key: bytes, salt: bytes, info: bytes, length: int) -> None:
    theirs = HKDF(algorithm=hashes.SM3(), length=length, salt=salt or None, info=info).derive(key)
    assert derive(key, salt=salt, info=info, length=length) == theirs


@given(st.lists(st.binary(max_size=200), max_size=6))
def test_pieces_make_the_same_digest(pieces: list[bytes]) -> None:
    running = Sm3()
    for piece in pieces:
        running.update(piece)
        running.digest()
    assert running.digest() == sm3(b"".join(pieces))


@pytest.mark.parametrize("length", [0, 8161])
def test_derive_refuses_impossible_lengths(length: int) -> None:
    with pytest.raises(ValueError, match="8160"):
        derive(b"k", salt=b"", info=b"", length=length)
