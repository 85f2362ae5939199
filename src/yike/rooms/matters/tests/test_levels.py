"""The papers of a matter go with its level, by the same deed and for whom it may be done."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotFound
from yike.rooms.files import actions as files_actions
from yike.rooms.files.models import File
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.matters.tests.makers import citizen, do, opened
from yike.rooms.trail.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
WHY = "涉及家庭暴力"


def _paper(reference: str, actor: Actor, *, level: int = 1) -> UUID:
    with acting(actor):
        kept = files_actions.keep_file(
            name="笔录.txt", content="谈话笔录".encode(), claim=reference, actor=actor, level=level
        )
    do("send_message", reference, actor, words=f"请看附件{level}", file_ids=[kept.id])
    return kept.id


def _level(file_id: UUID) -> int:
    with acting(makers.SYSTEM):
        return int(File.objects.get(id=file_id).level)


def _worked(county: makers.County) -> str:
    reference = opened().reference
    do("sign", reference, county.wang)
    return reference


def test_raised_and_lowered_with_the_matter(county: makers.County) -> None:
    reference = _worked(county)
    theirs, ours = _paper(reference, citizen(reference)), _paper(reference, county.wang)
    own = _paper(reference, county.wang, level=2)
    do("set_level", reference, county.wang, level=3, reason=WHY)
    assert [_level(one) for one in (theirs, ours, own)] == [3, 3, 3]
    with acting(makers.SYSTEM):
        told = Entry.objects.get(kind="matters.LevelSet")
        assert '"files":3' in str(told.body).replace(" ", "")
    do("set_level", reference, county.wang, level=1, reason="经核实无需保密")
    assert [_level(one) for one in (theirs, ours, own)] == [1, 1, 2]


def test_a_raised_paper_is_out_of_sight_and_each_look_is_an_entry(county: makers.County) -> None:
    reference = _worked(county)
    paper = _paper(reference, citizen(reference))
    with acting(county.clerk):
        b"".join(files_actions.open_file(file_id=paper, actor=county.clerk))
    do("set_level", reference, county.wang, level=3, reason=WHY)
    for actor in (county.clerk, county.dispatcher, county.zhao):
        with acting(actor), pytest.raises(NotFound):
            files_actions.open_file(file_id=paper, actor=actor)
    with acting(county.wang):
        b"".join(files_actions.open_file(file_id=paper, actor=county.wang))
    with acting(makers.SYSTEM):
        looks = Entry.objects.filter(kind="files.FileRead").values_list("actor_ref", flat=True)
        assert list(looks) == [county.wang.ref]


def test_the_dispatcher_carries_papers_that_others_kept(county: makers.County) -> None:
    reference = _worked(county)
    paper = _paper(reference, citizen(reference))
    do("set_level", reference, county.dispatcher, level=2, reason="涉及商业秘密")
    assert _level(paper) == 2


def test_with_bare_sql_no_paper_is_moved_renamed_or_taken_away(county: makers.County) -> None:
    reference = _worked(county)
    theirs, ours = _paper(reference, citizen(reference)), _paper(reference, county.wang)
    other = opened(phone="13857400009").matter_id
    falsified = (
        "update files_file set subject = %s where id = any(%s)",
        "update files_file set name = %s where id = any(%s)",
        "update files_file set digest = %s where id = any(%s)",
        "delete from files_file where name <> %s and id = any(%s)",
    )
    for actor in (county.wang, county.clerk, county.zhao, citizen(reference)):
        for sql in falsified:
            with acting(actor), connection.cursor() as cursor:
                assert _changed(cursor, sql, str(other), [theirs, ours]) == 0, (actor.label, sql)
    for actor in (county.clerk, county.zhao, citizen(reference)):
        with acting(actor), connection.cursor() as cursor:
            lowered = "update files_file set level = 1 where name <> %s and id = any(%s)"
            mine = [ours] if actor.kind == "citizen" else [theirs, ours]
            assert _changed(cursor, lowered, "", mine) == 0, actor.label


def _changed(cursor: object, sql: str, value: str, ids: list[UUID]) -> int:
    try:
        with transaction.atomic():
            cursor.execute(sql, [value, ids])  # type: ignore[attr-defined]
            return int(cursor.rowcount)  # type: ignore[attr-defined]
    except ProgrammingError as no:
        if "part of something" not in str(no):
            raise
        return 0


def test_an_office_of_another_county_takes_nothing(county: makers.County) -> None:
    """The list offers none; a form made by hand is refused as well."""
    from yike.rooms.providers import actions as providers_actions

    with acting(makers.SYSTEM):
        abroad = providers_actions.register_institution(
            code="abroad", name="田家庵司法所", kind="office", region_code="340403000000",
            handles_orders=True, actor=makers.SYSTEM,
        )  # fmt: skip
        makers.person("abroad", "外地", "officer", abroad, "340403000000")
    reference = _worked(county)
    for verb in ("transfer", "invite"):
        with pytest.raises(BadInput, match="不在这个县"):
            do(verb, reference, county.wang, to_org=abroad, reason="当事人住在淮南")
