"""What each of the cast could write with bare SQL, were a query ever built from typed text.

Row security and two triggers answer here, not the actions: who may not do a deed by its action
cannot do it by its rows either.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from checks import scene as scenes
from checks.test_leaks import who
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting

#: all are public to read
REGISTERS = (
    "catalogue_item", "catalogue_itemlimit", "catalogue_codelist", "catalogue_code",
    "catalogue_legalmatter", "catalogue_keyword", "catalogue_itemhint", "catalogue_offering",
    "regions_region", "regions_population",
    "providers_institution", "providers_practitioner", "providers_credential", "providers_supply",
    "places_station", "places_stationservice", "places_gradeaward", "places_lineage",
    "places_terminal", "places_sign",
    "clocks_calendar", "clocks_calendarversion", "clocks_closure", "clocks_promise",
    "matters_alertrule", "notices_template",
)  # fmt: skip
#: who keeps registers at all; the tree is kept by nobody with a session
INSUFFICIENT = "42501"
KEEPERS = ("dispatcher", "director")
OTHERS = tuple(role for role in scenes.ROLES if role not in KEEPERS)
#: what hangs on a matter, and the columns that could be falsified
THREAD = {
    "step": "reason", "point": "words", "message": "words", "supplement": "words",
    "attachment": "side", "reply": "words", "feedback": "words", "note": "words",
    "participant": "part",
}  # fmt: skip


@contextmanager
def _bare(actor: Actor) -> Iterator[None]:
    with scenes.undone(), acting(actor):
        yield


def _rows(sql: str, *values: Any) -> int:
    """How many rows a statement changed; refused by the database is none."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            return int(cursor.rowcount)
    except ProgrammingError as no:
        if getattr(no.__cause__, "sqlstate", "") != INSUFFICIENT:
            raise
        return 0


