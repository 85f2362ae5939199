"""Files are kept whole and sealed, seen by those allowed only, attached once, swept if orphaned."""

from __future__ import annotations

import dataclasses
import io
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from yike.engines.seal import TamperedError, sm3
from yike.rooms.core import actor as actors
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash, NotFound
from yike.rooms.files import actions, queries, shelf
from yike.rooms.files.faces import FileFace
from yike.rooms.files.models import File
from yike.rooms.guard import keyring
from yike.rooms.guard.acting import acting

HOUSE = actors.system("test")
GUEST = dataclasses.replace(actors.visitor("portal"), claim_key="draft-1")
CITIZEN = Actor(kind="citizen", door="portal", claim_ref="261121-7KQ4M3X9", claim_key="ab12")
CLERK = Actor(kind="staff", ref="00000000-0000-7000-8000-000000000001", door="desk", level=1)
WORDS = "我被拖欠工资。".encode()


@pytest.fixture(autouse=True)
def shelf_in(settings: Any, tmp_path: Path) -> Path:
    settings.FILES_DIR = tmp_path / "files"
    settings.KEYS_FILE = tmp_path / "keys.json"
    return tmp_path / "files"


def keep(actor: Actor, claim: str = "draft-1", content: bytes = WORDS, **more: Any) -> FileFace:
    with acting(actor):
        return actions.keep_file(name="说明.txt", content=content, claim=claim, actor=actor, **more)


def seen(face: FileFace, actor: Actor) -> bool:
    with acting(actor):
        try:
            return queries.file_face(face.id) == face
        except NotFound:
            return False


def entries(kind: str) -> int:
    with acting(HOUSE), connection.cursor() as cursor:
        cursor.execute("select count(*) from trail_entry where kind = %s", (kind,))
        return int(cursor.fetchone()[0])


@pytest.mark.django_db
class TestKeeping:
    def test_comes_back_whole_in_chunks_and_lies_sealed(self, shelf_in: Path) -> None:
        content = ("工资" * 300_000).encode()
        face = keep(GUEST, content=content)
        assert (face.size, face.digest) == (len(content), sm3(content).hex())
        with acting(GUEST):
            chunks = actions.open_file(file_id=face.id, actor=GUEST)
        pieces = list(chunks)
        assert b"".join(pieces) == content
        assert max(map(len, pieces)) <= 1024 * 1024
        (lying,) = [file for file in shelf_in.rglob("*") if file.is_file()]
        assert "工资".encode() not in lying.read_bytes()
        assert face.id.hex not in str(lying)

    def test_takes_a_stream_and_stops_reading_a_giant(self) -> None:
        giant = io.BytesIO(bytes(30 * 1024 * 1024))
        with acting(GUEST), pytest.raises(BadInput, match="20 MB"):
            actions.keep_file(name="a.txt", content=giant, claim="draft-1", actor=GUEST)
        assert giant.tell() == 20 * 1024 * 1024 + 1

    def test_leaves_one_sentence_without_the_name(self) -> None:
        keep(GUEST)
        assert entries("files.FileKept") == 1
        with acting(HOUSE), connection.cursor() as cursor:
            cursor.execute("select body from trail_entry where kind = 'files.FileKept'")
            assert "说明" not in cursor.fetchone()[0]

    def test_a_refused_file_leaves_nothing(self, shelf_in: Path) -> None:
        with pytest.raises(BadInput):
            keep(GUEST, content=b"\0\1")
        assert not list(shelf_in.rglob("*"))
        assert entries("files.FileKept") == 0

    def test_a_changed_bit_on_disk_is_noticed(self, shelf_in: Path) -> None:
        face = keep(GUEST)
        (lying,) = [file for file in shelf_in.rglob("*") if file.is_file()]
        raw = bytearray(lying.read_bytes())
        raw[-1] ^= 1
        lying.write_bytes(raw)
        with acting(GUEST), pytest.raises(TamperedError):
            list(actions.open_file(file_id=face.id, actor=GUEST))

    def test_two_sealed_files_exchanged_on_disk_are_noticed(self, shelf_in: Path) -> None:
        face = keep(GUEST)
        keep(GUEST, content=b"other words, other file")
        one, two = [file for file in shelf_in.rglob("*") if file.is_file()]
        swap = one.read_bytes()
        one.write_bytes(two.read_bytes())
        two.write_bytes(swap)
        with acting(GUEST), pytest.raises(TamperedError):
            list(actions.open_file(file_id=face.id, actor=GUEST))

    def test_the_thirty_first_loose_file_is_refused(self) -> None:
        for _ in range(actions.MOST_LOOSE):
            keep(GUEST)
        with pytest.raises(BadInput, match="30 份"):
            keep(GUEST)


