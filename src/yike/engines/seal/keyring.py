"""Master keys with a name and versions. Rotation adds a version; old ones stay readable."""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from yike.engines.seal.digest import sm3
from yike.engines.seal.errors import BadKeyRingError, UnknownKeyError

#: SM4 takes 128-bit keys.
KEY_BYTES = 16
#: The index key is as long as the MAC it feeds.
INDEX_BYTES = 32
#: Versions are two bytes in a token.
MAX_VERSION = 0xFFFF


@dataclass(frozen=True, kw_only=True)
class KeyRing:
    """Named, versioned 128-bit master keys, one of them current, and one index key.

    The index key does not rotate with the others: blind indexes must stay comparable. Keys never
    show in `repr`.
    """

    name: str
    current: int
    keys: Mapping[int, bytes] = field(repr=False)
    index_key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        keys = dict(self.keys)
        if not self.name or self.current not in keys:
            raise BadKeyRingError("a key ring needs a name and its current key")
        if not all(0 < version <= MAX_VERSION for version in keys):
            raise BadKeyRingError("key versions are 1 to 65535")
        if any(len(key) != KEY_BYTES for key in keys.values()):
            raise BadKeyRingError("a master key is 16 bytes")
        if len(self.index_key) != INDEX_BYTES:
            raise BadKeyRingError("the index key is 32 bytes")
        object.__setattr__(self, "keys", MappingProxyType(keys))

    @classmethod
    def new(cls, name: str) -> KeyRing:
        """This will make a ring with fresh random keys, version 1 current."""
        key = secrets.token_bytes(KEY_BYTES)
        return cls(name=name, current=1, keys={1: key}, index_key=secrets.token_bytes(INDEX_BYTES))

    @classmethod
    def from_json(cls, text: str) -> KeyRing:
        """This will read what `to_json` wrote. Refuses damaged text with BadKeyRingError."""
        try:
            facts = json.loads(text)
            return cls(
                name=str(facts["name"]),
                current=int(facts["current"]),
                keys={int(v): _read_key(entry) for v, entry in facts["keys"].items()},
                index_key=_read_key(facts["index"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadKeyRingError(f"not a readable key ring: {type(error).__name__}") from error

    def to_json(self) -> str:
        """This will return the ring as JSON text: secret, to be kept in a file with mode 0600."""
        facts = {
            "name": self.name,
            "current": self.current,
            "keys": {str(v): _write_key(key) for v, key in sorted(self.keys.items())},
            "index": _write_key(self.index_key),
        }
        return json.dumps(facts, indent=1) + "\n"

    def rotated(self) -> KeyRing:
        """This will return the ring with a fresh key as its current; old tokens stay readable."""
        version = max(self.keys) + 1
        if version > MAX_VERSION:
            raise BadKeyRingError("this ring has used all its versions; start a new one")
        keys = {**self.keys, version: secrets.token_bytes(KEY_BYTES)}
        return replace(self, current=version, keys=keys)

    def without(self, version: int) -> KeyRing:
        """This will return the ring without an old key, once nothing is sealed under it any more.

        Refuses to drop the current key, with BadKeyRingError.
        """
        if version == self.current:
            raise BadKeyRingError("the current key cannot be dropped; rotate first")
        return replace(self, keys={v: key for v, key in self.keys.items() if v != version})

    def key(self, version: int) -> bytes:
        """This will return the master key of a version. Refuses with UnknownKeyError."""
        try:
            return self.keys[version]
        except KeyError:
            raise UnknownKeyError(f"ring {self.name!r} holds no key version {version}") from None


def _write_key(key: bytes) -> dict[str, str]:
    return {"key": base64.b64encode(key).decode(), "check": sm3(key)[:4].hex()}


def _read_key(entry: Mapping[str, Any]) -> bytes:
    """The check sign tells a mistyped or half-written key file before it spoils new data."""
    try:
        key = base64.b64decode(entry["key"], validate=True)
    except binascii.Error as error:
        raise ValueError("key is not base64") from error
    if sm3(key)[:4].hex() != entry["check"]:
        raise ValueError("key does not match its check sign")
    return key
