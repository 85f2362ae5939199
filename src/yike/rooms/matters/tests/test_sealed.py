"""For whom somebody asks and how to reach them safely: sealed, masked, read with an entry."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection

from yike.house import firststart
from yike.house.testing import Databases
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id, new_reference
from yike.rooms.core.refusal import NotAllowed, NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions
from yike.rooms.matters.models import Matter, Unsealed
from yike.rooms.matters.tests import makers
from yike.rooms.matters.tests.makers import do, opened, page, worked
from yike.rooms.people import actions as people_actions
from yike.rooms.trail.models import Entry

WHOM, NOTE = "李四妹", "不是本人接就说打错了"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def _read(reference: str, actor: Actor) -> str:
    return str(do("read_contact_note", reference, actor))


def _entries() -> int:
    with acting(makers.SYSTEM):
        return Entry.objects.filter(kind="people.ContactNoteRead").count()


def _everywhere() -> str:
    """All that stands in the database, as text."""
    with acting(makers.SYSTEM), connection.cursor() as cursor:
        cursor.execute(
            "select table_name from information_schema.tables"
            " where table_schema = 'public' and table_type = 'BASE TABLE'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        rows = []
        for name in tables:
            cursor.execute(f'select t::text from "{name}" t')
            rows += [row for (row,) in cursor.fetchall()]
    return "\n".join(rows)


def test_the_words_stand_nowhere_in_clear(county: makers.County) -> None:
    reference = opened(on_behalf_of=WHOM, contact_note=NOTE).reference
    kept = _everywhere()
    assert reference in kept
    assert WHOM not in kept
    assert NOTE not in kept
    shown = page(county.wang, reference)
    assert shown.party is not None
    assert (shown.party.on_behalf_of, shown.party.contact_noted) == ("李**", True)
    assert NOTE not in repr(shown)


def test_the_holder_reads_the_note_with_an_entry_an_hour(county: makers.County) -> None:
    reference = worked(county, contact_note=NOTE)
    assert _read(reference, county.wang) == NOTE
    assert _read(reference, county.wang) == NOTE
    assert _entries() == 1
    assert _read(reference, county.li) == NOTE
    assert _entries() == 2
    with clock.at(makers.MONDAY + timedelta(hours=2)):
        _read(reference, county.wang)
    assert _entries() == 3
    with acting(makers.SYSTEM):
        bodies = Entry.objects.filter(kind="people.ContactNoteRead").values_list("body", flat=True)
        assert not any(NOTE in str(body) for body in bodies)


def test_others_who_see_the_matter_unmask_with_a_reason(county: makers.County) -> None:
    reference = worked(county, on_behalf_of=WHOM, contact_note=NOTE)
    for actor in (county.dispatcher, county.clerk, county.director, county.agent):
        assert _read(reference, actor) == ""
    assert _entries() == 0
    party = page(county.clerk, reference).party
    assert party is not None
    told: dict[str, Any] = {"party_id": party.id, "reason": "回电前核对", "actor": county.clerk}
    with acting(county.clerk):
        seen = people_actions.unmask(fields=("contact_note",), purpose="contact", **told)
        assert seen.values == {"contact_note": NOTE}
        seen = people_actions.unmask(fields=("on_behalf_of",), purpose="verify", **told)
        assert seen.values == {"on_behalf_of": WHOM}


def test_after_a_transfer_the_next_holder_reads_and_the_last_does_not(
    county: makers.County,
) -> None:
    reference = worked(county, contact_note=NOTE)
    do("transfer", reference, county.wang, to_org=county.hepu_office, reason="当事人住在鹤浦")
    assert _read(reference, county.zhao) == NOTE
    assert _read(reference, county.wang) == ""


def test_who_does_not_see_the_matter_is_told_nothing(county: makers.County) -> None:
    reference = opened(contact_note=NOTE, level=3).reference
    for actor in (county.zhao, county.lawyer, county.clerk, county.auditor, county.admin):
        with pytest.raises(NotFound):
            _read(reference, actor)
    party = page(county.wang, reference).party
    assert party is not None
    for actor in (county.zhao, county.clerk):
        with acting(actor), pytest.raises(NotFound):
            people_actions.read_contact_note(party_id=party.id, actor=actor)
    with acting(county.auditor), pytest.raises(NotAllowed):
        people_actions.read_contact_note(party_id=party.id, actor=county.auditor)


def test_a_following_matter_keeps_both(county: makers.County) -> None:
    reference = worked(county, on_behalf_of=WHOM, contact_note=NOTE)
    made = do("continue_as", reference, county.wang, item_code="PLS-YZ008")
    shown = page(county.dispatcher, made.reference)
    assert shown.party is not None
    assert (shown.party.on_behalf_of, shown.party.contact_noted) == ("李**", True)


def test_what_an_earlier_version_left_is_sealed_once(county: makers.County) -> None:
    first, second = opened(), _without_party(opened().reference)
    with acting(makers.SYSTEM):
        Unsealed.objects.create(matter_id=first.matter_id, on_behalf_of=WHOM)
        Unsealed.objects.create(matter=second, contact_note=NOTE)
    for actor in (county.wang, county.director, county.auditor):
        with acting(actor):
            assert not Unsealed.objects.exists()
            with pytest.raises(NotAllowed):
                actions.seal_leftovers(actor=actor)
    with acting(makers.SYSTEM):
        assert actions.seal_leftovers(limit=1, actor=makers.SYSTEM) == 1
    firststart.seal_leftovers()
    firststart.seal_leftovers()
    with acting(makers.SYSTEM):
        assert not Unsealed.objects.exists()
    kept = _everywhere()
    assert WHOM not in kept
    assert NOTE not in kept
    one = page(county.wang, first.reference).party
    assert one is not None
    assert (one.name, one.phone, one.on_behalf_of) == ("张**", "138****0001", "李**")
    assert _read(second.reference, county.wang) == NOTE


def _without_party(reference: str) -> Matter:
    """A closed matter like this one, of which nothing was told about a person."""
    with acting(makers.SYSTEM):
        matter = Matter.objects.get(reference=reference)
        matter.id, matter.reference, matter.key = new_id(), new_reference(clock.now()), "0" * 64
        matter.order_no = matter.party = None
        matter.state, matter.turn = "60", "nobody"
        matter.save(force_insert=True)
    return matter


def test_the_migration_takes_the_words_out_of_sight(databases: Databases) -> None:
    """The statements that ran on a standing house, on the columns as they were."""
    from importlib import import_module

    move = import_module("yike.rooms.matters.migrations.0003_sealed_words")._MOVE
    name = f"{connection.settings_dict['NAME']}_m"
    databases.copy(name)
    try:
        with psycopg.connect(databases.dsn_of(name)) as owner:
            owner.execute("alter table matters_matter add on_behalf_of text default ''")
            owner.execute("alter table matters_matter add contact_note text default ''")
            owner.execute("set session_replication_role = replica")
            _bare(owner, "2" * 32, whom=WHOM)
            _bare(owner, "3" * 32, whom="")
            owner.execute(move)
            rows = owner.execute("select on_behalf_of, contact_note from matters_unsealed")
            assert rows.fetchall() == [(WHOM, "")]
    finally:
        databases.drop(name)


def _bare(owner: Any, ref: str, *, whom: str) -> None:
    """One row with the least that the table wants."""
    kinds = owner.execute(
        "select column_name, data_type from information_schema.columns where table_name ="
        " 'matters_matter' and is_nullable = 'NO'"
    ).fetchall()
    plain = {"uuid": ref, "boolean": False, "integer": 0, "smallint": 0, "ARRAY": [],
             "jsonb": "[]", "timestamp with time zone": "2026-01-01T00:00Z"}  # fmt: skip
    told = {name: plain.get(kind, "") for name, kind in kinds}
    told |= {"state": "60", "turn": "nobody", "reference": ref[:15], "key": ref}
    told["on_behalf_of"] = whom
    names, places = ", ".join(told), ", ".join(["%s"] * len(told))
    owner.execute(f"insert into matters_matter ({names}) values ({places})", [*told.values()])