@pytest.mark.django_db
class TestWhoSees:
    def test_a_visitor_with_the_draft_key_only(self) -> None:
        face = keep(GUEST)
        assert seen(face, GUEST)
        assert seen(face, HOUSE)
        for other in (
            actors.visitor("portal"),
            dataclasses.replace(GUEST, claim_key="draft-2"),
            dataclasses.replace(GUEST, kind="citizen"),
            CITIZEN,
            CLERK,
        ):
            assert not seen(face, other), other

    def test_a_citizen_needs_reference_and_phone(self) -> None:
        face = keep(CITIZEN, claim=CITIZEN.claim_ref)
        assert seen(face, CITIZEN)
        for other in (
            dataclasses.replace(CITIZEN, claim_key="cd34"),
            dataclasses.replace(CITIZEN, claim_key=""),
            dataclasses.replace(CITIZEN, claim_ref="261121-AAAAAAA1"),
            GUEST,
            CLERK,
        ):
            assert not seen(face, other), other

    def test_of_the_staff_the_one_who_kept_it(self) -> None:
        face = keep(CLERK)
        assert seen(face, CLERK)
        assert not seen(face, dataclasses.replace(CLERK, ref=str(face.id)))
        assert not seen(face, dataclasses.replace(CLERK, kind="peer"))
        assert not seen(face, dataclasses.replace(CLERK, ref=""))

    def test_hidden_and_absent_get_the_same_answer(self) -> None:
        face = keep(CLERK)
        with acting(GUEST):
            with pytest.raises(NotFound) as hidden:
                actions.open_file(file_id=face.id, actor=GUEST)
            with pytest.raises(NotFound) as absent:
                actions.open_file(file_id=shelf_uuid(), actor=GUEST)
        assert hidden.value.sentence == absent.value.sentence

    def test_lists_show_own_files_only(self) -> None:
        face = keep(GUEST)
        with acting(GUEST):
            assert queries.loose_files("draft-1") == [face]
            assert queries.faces([face.id]) == {face.id: face}
        with acting(CLERK):
            assert queries.loose_files("draft-1") == []
            assert queries.faces([face.id]) == {}

    def test_nobody_keeps_a_file_as_somebody_else(self) -> None:
        from django.db.utils import ProgrammingError

        with acting(GUEST), pytest.raises(ProgrammingError, match="row-level security"):
            actions.keep_file(name="a.txt", content=WORDS, claim="x", actor=CLERK)


def shelf_uuid() -> Any:
    from yike.rooms.core import refs

    return refs.new_id()


@pytest.mark.django_db
class TestAttaching:
    def test_once_for_good_and_a_repeat_is_harmless(self) -> None:
        face = keep(GUEST)
        again = {"file_ids": [face.id], "about": "matter", "level": 3, "actor": GUEST}
        with acting(GUEST):
            for _ in range(2):
                (attached,) = actions.attach_files(subject="m1", **again)  # type: ignore[arg-type]
            assert (attached.about, attached.subject, attached.level) == ("matter", "m1", 3)
            assert queries.files_of("matter", "m1") == [attached]
            with pytest.raises(Clash):
                actions.attach_files(subject="m2", **again)  # type: ignore[arg-type]
            with pytest.raises(Clash):
                actions.drop_file(file_id=face.id, actor=GUEST)

    def test_not_what_one_does_not_see(self) -> None:
        face = keep(CLERK)
        with acting(GUEST), pytest.raises(NotFound):
            actions.attach_files(
                file_ids=[face.id], about="matter", subject="m1", level=1, actor=GUEST
            )

    def test_a_look_at_a_private_file_is_an_entry(self) -> None:
        for level, count in ((1, 0), (2, 1), (3, 2)):
            face = keep(GUEST, level=level)
            with acting(GUEST):
                list(actions.open_file(file_id=face.id, actor=GUEST))
            assert entries("files.FileRead") == count


