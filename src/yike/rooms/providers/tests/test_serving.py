"""Stationing, duty teams, joinings, keepers, relations and departments in charge."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from yike.rooms.core import clock
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.people import sealing
from yike.rooms.providers import actions, joining, queries
from yike.rooms.providers.models import Contact, Relation
from yike.rooms.providers.queries import NeedFace
from yike.rooms.providers.tests import makers
from yike.rooms.regions import codes
from yike.rooms.regions.tests.makers import COUNTY, HOUSE, KEEPER, county
from yike.rooms.trail.models import Entry

pytestmark = pytest.mark.django_db
TODAY = clock.today()
HERE = codes.span(COUNTY)
PLACE = new_id()


def plan(house: UUID, **facts: Any) -> UUID:
    """An institution that should have a window at a station."""
    known: dict[str, Any] = {
        "region_code": COUNTY, "platform": "station", "place_id": PLACE, "way": "window",
        "actor": HOUSE,
    }  # fmt: skip
    return actions.plan_stationing(institution_id=house, **(known | facts))


class TestStationing:
    def test_plan_fact_and_rate(self) -> None:
        with county():
            house = makers.institution()
            one, two = plan(house), plan(house, way="guide")
            plan(house, platform="web", place_id=None, way="online", planned=False)
            actions.begin_stationing(
                stationing_id=one, window_no="3号", queue_code="C", agreement_no="驻1",
                agreement_until=TODAY + timedelta(days=9), actor=HOUSE,
            )  # fmt: skip
            actions.explain_stationing(stationing_id=two, reason_code="room", actor=HOUSE)
            rows = queries.stationings_of(institution_id=house)
            assert sorted(row.state for row in rows) == ["done", "ended", "missing"]
            rate = queries.rates(rows)[0]
            assert (rate.planned, rate.actual, rate.percent) == (2, 1, 50)
            assert next(row for row in rows if row.id == two).why_not == "场地、设备未到位"
            assert {row.id for row in queries.stationings_of(place_id=PLACE)} == {one, two}
            assert queries.rates([])[0].percent is None

    def test_each_platform_knows_its_ways_and_places(self) -> None:
        with county():
            house = makers.institution()
            for facts in (
                {"way": "online"}, {"place_id": None}, {"platform": "hotline"},
                {"platform": "hotline", "place_id": None, "way": "window"}, {"platform": "moon"},
            ):  # fmt: skip
                with pytest.raises(BadInput):
                    plan(house, **facts)
            plan(house)
            with pytest.raises(Clash):
                plan(house)
            plan(house, platform="web", place_id=None, way="online")
            with pytest.raises(Clash):
                plan(house, platform="web", place_id=None, way="online")

    def test_leaving_is_for_good_and_leaves_room_for_a_new_one(self) -> None:
        with county():
            house = makers.institution()
            ref = plan(house)
            actions.begin_stationing(stationing_id=ref, actor=HOUSE)
            with pytest.raises(NotAllowed):
                actions.explain_stationing(stationing_id=ref, reason_code="room", actor=HOUSE)
            actions.end_stationing(stationing_id=ref, reason="调整窗口", actor=HOUSE)
            with pytest.raises(NotAllowed):
                actions.begin_stationing(stationing_id=ref, actor=HOUSE)
            assert queries.stationings_of(institution_id=house) == ()
            assert plan(house) != ref


class TestTeams:
    def test_versions_needs_and_what_is_missing(self) -> None:
        with county():
            house = makers.institution()
            since = TODAY - timedelta(days=30)
            one = makers.lawyer(house, languages=["象山话"], active_from=since)
            two = makers.lawyer(house, name="乙", kind="05", active_from=since)
            needs = (
                NeedFace(kinds=("01",), people=1, specialty="", language="象山话"),
                NeedFace(kinds=("05",), people=2, specialty="", language=""),
            )
            ref = actions.form_team(
                name="窗口组", region_code=COUNTY, needs=needs, active_from=since, actor=HOUSE
            )
            for person in (one, two):
                actions.join_team(
                    team_id=ref, practitioner_id=person, reason="年度安排", from_on=since,
                    actor=HOUSE,
                )  # fmt: skip
            face = queries.team(ref)
            assert len(face.members) == 2
            assert face.missing == ("调解至少2名，现有1名，差1名",)
            actions.join_team(
                team_id=ref, practitioner_id=one, part="lead", reason="任组长", actor=HOUSE
            )
            assert [row.part for row in queries.team(ref).members] == ["lead", "member"]
            assert queries.team(ref, on=since).members[0].part == "member"
            assert len(queries.membership_of(ref)) == 3
            assert [row.id for row in queries.teams_of(two)] == [ref]

    def test_an_unfit_member_does_not_count_and_joins_nothing(self) -> None:
        with county():
            person = makers.lawyer(makers.institution())
            needs = (NeedFace(kinds=(), people=1, specialty="", language=""),)
            ref = actions.form_team(name="夜间组", region_code=COUNTY, needs=needs, actor=HOUSE)
            actions.join_team(team_id=ref, practitioner_id=person, reason="安排", actor=HOUSE)
            assert queries.team(ref).missing == ()
            actions.suspend_practitioner(practitioner_id=person, reason="停业", actor=HOUSE)
            assert queries.team(ref).missing != ()
            other = actions.form_team(name="热线组", region_code=COUNTY, actor=HOUSE)
            with pytest.raises(NotAllowed):
                actions.join_team(team_id=other, practitioner_id=person, reason="x", actor=HOUSE)

    def test_ending_ends_everybodys_time(self) -> None:
        with county():
            person = makers.lawyer(makers.institution())
            ref = actions.form_team(name="组", region_code=COUNTY, actor=HOUSE)
            member = actions.join_team(
                team_id=ref, practitioner_id=person, reason="安排", actor=HOUSE
            )
            actions.end_team(team_id=ref, reason="撤并", actor=HOUSE)
            assert queries.teams_of(person) == ()
            with pytest.raises(NotAllowed):
                actions.leave_team(member_id=member, reason="x", actor=HOUSE)

    def test_one_team_for_one_post(self) -> None:
        with county():
            post = new_id()
            ref = actions.form_team(name="甲", region_code=COUNTY, post_id=post, actor=HOUSE)
            other = actions.form_team(name="乙", region_code=COUNTY, actor=HOUSE)
            for deed in (
                lambda: actions.give_team_post(team_id=other, post_id=post, actor=HOUSE),
                lambda: actions.form_team(name="丙", region_code=COUNTY, post_id=post, actor=HOUSE),
            ):
                with pytest.raises(Clash):
                    deed()
            face = queries.team_of_post(post)
            assert face is not None
            assert face.id == ref


class TestJoining:
    def _applied(self) -> UUID:
        return actions.apply_to_join(
            name="浙江某律师事务所", kind="law_firm", region_code=COUNTY,
            offers=[("S01", "direct"), ("S02", "circuit")], actor=HOUSE,
        )  # fmt: skip

    def _ready(self) -> UUID:
        ref = self._applied()
        paper = actions.show_paper(
            joining_id=ref, kind="执业许可证", number="31330000", valid_from=date(2020, 1, 1),
            valid_until=TODAY + timedelta(days=400), actor=HOUSE,
        )  # fmt: skip
        actions.sign_agreement(
            joining_id=ref, agreement_no="协1", agreement_from=TODAY,
            agreement_until=TODAY + timedelta(days=365), actor=HOUSE,
        )  # fmt: skip
        with pytest.raises(NotAllowed):
            actions.confirm_credentials(joining_id=ref, actor=HOUSE)
        actions.check_paper(paper_id=paper, passed=True, actor=HOUSE)
        actions.confirm_credentials(joining_id=ref, actor=HOUSE)
        return ref

    def test_all_the_way_in_and_out(self) -> None:
        with county():
            ref = self._ready()
            house = actions.activate_joining(joining_id=ref, code="XS-LS-9", actor=HOUSE)
            assert [row.service for row in queries.supplies_of(house)] == ["S01", "S02"]
            assert queries.credentials_of(institution_id=house)[0].number == "31330000"
            there = plan(house)
            actions.leave_platforms(joining_id=ref, reason="协议期满", actor=HOUSE)
            assert queries.joining_face(ref).state == "left"
            assert queries.stationing(there).active_until is not None
            told = Entry.objects.filter(about="joining").count()
            assert told == 6, "applied, signed, paper, checked, active, left: one sentence each"

    @pytest.mark.parametrize("state", joining.STATES)
    def test_each_state_takes_its_own_verbs_only(self, state: str) -> None:
        for verb, (_, starts, to) in joining.VERBS.items():
            assert joining.may(state, verb) == (state in starts)
            assert to in joining.STATES
        assert (joining.verbs_of(state) == ()) == (state in ("refused", "left"))

    def test_out_of_order_changes_nothing(self) -> None:
        with county():
            ref = self._applied()
            for deed in (
                lambda: actions.activate_joining(joining_id=ref, code="X", actor=HOUSE),
                lambda: actions.confirm_credentials(joining_id=ref, actor=HOUSE),
                lambda: actions.leave_platforms(joining_id=ref, reason="x", actor=HOUSE),
            ):
                with pytest.raises(NotAllowed):
                    deed()
            assert queries.joining_face(ref).state == "applied"
            assert queries.institutions_in(HERE) == ()

    def test_a_licence_that_ended_cannot_pass(self) -> None:
        with county():
            ref = self._applied()
            paper = actions.show_paper(
                joining_id=ref, kind="许可证", number="1", valid_from=date(2020, 1, 1),
                valid_until=TODAY, actor=HOUSE,
            )  # fmt: skip
            with pytest.raises(NotAllowed):
                actions.check_paper(paper_id=paper, passed=True, actor=HOUSE)
            with pytest.raises(BadInput):
                actions.check_paper(paper_id=paper, passed=False, actor=HOUSE)
            actions.refuse_joining(joining_id=ref, reason="证照到期", actor=HOUSE)
            assert queries.joining_face(ref).verbs == ()


class TestKeeping:
    def test_keepers_follow_one_another(self) -> None:
        with county():
            house, one, two = makers.institution(), new_id(), new_id()
            assert queries.keepers_of(house).keeper_account is None
            before = TODAY - timedelta(days=3)
            actions.name_keepers(
                institution_id=house, keeper_account=one, from_on=before, actor=HOUSE
            )
            actions.name_keepers(
                institution_id=house, keeper_account=two, deputy_account=one, actor=HOUSE
            )
            assert queries.keepers_of(house).keeper_account == two
            assert queries.keepers_of(house, on=before).keeper_account == one
            assert queries.kept_by(one) == {house: "deputy"}
            with pytest.raises(BadInput):
                actions.name_keepers(
                    institution_id=house, keeper_account=one, deputy_account=one, actor=HOUSE
                )

    def test_relations_are_found_but_never_read(self) -> None:
        with county():
            person = makers.lawyer(makers.institution())
            ref = actions.declare_relation(
                practitioner_id=person, name=" 陈 小妹 ", relation="配偶", phone="13857412345",
                actor=HOUSE,
            )  # fmt: skip
            faces = {face.index_kind: face.index for face in queries.relations_of([person])[person]}
            assert faces == {
                "phone": sealing.phone_index("138 5741 2345"),
                "name": sealing.name_index("陈小妹"),
            }
            row = Relation.objects.get(pk=ref)
            kept = " ".join(str(value) for value in vars(row).values())
            assert "小妹" not in kept
            assert "13857412345" not in kept
            bodies = " ".join(Entry.objects.values_list("body", flat=True))
            assert "小妹" not in bodies
            actions.withdraw_relation(relation_id=ref, reason="离婚", actor=HOUSE)
            assert queries.relations_of([person]) == {}
            with pytest.raises(NotFound):
                actions.withdraw_relation(relation_id=ref, reason="再来", actor=HOUSE)

    def test_a_contact_that_is_not_public_lies_sealed_and_is_opened_with_a_sentence(self) -> None:
        with county():
            person = makers.lawyer(makers.institution(), phone="13800001234", email="a@b.cn")
            row = Contact.objects.get(pk=person)
            assert (row.phone, row.email, row.reach_mask) == ("", "", "138****1234，***@b.cn")
            assert b"13800001234" not in bytes(row.sealed or b"")
            with acting(KEEPER):
                found = actions.open_contact(
                    practitioner_id=person, reason="通知培训", actor=KEEPER
                )
                with pytest.raises(BadInput):
                    actions.open_contact(practitioner_id=person, reason=" ", actor=KEEPER)
            assert found == ("13800001234", "a@b.cn")
            assert Entry.objects.filter(kind="providers.ContactOpened").count() == 1
            actions.revise_practitioner(practitioner_id=person, contact_class="public", actor=HOUSE)
            assert queries.practitioner(person).contact_sentence == "13800001234"

    def test_what_an_older_version_kept_in_clear_is_sealed_once(self) -> None:
        with county():
            person = makers.lawyer(makers.institution())
            Contact.objects.filter(pk=person).update(phone="13800001234")
            assert actions.seal_contacts(actor=HOUSE) == 1
            assert actions.seal_contacts(actor=HOUSE) == 0
            assert Contact.objects.get(pk=person).phone == ""
            found = actions.open_contact(practitioner_id=person, reason="核对", actor=HOUSE)
            assert found[0] == "13800001234"

    def test_a_period_is_opened_once_signed_once_and_overdue_is_told_once(self) -> None:
        with county():
            makers.lawyer(makers.institution(kind="law_firm"))
            since, day = date(2026, 1, 15), date(2026, 4, 7)
            ref = actions.charge_kind(
                region_code=COUNTY, kind="01", department="公服科", from_on=since, actor=HOUSE
            )
            assert actions.open_updates(actor=HOUSE, on=day) == 2, "February and March are whole"
            assert actions.open_updates(actor=HOUSE, on=day) == 0
            rows = queries.updates_in(HERE, overdue=True, on=day)
            assert [row.since for row in rows] == [date(2026, 3, 1), date(2026, 2, 1)]
            told = Entry.objects.filter(kind="providers.KindUpdateOverdue")
            assert told.count() == 2
            actions.sign_update(update_id=rows[0].id, remark="已核对", actor=HOUSE)
            with pytest.raises(Clash):
                actions.sign_update(update_id=rows[0].id, remark="", actor=HOUSE)
            signed = next(row for row in queries.updates_in(HERE) if row.signed_at)
            assert (signed.institutions, signed.practitioners, signed.unfit) == (1, 1, 0)
            [charge] = queries.charges_in(HERE, on=day)
            assert (charge.id, charge.overdue, charge.open_updates) == (ref, 1, 1)
