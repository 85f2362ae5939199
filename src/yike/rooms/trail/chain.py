"""The chain: SM3 over the previous digest and the entry's canonical bytes. Pure.

Canonical bytes: id, instant (UTC microseconds) and transaction as eight bytes each, the lengths of
the eleven texts as four bytes each, then the texts in UTF-8. Nothing can move from one field to
another unnoticed.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

from yike.engines.seal import sm3

#: What the first entry is chained to. The number is the version of the canonical form.
GENESIS = sm3(b"yike/trail/1")
_HEAD = struct.Struct(">qqq11I")


class Line(NamedTuple):
    """One entry, as it is sealed. `at`: microseconds since 1970-01-01 UTC."""

    id: int
    at: int
    xid: int
    kind: str
    about: str
    subject: str
    region_code: str
    actor_kind: str
    actor_ref: str
    actor_label: str
    actor_org: str
    door: str
    request_id: str
    body: str


class Link(NamedTuple):
    """One seal: its place in the chain, the entry it seals, the digest."""

    seq: int
    entry_id: int
    digest: bytes


#: The columns of a Line, for a select from trail_entry.
COLUMNS = (
    "id, (extract(epoch from at) * 1000000)::bigint, xid, kind, about, subject, region_code, "
    "actor_kind, actor_ref, actor_label, actor_org, door, request_id, body"
)


def canonical(line: Line) -> bytes:
    """This will return the bytes of an entry that are sealed."""
    texts = [text.encode() for text in line[3:]]
    return _HEAD.pack(*line[:3], *map(len, texts)) + b"".join(texts)


def link(before: bytes, line: Line) -> bytes:
    """This will return the digest of an entry that follows the digest `before`."""
    return sm3(before + canonical(line))