def _touch(table: str) -> int:
    """How many rows of a table could be written to, by its first column."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select column_name from information_schema.columns where table_name = %s"
            " order by ordinal_position limit 1",
            [table],
        )
        ((column,),) = cursor.fetchall()
    return _rows(f"update {table} set {column} = {column}")


@pytest.mark.parametrize("role", OTHERS)
def test_only_keepers_write_registers(role: str, scene: scenes.Scene) -> None:
    with _bare(who(scene, role)):
        written = [table for table in REGISTERS if _touch(table)]
        removed = [table for table in REGISTERS if _rows(f"delete from {table}")]
    assert (written, removed) == ([], [])


@pytest.mark.parametrize("role", KEEPERS)
def test_keepers_write_their_county_only_and_never_the_tree(role: str, scene: scenes.Scene) -> None:
    stranger = "region_id not like '330225%%'"
    with _bare(who(scene, role)):
        assert _rows("update regions_region set name = 'x'") == 0
        assert _rows("update regions_population set count = 0") == 0
        assert _rows("update catalogue_item set name = name where version = 1") > 0
        assert _rows("update places_station set name = name") > 0
        assert _rows("update providers_practitioner set name = name") > 0
        assert _rows(f"update providers_institution set name = 'x' where {stranger}") == 0
        # nothing is moved out of the county either
        assert _rows("update places_station set region_id = '340400000000'") == 0


def test_a_town_moves_no_calendar_and_no_promise(scene: scenes.Scene) -> None:
    from dataclasses import replace

    town = replace(
        scene.actors["dispatcher"], region_from="330225101000", region_until="330225102000"
    )
    with _bare(town):
        for table in ("clocks_calendar", "clocks_calendarversion", "clocks_promise"):
            assert _touch(table) == 0, table
        named = "update places_station set name = name where region_id like %s"
        assert _rows(named, "330225103%") == 0
        assert _rows(named, "330225101%") > 0


@pytest.mark.parametrize("role", scenes.ROLES)
def test_nothing_said_on_a_matter_is_rewritten_or_taken_away(
    role: str, scene: scenes.Scene
) -> None:
    """Not even by the office that holds it; points and papers asked for have their own columns.

    Points nobody has answered yet are set anew by the office and the front desk.
    """
    sets = role in ("officer", "clerk", "agent")
    with _bare(who(scene, role)):
        for table, column in THREAD.items():
            if table not in ("point", "supplement"):
                assert _rows(f"update matters_{table} set {column} = 'joint'") == 0, table
            held = " where answered_at is not null" if table == "point" and sets else ""
            assert _rows(f"delete from matters_{table}{held}") == 0, table
        assert _rows("delete from matters_matter") == 0


_ADDED = {
    "step": "insert into matters_step (id, matter_id, seq, org, how, reason, sent_at, ended_at)"
    " values (gen_random_uuid(), %s, 99, gen_random_uuid(), 'opened', 'x', now(), now())",
    "reply": "insert into matters_reply (id, matter_id, at, label, result, words)"
    " values (gen_random_uuid(), %s, now(), 'x', 'answered', 'x')",
    "point": "insert into matters_point (id, matter_id, no, words, answer)"
    " values (gen_random_uuid(), %s, 99, 'x', '')",
    "message": "insert into matters_message (id, matter_id, at, side, label, words)"
    " values (gen_random_uuid(), %s, now(), 'office', 'x', 'x')",
    "feedback": "insert into matters_feedback (id, matter_id, at, helped, words)"
    " values (gen_random_uuid(), %s, now(), true, 'x')",
    "note": "insert into matters_note (id, matter_id, at, label, level, words)"
    " values (gen_random_uuid(), %s, now(), 'x', 1, 'x')",
    "participant": "insert into matters_participant (id, matter_id, org, part, since)"
    " values (gen_random_uuid(), %s, gen_random_uuid(), 'joint', now())",
}  # fmt: skip
#: who may add what to the matter that 石浦司法所 has in hand ("working"), by flow.py
_MAY = {
    "citizen": {"message", "feedback"},
    "clerk": {"point", "message", "note", "participant"},
    "agent": {"point", "message", "note", "participant"},
    "officer": set(_ADDED) - {"feedback"},
    "dispatcher": {"step", "reply", "note", "participant"},
    "director": {"step", "note", "participant"},  # takes over, reassigns, has it done again
    "supervisor": {"step", "note", "participant"},  # has it done again
}  # fmt: skip


@pytest.mark.parametrize("role", scenes.ROLES)
def test_who_adds_to_a_matter_in_hand(role: str, scene: scenes.Scene) -> None:
    which = scene.matters["working"].matter_id
    with _bare(who(scene, role)):
        added = {table for table, sql in _ADDED.items() if _rows(sql, which)}
    assert added == _MAY.get(role, set())


def test_a_helper_in_sight_moves_nothing(scene: scenes.Scene) -> None:
    """鹤浦 sees what it was sent and 石浦 held before: the earlier holder looks on."""
    officer, moved = scene.actors["officer"], scene.matters["moved"].matter_id
    with _bare(officer):
        assert _rows("update matters_matter set version = version + 1 where id = %s", moved) == 1
        for told in ("state = '60'", "level = 0", "holder_org = null", "result = 'x'"):
            assert _rows(f"update matters_matter set {told} where id = %s", moved) == 0, told
        assert not {table for table, sql in _ADDED.items() if _rows(sql, moved)} - {"note"}


def test_what_was_told_stays_as_told(scene: scenes.Scene) -> None:
    officer, which = scene.actors["officer"], scene.matters["working"].matter_id
    other = scene.matters["private"].party
    assert other is not None
    with _bare(officer):
        for told in (
            "text = 'x'", "reference = '261116-00000000'", "phone_index = ''", "peer_id = 'x'",
            "region_code = '330225103211'", "opened_at = now()", "party_id = null",
            f"party_id = '{other.id}'",
        ):  # fmt: skip
            assert _rows(f"update matters_matter set {told} where id = %s", which) == 0, told
        assert _rows("update matters_matter set level = 3 where id = %s", which) == 1


def test_an_ended_step_is_history(scene: scenes.Scene) -> None:
    stranger, moved = scene.actors["stranger"], scene.matters["moved"].matter_id
    with _bare(stranger):
        signed = "update matters_step set signed_at = now() where matter_id = %s and ended_at is"
        assert _rows(f"{signed} not null", moved) == 0
        assert _rows(f"{signed} null", moved) == 1