@pytest.mark.django_db(transaction=False)
class TestSweeping:
    def test_old_loose_files_go_and_attached_ones_stay(
        self, shelf_in: Path, django_capture_on_commit_callbacks: Any
    ) -> None:
        loose, kept = keep(GUEST), keep(GUEST)
        with acting(GUEST):
            actions.attach_files(
                file_ids=[kept.id], about="matter", subject="m1", level=1, actor=GUEST
            )
        later = clock.now() + timedelta(days=31)
        with django_capture_on_commit_callbacks(execute=True), acting(HOUSE):
            assert actions.sweep_orphans(now=later, actor=HOUSE) == (1, 0)
        assert seen(loose, HOUSE) is False
        with acting(HOUSE):
            row = File.objects.get(id=kept.id)
        assert shelf.whole(row.id, row.token)
        assert len([file for file in shelf_in.rglob("*") if file.is_file()]) == 1

    def test_a_leftover_goes_after_a_day_not_before(self, shelf_in: Path) -> None:
        face = keep(GUEST)
        token = shelf.put(shelf_uuid(), b"of a deed that was rolled back")
        with acting(HOUSE):
            assert actions.sweep_orphans(now=clock.now(), actor=HOUSE) == (0, 0)
            for file in shelf_in.rglob("*"):
                os.utime(file, (1, 1))
            assert actions.sweep_orphans(now=clock.now(), actor=HOUSE) == (0, 1)
        assert not (shelf_in / token[:2] / token).exists()
        assert seen(face, HOUSE)

    def test_only_the_house_sweeps(self) -> None:
        with acting(GUEST), pytest.raises(PermissionError):
            actions.sweep_orphans(now=clock.now(), actor=GUEST)

    def test_a_dropped_file_goes_with_its_content(
        self, shelf_in: Path, django_capture_on_commit_callbacks: Any
    ) -> None:
        face = keep(GUEST)
        with django_capture_on_commit_callbacks(execute=True), acting(GUEST):
            actions.drop_file(file_id=face.id, actor=GUEST)
        assert not [file for file in shelf_in.rglob("*") if file.is_file()]


@pytest.mark.django_db
class TestResealing:
    def test_after_a_rotation_old_keys_are_not_needed_any_more(
        self, shelf_in: Path, django_capture_on_commit_callbacks: Any
    ) -> None:
        kept = [keep(GUEST, content=f"{number} words".encode()) for number in range(5)]
        keyring.replace(keyring.ring().rotated())
        after, rounds = None, 0
        while after or not rounds:
            with django_capture_on_commit_callbacks(execute=True), acting(HOUSE):
                after = actions.reseal_files(after=after, limit=2, actor=HOUSE)
            rounds += 1
        assert rounds == 3
        keyring.replace(keyring.ring().without(1))
        for number, face in enumerate(kept):
            with acting(GUEST):
                chunks = actions.open_file(file_id=face.id, actor=GUEST)
            assert b"".join(chunks) == f"{number} words".encode()
        assert len([file for file in shelf_in.rglob("*") if file.is_file()]) == 5

    def test_a_second_round_moves_nothing(self, shelf_in: Path) -> None:
        keep(GUEST)
        before = {file.name for file in shelf_in.rglob("*")}
        with acting(HOUSE):
            assert actions.reseal_files(after=None, limit=10, actor=HOUSE) is None
        assert {file.name for file in shelf_in.rglob("*")} == before

    def test_only_the_house(self) -> None:
        with acting(CLERK), pytest.raises(PermissionError):
            actions.reseal_files(after=None, limit=1, actor=CLERK)


def test_the_sweeper_is_known_to_the_worker() -> None:
    from procrastinate.contrib.django import app

    assert "files.sweep" in app.tasks
