"""Reads the sealed chain from the database for the examiner, in one snapshot, piece by piece."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction

from yike.rooms.trail import sealing
from yike.rooms.trail.chain import GENESIS, Link
from yike.rooms.trail.examine import Piece


def pieces() -> Iterator[Piece]:
    """This will yield the whole chain as it stood when asked; memory stays constant."""
    alone = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if alone:
            cursor.execute("set transaction isolation level repeatable read, read only")
        sealing.see_all(cursor)
        last = Link(0, 0, GENESIS)
        while True:
            links, lines = sealing.piece_after(cursor, last)
            if not links:
                return
            yield Piece(links=links, lines=lines)
            last = links[-1]
