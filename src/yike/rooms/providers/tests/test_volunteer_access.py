"""A volunteer sees what is theirs and the task they were given; others alter nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.files import actions as files_actions
from yike.rooms.files import queries as files_queries
from yike.rooms.files.tests.makers import photo
from yike.rooms.guard import limits
from yike.rooms.guard.acting import acting
from yike.rooms.people import purposes, roles
from yike.rooms.providers import actions, queries
from yike.rooms.providers.models import Volunteer, VolunteerCertificate, VolunteerSignUp
from yike.rooms.providers.queries import RecordFilter
from yike.rooms.providers.tests import volunteering as made
from yike.rooms.regions.tests.makers import (
    COUNTY,
    GUEST,
    HOUSE,
    JINPING,
    KEEPER,
    SHIPU,
    STRANGER,
)

pytestmark = pytest.mark.django_db
SPAN = (COUNTY, "330226000000")
OFFICER = replace(
    KEEPER, ref=str(new_id()), roles=frozenset({roles.OFFICER}), region_from=SHIPU,
    region_until="330225102000",
)  # fmt: skip
AWAY = replace(OFFICER, ref=str(new_id()), region_from="330225103000", region_until="330225104000")
PEER = Actor(kind="peer", ref=str(new_id()), region_from=COUNTY, region_until="330226000000")
PURPOSE = purposes.EXPORTING[0][0]


class Things:
    """One of everything; `me` is the volunteer who served, `task` is what they were given."""

    def __init__(self) -> None:
        self.account = new_id()
        self.me = made.seated(self.account)
        self.mine = made.volunteer(account_id=self.account)
        self.other = made.volunteer(name="李援")
        self.task = made.task(brief="先打电话", matter="261116-7KQ4M3X9")
        self.foreign = made.task(brief="别人的任务须知")
        self.signed = made.served(self.task, self.mine)
        self.theirs = made.given(self.foreign, self.other)
        team = actions.form_volunteer_team(name="队", field="sea", region_code=COUNTY, actor=HOUSE)
        actions.join_volunteer_team(team_id=team, volunteer_id=self.mine, actor=HOUSE)
        actions.set_volunteer_rules(
            region_code=COUNTY, source="x", honours=[(1, "新星")], actor=HOUSE,
        )  # fmt: skip
        with clock.at(made.WEDNESDAY + timedelta(hours=1)):
            actions.record_spot_call(task_id=self.task, outcome="well", actor=HOUSE)
            actions.note_incident(
                task_id=self.task, kind="other", happened="下雨淋湿", due_on=date(2026, 12, 1),
                actor=HOUSE,
            )  # fmt: skip
        made.served(
            made.task(
                from_at=made.WEDNESDAY, until_at=made.WEDNESDAY + timedelta(hours=2), title="二"
            ),
            made.volunteer(name="新星"),
        )
        actions.issue_certificate(volunteer_id=self.mine, actor=HOUSE)
        self.record = service(volunteer_id=self.mine)


def service(*, actor: Actor = HOUSE, **facts: Any) -> Any:
    """A consultation in a village."""
    known: dict[str, Any] = {
        "service": "S01", "on": date(2026, 11, 10), "minutes": 45, "region_code": JINPING,
        "where": "金屏社区", "giver": "volunteer", "client": "elder", "result": "answered",
        "words_told": "解答赡养问题", "people": 2,
    }  # fmt: skip
    return actions.record_service(actor=actor, **(known | facts))


def _tables() -> list[Any]:
    found = apps.get_app_config("providers").get_models()
    return [one for one in found if one.__name__.startswith(("Volunteer", "ServiceRecord"))]


@pytest.mark.parametrize(
    "actor", [GUEST, PEER, STRANGER, AWAY], ids=["guest", "peer", "stranger", "away"]
)
def test_no_table_lets_others_alter_or_remove_a_row(actor: Actor) -> None:
    with made.monday():
        Things()
        for table in _tables():
            assert table.objects.exists(), f"{table.__name__}: nothing was made to try"
            with acting(actor):
                assert _touched(table) == 0, table.__name__


def _touched(table: Any) -> int:
    name, key = table._meta.db_table, table._meta.pk.column
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"update {name} set {key} = {key}")
        altered = int(cursor.rowcount)
        try:
            with transaction.atomic():
                cursor.execute(f"delete from {name}")
                altered += cursor.rowcount
        except DatabaseError:
            altered += 1
        return altered


def test_the_public_sees_open_tasks_and_rules_and_nothing_else() -> None:
    with made.monday():
        Things()
        for actor in (GUEST, PEER):
            with acting(actor):
                seen = {table.__name__ for table in _tables() if table.objects.exists()}
            assert seen == {"VolunteerTask", "VolunteerRules"}
        with acting(OFFICER):
            hidden = {table.__name__ for table in _tables() if not table.objects.exists()}
        assert hidden == {"VolunteerContact"}


def test_a_volunteer_sees_themselves_and_the_brief_of_their_task_while_they_have_it() -> None:
    with made.monday():
        things = Things()
        with acting(things.me):
            assert [row.id for row in queries.volunteers_in(SPAN)] == [things.mine]
            assert {one.volunteer_id for one in VolunteerSignUp.objects.all()} == {things.mine}
            assert queries.volunteer_task(things.foreign).brief is None
            assert queries.volunteer_task(things.foreign).sign_ups == ()
            assert queries.volunteer_task(things.task).brief is None, "it is over"
            with pytest.raises(NotFound):
                queries.volunteer_face(things.other)
        soon = made.task(
            brief="码头集合", from_at=made.WEDNESDAY + timedelta(days=1),
            until_at=made.WEDNESDAY + timedelta(days=1, hours=1),
        )  # fmt: skip
        with acting(things.me):
            signed = actions.sign_up(task_id=soon, volunteer_id=things.mine, actor=things.me)
            assert queries.volunteer_task(soon).brief is None, "not confirmed yet"
        actions.confirm_sign_up(sign_up_id=signed, actor=HOUSE)
        with acting(things.me):
            brief = queries.volunteer_task(soon).brief
            assert brief is not None
            assert brief.words == "码头集合"
            actions.withdraw_sign_up(sign_up_id=signed, actor=things.me)
            assert queries.volunteer_task(soon).brief is None


def test_a_volunteer_does_nothing_for_others_and_does_not_promote_themselves() -> None:
    with made.monday():
        things = Things()
        me = things.me
        with acting(me):
            for deed in (
                lambda: actions.sign_up(task_id=things.task, volunteer_id=things.other, actor=me),
                lambda: actions.withdraw_sign_up(sign_up_id=things.theirs, actor=me),
                lambda: actions.confirm_sign_up(sign_up_id=things.signed, actor=me),
                lambda: actions.check_in_volunteer(sign_up_id=things.signed, actor=me),
                lambda: actions.rate_volunteer(sign_up_id=things.signed, level=5, actor=me),
                lambda: actions.move_volunteer(volunteer_id=things.mine, verb="take", actor=me),
                lambda: actions.issue_certificate(volunteer_id=things.mine, actor=me),
                lambda: actions.open_volunteer_contact(
                    volunteer_id=things.other, reason="好奇", actor=me
                ),
            ):
                with pytest.raises((NotAllowed, NotFound)):
                    deed()
            assert VolunteerSignUp.objects.update(minutes=9999) == 0
            assert Volunteer.objects.update(state="active") == 0
            assert VolunteerCertificate.objects.update(minutes=9999) == 0


def test_the_officer_of_the_place_sees_to_tasks_there_only() -> None:
    with made.monday():
        ref, task = made.volunteer(), made.task()
        signed = made.given(task, ref)
        for actor, may in ((AWAY, False), (OFFICER, True)):
            with acting(actor), clock.at(made.WEDNESDAY):
                if may:
                    actions.check_in_volunteer(sign_up_id=signed, actor=actor)
                else:
                    with pytest.raises(NotAllowed):
                        actions.check_in_volunteer(sign_up_id=signed, actor=actor)
        with acting(OFFICER), clock.at(made.WEDNESDAY + timedelta(hours=2)):
            assert actions.check_out_volunteer(sign_up_id=signed, actor=OFFICER) == 120
        with acting(OFFICER), pytest.raises(NotAllowed):
            made.task(actor=OFFICER)


def test_anybody_applies_on_the_portal_and_sees_nothing_afterwards() -> None:
    limits.forget(what="volunteer", who=GUEST.address)
    with made.monday():
        with acting(GUEST):
            ref = made.applicant(actor=GUEST, account_id=new_id(), demo=True)
            with pytest.raises(NotFound):
                queries.volunteer_face(ref)
            assert Volunteer.objects.count() == 0
        row = queries.volunteer_face(ref).row
        assert (row.state, row.account_id, row.demo) == ("applied", None, False)


class TestRecords:
    def test_listed_filtered_summed_and_void_ones_not_counted(self) -> None:
        with made.monday():
            ref = made.volunteer()
            one = service(volunteer_id=ref)
            two = service(volunteer_id=ref, service="S07", result="settled", minutes=60)
            every = RecordFilter(span=SPAN)
            assert [row.id for row in queries.records_in(every)] == [two, one]
            by_kind = RecordFilter(span=SPAN, service="S07", since=date(2026, 11, 1))
            assert [row.giver_name for row in queries.records_in(by_kind)] == ["王志"]
            actions.void_service(record_id=two, reason="重复登记", actor=HOUSE)
            assert [(row.service_name, row.people) for row in queries.record_sums(every)] == [
                ("律师", 2)
            ]
            with pytest.raises(NotAllowed):
                actions.void_service(record_id=two, reason="x", actor=HOUSE)

    @pytest.mark.parametrize(
        "wrong",
        [{"on": date(2026, 11, 17)}, {"minutes": 0}, {"minutes": 1441}, {"service": "S99"},
         {"client": "?"}, {"result": "?"}, {"where": " "}, {"people": 0}],
        ids=str,
    )  # fmt: skip
    def test_bad_facts_are_refused(self, wrong: dict[str, Any]) -> None:
        with made.monday():
            ref = made.volunteer()
            with pytest.raises(BadInput):
                service(volunteer_id=ref, **wrong)
            assert queries.count_records(RecordFilter(span=SPAN)) == 0

    def test_whoever_gave_it_may_write_it_down_with_a_file(self) -> None:
        with made.monday():
            account = new_id()
            me, ref = made.seated(account), made.volunteer(account_id=account)
            other = made.volunteer(name="李援")
            with acting(me):
                kept = files_actions.keep_file(
                    name="现场.jpg", content=photo(), claim="service", actor=me
                )
                made_ = service(volunteer_id=ref, file_ids=[kept.id], actor=me)
                with pytest.raises((NotAllowed, NotFound)):
                    service(volunteer_id=other, actor=me)
            with acting(OFFICER):
                assert [one.name for one in queries.service_record(made_).files] == ["现场.jpg"]
            with acting(GUEST):
                assert not files_queries.files_of("service_record", str(made_))

    def test_an_export_is_recorded_and_needs_rows(self) -> None:
        with made.monday():
            every = RecordFilter(span=SPAN)
            with acting(KEEPER), pytest.raises(BadInput):
                actions.export_services(
                    filters=every, purpose=PURPOSE, reason="季度汇总", actor=KEEPER
                )
            service(volunteer_id=made.volunteer())
            with acting(KEEPER):
                found = actions.export_services(
                    filters=every, purpose=PURPOSE, reason="季度汇总", actor=KEEPER
                )
            assert len(found.rows) == 1
            with acting(GUEST), pytest.raises(NotAllowed):
                actions.export_services(
                    filters=every, purpose=PURPOSE, reason="季度汇总", actor=GUEST
                )
