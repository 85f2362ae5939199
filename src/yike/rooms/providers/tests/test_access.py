"""Who may write which row: by the action's word and, where that failed, by the table's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.people import roles
from yike.rooms.providers import actions, proxies, queries
from yike.rooms.providers.tests import makers, test_advisers
from yike.rooms.providers.tests.test_fitness import licence
from yike.rooms.regions.tests.makers import (
    COUNTY,
    GUEST,
    HOUSE,
    JINPING,
    KEEPER,
    SHIPU,
    STRANGER,
    county,
)

pytestmark = pytest.mark.django_db
TODAY = clock.today()
#: an officer of 石浦: in the region, but no registrar
OFFICER = replace(
    KEEPER, ref=str(new_id()), roles=frozenset({roles.OFFICER}), region_from=SHIPU,
    region_until="330225102000",
)  # fmt: skip
PEER = Actor(kind="peer", ref=str(new_id()), region_from=COUNTY, region_until="330226000000")


class Things:
    """One of everything, made by the house."""

    def __init__(self) -> None:
        self.house = makers.institution(
            kind="law_firm", active_from=date(2020, 1, 1), supplies=[("S01", "direct")]
        )
        self.account = new_id()
        self.person = makers.lawyer(self.house, active_from=date(2020, 1, 1), phone="13800001234")
        actions.link_account(practitioner_id=self.person, account_id=self.account, actor=HOUSE)
        self.licence = licence(practitioner_id=self.person, valid_until=date(2999, 1, 1))
        self.contract = test_advisers.engage(self.person, [JINPING])
        self.stationing = actions.plan_stationing(
            institution_id=self.house, region_code=COUNTY, platform="web", way="online",
            actor=HOUSE,
        )  # fmt: skip
        self.team = actions.form_team(name="组", region_code=COUNTY, actor=HOUSE)
        self.member = actions.join_team(
            team_id=self.team, practitioner_id=self.person, reason="安排", actor=HOUSE
        )
        self.joining = actions.apply_to_join(
            name="新所", kind="law_firm", region_code=COUNTY, offers=[("S01", "direct")],
            actor=HOUSE,
        )  # fmt: skip
        actions.show_paper(
            joining_id=self.joining, kind="证", number="1", valid_from=TODAY, actor=HOUSE
        )
        actions.charge_kind(
            region_code=COUNTY, kind="01", department="科", account_id=self.account,
            from_on=date(2026, 1, 1), actor=HOUSE,
        )  # fmt: skip
        actions.open_updates(actor=HOUSE, on=date(2026, 3, 5))
        self.update = queries.updates_in((COUNTY, "330226000000"))[0].id
        actions.name_keepers(institution_id=self.house, keeper_account=new_id(), actor=HOUSE)
        self.relation = actions.declare_relation(
            practitioner_id=self.person, name="陈小妹", relation="配偶", actor=HOUSE
        )
        actions.set_team_needs(
            team_id=self.team, needs=(queries.NeedFace(kinds=(), people=1, specialty="",
                                                       language=""),), actor=HOUSE,
        )  # fmt: skip
        actions.set_norm(
            code="adviser.renew_days", region_code=COUNTY, value=30, source="会议", actor=HOUSE
        )
        actions.record_visit(
            contract_id=self.contract, village=JINPING, on=TODAY, minutes=60, kind="duty",
            actor=HOUSE,
        )  # fmt: skip
        actions.verify_institution(institution_id=self.house, source="执业许可", actor=HOUSE)
        actions.report_wrong(
            about="institution", subject=self.house, name="所", region_code=JINPING, kind="01",
            wrong="phone", words="空号", actor=GUEST,
        )  # fmt: skip
        actions.register_proxy(
            kind=next(iter(proxies.KINDS)), village_code=JINPING, name="代办点", unit="村委会",
            services=("S01",), where="村委会", hours="工作日", phone="0574-65000000", actor=HOUSE,
        )  # fmt: skip


def _deeds(things: Things, actor: Actor) -> list[Callable[[], object]]:
    told: Any = {"actor": actor}
    return [
        lambda: actions.suspend_practitioner(practitioner_id=things.person, reason="x", **told),
        lambda: actions.open_contact(practitioner_id=things.person, reason="看看", **told),
        lambda: actions.extend_credential(
            credential_id=things.licence, valid_until=date(3000, 1, 1), **told
        ),
        lambda: actions.release_adviser(contract_id=things.contract, reason="x", **told),
        lambda: actions.set_villages(
            contract_id=things.contract, villages=[JINPING], reason="x", **told
        ),
        lambda: actions.begin_stationing(stationing_id=things.stationing, **told),
        lambda: actions.end_stationing(stationing_id=things.stationing, reason="x", **told),
        lambda: actions.leave_team(member_id=things.member, reason="x", **told),
        lambda: actions.end_team(team_id=things.team, reason="x", **told),
        lambda: actions.refuse_joining(joining_id=things.joining, reason="x", **told),
        lambda: actions.name_keepers(
            institution_id=things.house, keeper_account=new_id(), **told
        ),
        lambda: actions.set_norm(
            code="adviser.renew_days", region_code=COUNTY, value=1, source="x",
            active_from=date(2030, 1, 1), **told,
        ),
        lambda: actions.charge_kind(region_code=COUNTY, kind="02", department="x", **told),
        lambda: actions.form_team(name="x", region_code=COUNTY, **told),
    ]  # fmt: skip


@pytest.mark.parametrize("actor", [GUEST, PEER, STRANGER, OFFICER], ids=lambda one: one.kind)
def test_only_registrars_of_the_place_keep_the_register(actor: Actor) -> None:
    with county():
        things = Things()
        for deed in _deeds(things, actor):
            with acting(actor), pytest.raises((NotAllowed, NotFound)):
                deed()


def test_a_department_answers_for_a_county_not_for_a_town() -> None:
    """Who is in charge reads by the county's span: a town's would reach over its neighbours."""
    with county(), acting(KEEPER), pytest.raises(BadInput, match="县"):
        actions.charge_kind(region_code=SHIPU, kind="02", department="科", actor=KEEPER)


def test_the_registrar_may_do_all_of_it() -> None:
    with county():
        things = Things()
        for number in range(len(_deeds(things, KEEPER))):
            with acting(KEEPER), transaction.atomic():
                _deeds(things, KEEPER)[number]()
                transaction.set_rollback(True)


def _tables() -> list[Any]:
    """Volunteers and records of services are tried in test_volunteer_access.py."""
    found = apps.get_app_config("providers").get_models()
    return [one for one in found if not one.__name__.startswith(("Volunteer", "ServiceRecord"))]


@pytest.mark.parametrize("actor", [GUEST, PEER, STRANGER, OFFICER], ids=lambda one: one.kind)
def test_no_table_lets_others_alter_or_remove_a_row(actor: Actor) -> None:
    """As if every check in Python were missing."""
    with county():
        things = Things()
        for table in _tables():
            assert table.objects.exists(), f"{table.__name__}: nothing was made to try"
            if actor is OFFICER and table.__name__ == "AdviserVisit":
                continue  # their own village: they may
            with acting(actor):
                assert _touched(table) == 0, table.__name__
    assert things


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
            altered += 1  # a foreign key stood in the way, not the policy
        return altered


def test_what_the_public_sees_and_what_only_staff() -> None:
    published = {
        "Institution", "Practitioner", "Credential", "Supply", "Stationing", "AdviserContract",
        "AdviserVillage", "LocalNorm", "InstitutionCheck", "Proxy",
    }  # fmt: skip
    with county():
        Things()
        for actor in (GUEST, PEER):
            with acting(actor):
                seen = {table.__name__ for table in _tables() if table.objects.exists()}
            assert seen == published
        with acting(OFFICER):
            hidden = {table.__name__ for table in _tables() if not table.objects.exists()}
            assert hidden == {"Contact", "Correction"}, "opened by registrars, read by who answers"


class TestOneself:
    def _self(self, things: Things) -> Actor:
        return Actor(
            kind="staff", ref=str(things.account), roles=frozenset({roles.PRACTITIONER}),
            org=str(things.house),
        )  # fmt: skip

    def test_one_declares_reports_and_signs_off_for_oneself(self) -> None:
        with county():
            things = Things()
            me = self._self(things)
            with acting(me):
                actions.declare_relation(
                    practitioner_id=things.person, name="陈大", relation="父", actor=me
                )
                actions.withdraw_relation(relation_id=things.relation, reason="误报", actor=me)
                actions.record_visit(
                    contract_id=things.contract, village=JINPING, on=TODAY, minutes=30,
                    kind="consult", actor=me,
                )  # fmt: skip
                actions.sign_update(update_id=things.update, remark="已核", actor=me)
            assert len(queries.visits_of(things.contract)) == 2

    def test_but_not_for_a_colleague(self) -> None:
        with county():
            things = Things()
            other: UUID = makers.lawyer(things.house, name="乙", active_from=date(2020, 1, 1))
            me = self._self(things)
            with acting(me):
                for deed in (
                    lambda: actions.sign_undertaking(practitioner_id=things.person, actor=me),
                    lambda: actions.declare_relation(
                        practitioner_id=other, name="某", relation="友", actor=me
                    ),
                    lambda: actions.suspend_practitioner(
                        practitioner_id=things.person, reason="x", actor=me
                    ),
                ):
                    with pytest.raises((NotAllowed, NotFound)):
                        deed()

    def test_the_office_of_a_village_reports_there_and_nowhere_else(self) -> None:
        with county():
            things = Things()
            with acting(OFFICER):
                actions.record_visit(
                    contract_id=things.contract, village=JINPING, on=TODAY, minutes=30,
                    kind="duty", actor=OFFICER,
                )  # fmt: skip
            away = replace(OFFICER, region_from="330225103000", region_until="330225104000")
            with acting(away), pytest.raises(NotAllowed):
                actions.record_visit(
                    contract_id=things.contract, village=JINPING, on=TODAY, minutes=30,
                    kind="duty", actor=away,
                )  # fmt: skip
