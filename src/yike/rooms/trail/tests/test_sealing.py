"""Sealing goes in id order, skips nothing that may still appear, and is done by one at a time."""

from __future__ import annotations

import random
import threading
from pathlib import Path
from typing import Any

import psycopg
import pytest

from yike.rooms.core import actor as actors
from yike.rooms.trail import actions, anchors
from yike.rooms.trail.tests import makers

pytestmark = pytest.mark.commits


@pytest.fixture(autouse=True)
def anchors_in(settings: Any, tmp_path: Path, committed: str) -> Path:
    settings.ANCHORS_DIR = tmp_path / "anchors"
    return tmp_path / "anchors"


def sealed() -> list[int]:
    with makers.another() as found:
        rows = found.execute("select entry_id from trail_seal order by seq").fetchall()
    return [entry_id for (entry_id,) in rows]


def entries() -> list[int]:
    with makers.another() as found:
        rows = found.execute("select id from trail_entry order by id").fetchall()
    return [entry_id for (entry_id,) in rows]


def test_seals_all_in_order_and_writes_the_head(anchors_in: Path) -> None:
    makers.boil(7)
    makers.seal(7)
    assert makers.seal_once() == 0
    assert sealed() == entries()
    assert {anchor.seq for anchor in anchors.read(anchors_in)} == {7}


def test_goes_on_from_where_it_stopped() -> None:
    makers.boil(5)
    rounds = makers.rounds(5, limit=2)
    assert max(rounds) <= 2
    assert len(rounds) >= 3
    assert sealed() == entries()


def test_waits_for_an_id_that_is_drawn_but_not_committed() -> None:
    """The older transaction commits a higher id: by numbers alone it would be sealed."""
    with makers.another() as older, makers.another() as younger:
        older.execute("begin")
        older.execute("select pg_current_xact_id()")
        younger.execute("begin")
        makers.insert(younger)  # the lower id, by the younger transaction
        makers.insert(older)
        older.execute("commit")
        assert makers.seal_once() == 0, "the lower id may still appear"
        younger.execute("commit")
    makers.seal(2)
    assert sealed() == entries()


def test_a_rolled_back_id_is_a_gap_not_a_wall() -> None:
    with makers.another() as lost:
        lost.execute("begin")
        makers.insert(lost)
        makers.boil(2)
        assert makers.seal_once() == 0
        lost.execute("rollback")
    makers.seal(2)


def test_overlapping_transactions_do_not_put_it_off_for_ever() -> None:
    makers.boil(3)
    with makers.another() as one, makers.another() as two:
        one.execute("begin")
        makers.insert(one)
        assert makers.seal_once() == 0
        two.execute("begin")
        makers.insert(two)
        one.execute("commit")
        makers.seal(4)
        two.execute("commit")
    makers.seal(1)
    assert sealed() == entries()


def test_a_bound_from_before_a_restore_is_thrown_away() -> None:
    makers.tamper(f"insert into trail_barrier (id, upto, waits) values (1, {2**40}, '9/9')")
    with makers.another() as other:
        other.execute("begin")
        makers.insert(other)
        makers.boil(1)
        assert makers.seal_once() == 0
        other.execute("commit")
    makers.seal(2)
    assert sealed() == entries()


def test_who_writes_no_entry_holds_nothing_up() -> None:
    """Neither another deed of this database nor work in another one of the same server."""
    with makers.another() as here, makers.another(database="postgres") as elsewhere:
        for idle in (here, elsewhere):
            idle.execute("begin")
            idle.execute("select pg_current_xact_id()")
        makers.boil(3)
        makers.seal(3)


def test_one_sealer_at_a_time() -> None:
    makers.boil(1)
    with makers.another() as other:
        other.execute("begin")
        other.execute("select pg_advisory_xact_lock(%s)", (0x5345414C,))
        assert makers.seal_once() == 0
        other.execute("commit")
    makers.seal(1)


def test_only_the_house_seals() -> None:
    with pytest.raises(PermissionError):
        actions.seal(actor=actors.visitor("portal"))


def test_writers_and_sealers_together_lose_and_double_nothing(anchors_in: Path) -> None:
    """Six writers commit and roll back at random while two sealers seal."""
    ending = threading.Event()

    def write(seed: int) -> None:
        chance = random.Random(seed)
        with makers.another() as own:
            for _ in range(60):
                own.execute("begin")
                for _ in range(chance.randint(1, 3)):
                    makers.insert(own)
                own.execute(chance.choice(["commit", "commit", "commit", "rollback"]))

    def keep_sealing() -> None:
        from django.db import connection

        while not ending.is_set():
            makers.seal_once()
        connection.close()

    writers = [threading.Thread(target=write, args=(seed,)) for seed in range(6)]
    sealers = [threading.Thread(target=keep_sealing) for _ in range(2)]
    for thread in (*writers, *sealers):
        thread.start()
    for writer in writers:
        writer.join()
    ending.set()
    for sealer in sealers:
        sealer.join()
    makers.seal(len(entries()) - len(sealed()))
    assert sealed() == entries()
    assert len(sealed()) > 300
    (head,) = [anchor for anchor in anchors.read(anchors_in) if anchor.source == anchors.HEAD]
    assert head.seq == len(sealed()), "the head outside is that of the last seal"


def test_the_application_cannot_alter_a_seal() -> None:
    makers.boil(1)
    makers.seal(1)
    with makers.another() as app:
        for deed in ("update trail_seal set seq = 2", "delete from trail_seal"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(deed)
