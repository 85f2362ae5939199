"""A volunteer's life, teams, tasks and what they earn, told by what must and must not happen."""

from __future__ import annotations

import json
from datetime import timedelta
from importlib import resources
from itertools import product
from uuid import UUID

import pytest

from yike.rooms.core import clock
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.providers import actions, queries, volunteer_matching, volunteer_rules
from yike.rooms.providers import volunteers as words
from yike.rooms.providers.tests import makers
from yike.rooms.providers.tests import volunteering as made
from yike.rooms.providers.volunteer_matching import Candidate, Need
from yike.rooms.regions.tests.makers import COUNTY, GUEST, HOUSE, SHIPU
from yike.rooms.trail import queries as trail_queries

pytestmark = pytest.mark.django_db
SPAN = (COUNTY, "330226000000")


class TestTable:
    @pytest.mark.parametrize(("state", "verb"), list(product(words.STATES, words.BY_VERB)))
    def test_each_verb_does_what_the_table_says_or_nothing(self, state: str, verb: str) -> None:
        row = words.BY_VERB[verb]
        assert words.may(state, verb) == (state in row.states)
        assert row.to in words.STATES
        assert row.to != state or not words.may(state, verb)

    def test_who_has_gone_comes_back_only_by_applying_anew(self) -> None:
        assert words.verbs_of("left") == words.verbs_of("refused") == ()

    def test_every_state_can_be_reached_from_applied(self) -> None:
        reached, more = set(), {"applied"}
        while more:
            reached |= more
            more = {words.BY_VERB[v].to for s in more for v in words.verbs_of(s)} - reached
        assert reached == set(words.STATES)

    def test_kinds_are_those_of_the_code_list(self) -> None:
        shipped = resources.files("yike.rooms.catalogue").joinpath("data/codelists.json")
        listed = json.loads(shipped.read_text("utf-8"))["volunteer_kind"]
        assert {one["code"]: one["name"] for one in listed} == words.KINDS


class TestLife:
    def test_from_application_to_service(self) -> None:
        with made.monday():
            ref = made.volunteer(until="vet")
            with pytest.raises(NotAllowed, match="承诺书"):
                actions.move_volunteer(volunteer_id=ref, verb="try", actor=HOUSE)
            actions.note_undertaking(volunteer_id=ref, actor=HOUSE)
            actions.move_volunteer(volunteer_id=ref, verb="try", actor=HOUSE)
            with pytest.raises(NotAllowed, match="至少服务 2 次"):
                actions.move_volunteer(volunteer_id=ref, verb="take", actor=HOUSE)
            made.served(made.task(), ref)
            with clock.at(made.MONDAY):
                later = made.task(
                    from_at=made.WEDNESDAY + timedelta(hours=3),
                    until_at=made.WEDNESDAY + timedelta(hours=4),
                )
            given = made.given(later, ref)
            with clock.at(made.WEDNESDAY + timedelta(hours=3)):
                actions.check_in_volunteer(sign_up_id=given, actor=HOUSE)
                actions.check_out_volunteer(sign_up_id=given, actor=HOUSE)
            actions.move_volunteer(volunteer_id=ref, verb="take", actor=HOUSE)
            face = queries.volunteer_face(ref)
            assert face.row.state == "active"
            assert face.verbs == ("pause", "leave")
            told = trail_queries.history_of("volunteer", str(ref), actor=HOUSE).rows
            assert [one.sentence for one in told if "正式" in one.sentence]

    def test_a_step_out_of_order_changes_nothing(self) -> None:
        with made.monday():
            ref = made.applicant()
            for verb in ("vet", "try", "take", "pause", "resume", "leave"):
                with pytest.raises(NotAllowed):
                    actions.move_volunteer(
                        volunteer_id=ref, verb=verb, told="x", reason="own", actor=HOUSE
                    )
            assert queries.volunteer_face(ref).row.state == "applied"
            with pytest.raises(BadInput):
                actions.move_volunteer(volunteer_id=ref, verb="train", actor=HOUSE)
            with pytest.raises(BadInput):
                actions.move_volunteer(volunteer_id=ref, verb="refuse", reason="?", actor=HOUSE)

    def test_leaving_ends_teams_and_frees_places(self) -> None:
        with made.monday():
            one, two = made.volunteer(), made.volunteer(name="李援")
            team = actions.form_volunteer_team(
                name="渔区队", field="sea", region_code=COUNTY, actor=HOUSE
            )
            actions.join_volunteer_team(team_id=team, volunteer_id=one, leads=True, actor=HOUSE)
            task = made.task()
            made.given(task, one)
            waiting = actions.sign_up(task_id=task, volunteer_id=two, actor=HOUSE)
            actions.move_volunteer(volunteer_id=one, verb="leave", reason="own", actor=HOUSE)
            assert queries.volunteer_team(team).members == ()
            assert actions.fill_places(task_id=task, actor=HOUSE) == 1
            assert _state(task, waiting) == "asked"
            assert queries.volunteer_face(one).row.end_words == "本人提出"

    def test_one_telephone_one_volunteer_until_they_leave(self) -> None:
        with made.monday():
            first = made.applicant(phone="199 0099 1234")
            with pytest.raises(Clash):
                made.applicant(phone="19900991234")
            actions.move_volunteer(volunteer_id=first, verb="refuse", reason="vetting", actor=HOUSE)
            assert made.applicant(phone="19900991234") != first

    def test_the_contact_is_sealed_and_each_look_leaves_a_sentence(self) -> None:
        with made.monday():
            ref = made.applicant(phone="19900995678", email="zhi@example.com")
            assert "19900995678" not in repr(queries.volunteer_face(ref))
            with pytest.raises(BadInput):
                actions.open_volunteer_contact(volunteer_id=ref, reason=" ", actor=HOUSE)
            found = actions.open_volunteer_contact(volunteer_id=ref, reason="核对", actor=HOUSE)
            assert found == ("19900995678", "zhi@example.com")
            told = trail_queries.history_of("volunteer", str(ref), actor=HOUSE).rows
            assert sum("查看志愿者联系方式" in one.sentence for one in told) == 1

    def test_a_new_text_asks_for_a_new_signature(self) -> None:
        with made.monday():
            ref = made.volunteer()
            actions.set_volunteer_rules(
                region_code=COUNTY, source="县局文件", undertaking_version="2026-2",
                undertaking="一、保守秘密。二、遇有利害关系主动回避，不得隐瞒。", actor=HOUSE,
            )  # fmt: skip
            with pytest.raises(NotAllowed, match="2026-2"):
                actions.sign_up(task_id=made.task(), volunteer_id=ref, actor=HOUSE)
            actions.note_undertaking(volunteer_id=ref, actor=HOUSE)
            actions.sign_up(task_id=made.task(), volunteer_id=ref, actor=HOUSE)
            signed = [one.version for one in queries.volunteer_face(ref).undertakings]
            assert sorted(signed) == ["2026-1", "2026-2"]
            with pytest.raises(BadInput, match="不同的文本"):
                actions.set_volunteer_rules(
                    region_code=COUNTY, source="x", undertaking_version="2026-2",
                    undertaking="同一版本换了一段文字，这样谁签了什么就说不清了。",
                    active_from=clock.today() + timedelta(days=1), actor=HOUSE,
                )  # fmt: skip


class TestTeams:
    def test_one_leader_at_a_time_and_the_former_stays(self) -> None:
        with made.monday():
            one, two = made.volunteer(), made.volunteer(name="李援")
            team = actions.form_volunteer_team(
                name="普法队", field="publicity", region_code=COUNTY, actor=HOUSE
            )
            for who in (one, two):
                actions.join_volunteer_team(team_id=team, volunteer_id=who, leads=True, actor=HOUSE)
            face = queries.volunteer_team(team)
            assert face.leader == "李援"
            assert {row.volunteer_id for row in face.members} == {one, two}

    def test_who_does_not_serve_joins_no_team(self) -> None:
        with made.monday():
            team = actions.form_volunteer_team(
                name="普法队", field="publicity", region_code=COUNTY, actor=HOUSE
            )
            with pytest.raises(NotAllowed):
                actions.join_volunteer_team(
                    team_id=team, volunteer_id=made.applicant(), actor=HOUSE
                )


class TestTasks:
    def test_the_last_place_then_the_waiting_list_then_up_in_order(self) -> None:
        with made.monday():
            task = made.task()
            people = [made.volunteer(name=f"志{n}") for n in range(3)]
            refs = [actions.sign_up(task_id=task, volunteer_id=one, actor=HOUSE) for one in people]
            assert [_state(task, ref) for ref in refs] == ["asked", "waiting", "waiting"]
            with pytest.raises(Clash):
                actions.sign_up(task_id=task, volunteer_id=people[1], actor=HOUSE)
            actions.withdraw_sign_up(sign_up_id=refs[0], actor=HOUSE)
            assert actions.fill_places(task_id=task, actor=HOUSE) == 1
            assert actions.fill_places(task_id=task, actor=HOUSE) == 0
            assert [_state(task, ref) for ref in refs] == ["withdrawn", "asked", "waiting"]
            with pytest.raises(NotAllowed):
                actions.confirm_sign_up(sign_up_id=refs[2], actor=HOUSE)

    def test_no_two_tasks_at_once(self) -> None:
        with made.monday():
            ref = made.volunteer()
            made.given(made.task(), ref)
            with pytest.raises(NotAllowed, match="同一时间"):
                actions.sign_up(task_id=made.task(), volunteer_id=ref, actor=HOUSE)

    def test_nobody_serves_those_close_to_them(self) -> None:
        with made.monday():
            house = makers.institution(kind="law_firm")
            lawyer = makers.lawyer(house)
            actions.declare_relation(
                practitioner_id=lawyer, name="陈小妹", phone="13857400077", relation="妹妹",
                actor=HOUSE,
            )  # fmt: skip
            ref = made.volunteer(practitioner_id=lawyer, phone="13857400078")
            for phone, why in (("13857400077", "妹妹"), ("13857400078", "本人")):
                task = made.task(client_phone=phone)
                signed = actions.sign_up(task_id=task, volunteer_id=ref, actor=HOUSE)
                with pytest.raises(NotAllowed, match=why):
                    actions.confirm_sign_up(sign_up_id=signed, actor=HOUSE)
                assert _state(task, signed) == "asked"

    def test_a_task_begun_or_closed_takes_nobody(self) -> None:
        with made.monday():
            ref, task = made.volunteer(), made.task()
            with clock.at(made.WEDNESDAY), pytest.raises(NotAllowed):
                actions.sign_up(task_id=task, volunteer_id=ref, actor=HOUSE)
            actions.move_task(task_id=task, to="full", actor=HOUSE)
            with pytest.raises(NotAllowed):
                actions.sign_up(task_id=task, volunteer_id=ref, actor=HOUSE)
            actions.move_task(task_id=task, to="cancelled", reason="台风", actor=HOUSE)
            with pytest.raises(NotAllowed):
                actions.move_task(task_id=task, to="open", actor=HOUSE)

    def test_who_is_open_to_the_public(self) -> None:
        with made.monday():
            task = made.task(brief="王某家中，先打电话", matter="261116-7KQ4M3X9")
            with acting(GUEST):
                row = queries.open_tasks(SPAN)[0]
                assert (row.id, row.left) == (task, 1)
                assert queries.volunteer_task(task).brief is None
            with clock.at(made.WEDNESDAY + timedelta(minutes=1)), acting(GUEST):
                assert queries.open_tasks(SPAN) == ()


class TestMatching:
    def test_skill_and_distance_and_reasons(self) -> None:
        near, far, barred = new_id(), new_id(), new_id()
        need = Need(directions=("consult",), specialties=("A01",), part="2m")
        ranked = volunteer_matching.rank(
            need,
            [
                Candidate(id=far, specialties=("A01",), directions=("consult",), km=38),
                Candidate(id=barred, specialties=("A01",), km=0, barred="没有签"),
                Candidate(id=near, specialties=("A01",), directions=("consult",), km=2,
                          availability=("2m",)),
            ],
        )  # fmt: skip
        assert [one.id for one in ranked] == [near, far, barred]
        assert {one.code for one in ranked[0].reasons} == {
            "specialty", "direction", "free", "near",
        }  # fmt: skip
        assert ranked[2].score == 0

    def test_who_served_much_gives_way(self) -> None:
        fresh, tired = new_id(), new_id()
        ranked = volunteer_matching.rank(
            Need(), [Candidate(id=tired, recent=4), Candidate(id=fresh)]
        )
        assert [one.id for one in ranked] == [fresh, tired]

    def test_the_register_is_ranked_for_a_task(self) -> None:
        with made.monday():
            best = made.volunteer(availability=["2m"], specialties=["A01"])
            plain = made.volunteer(name="李援", directions=["publicity"], region_code=COUNTY)
            made.applicant(name="还没录用")
            found = queries.suited_for(made.task(specialties=["A01"]))
            assert [one.volunteer.id for one in found] == [best, plain]
            assert any("公里" in one.sentence for one in found[0].match.reasons)


class TestService:
    def test_attendance_has_its_times(self) -> None:
        with made.monday():
            task, ref = made.task(), made.volunteer()
            signed = made.given(task, ref)
            for wrong in (made.WEDNESDAY - timedelta(hours=3), made.WEDNESDAY + timedelta(hours=3)):
                with clock.at(wrong), pytest.raises(NotAllowed):
                    actions.check_in_volunteer(sign_up_id=signed, actor=HOUSE)
            with clock.at(made.WEDNESDAY + timedelta(minutes=30)):
                actions.check_in_volunteer(sign_up_id=signed, actor=HOUSE)
                with pytest.raises(NotAllowed, match="没有签退"):
                    actions.move_task(task_id=task, to="done", actor=HOUSE)
            with clock.at(made.WEDNESDAY + timedelta(hours=9)):
                minutes = actions.check_out_volunteer(sign_up_id=signed, actor=HOUSE)
                actions.move_task(task_id=task, to="done", actor=HOUSE)
            assert minutes == 90 + 60, "an hour over the plan at most"

    def test_points_follow_the_rules_of_the_day_and_the_rating(self) -> None:
        with made.monday():
            actions.set_volunteer_rules(
                region_code=COUNTY, source="县局文件", points_per_hour=12, points_for_best=8,
                honours=[(1, "新星"), (100, "老将")], actor=HOUSE,
            )  # fmt: skip
            task, ref = made.task(), made.volunteer()
            signed = made.served(task, ref)
            with clock.at(made.WEDNESDAY + timedelta(days=1)):
                with pytest.raises(BadInput):
                    actions.rate_volunteer(sign_up_id=signed, level=1, actor=HOUSE)
                actions.rate_volunteer(sign_up_id=signed, level=5, actor=HOUSE)
                with pytest.raises(NotAllowed):
                    actions.rate_volunteer(sign_up_id=signed, level=4, actor=HOUSE)
            face = queries.volunteer_face(ref)
            assert (face.row.total.minutes, face.row.total.points) == (120, 24 + 8)
            assert [name for name, _ in face.honours] == ["新星"]

    def test_rules_reckon_alone(self) -> None:
        rules = volunteer_rules.Rules()
        assert volunteer_rules.points(90, None, rules) == 15
        assert volunteer_rules.points(0, 5, rules) == 0
        assert volunteer_rules.honours(60 * 60, rules.honours) == ("一星志愿者", "二星志愿者")
        assert volunteer_rules.counted(-5, 60) == 0

    def test_calls_and_incidents_are_followed_up(self) -> None:
        with made.monday():
            task, ref = made.task(), made.volunteer()
            made.given(task, ref)
            with pytest.raises(NotAllowed):
                actions.record_spot_call(task_id=task, outcome="well", actor=HOUSE)
            with clock.at(made.WEDNESDAY + timedelta(hours=1)):
                with pytest.raises(BadInput):
                    actions.record_spot_call(task_id=task, outcome="absent", actor=HOUSE)
                actions.record_spot_call(
                    task_id=task, outcome="absent", told="摊位没有人", actor=HOUSE
                )
                incident = actions.note_incident(
                    task_id=task, kind="conduct", happened="中途离开", volunteer_id=ref,
                    due_on=clock.today(), actor=HOUSE,
                )  # fmt: skip
                with pytest.raises(NotFound):
                    actions.note_incident(
                        task_id=task, kind="other", happened="不相干的人", due_on=clock.today(),
                        volunteer_id=made.volunteer(name="旁人"), actor=HOUSE,
                    )  # fmt: skip
            with clock.at(made.WEDNESDAY + timedelta(days=2)):
                assert [one.overdue for one in queries.open_incidents(SPAN)] == [True]
                actions.close_incident(
                    incident_id=incident, follow_up="谈话提醒，已改正", actor=HOUSE
                )
                assert queries.open_incidents(SPAN) == ()
            assert len(queries.volunteer_task(task).calls) == 1

    def test_a_certificate_is_verified_by_its_code_alone(self) -> None:
        with made.monday():
            ref = made.volunteer()
            with pytest.raises(NotAllowed):
                actions.issue_certificate(volunteer_id=ref, actor=HOUSE)
            made.served(made.task(), ref)
            code = actions.issue_certificate(volunteer_id=ref, actor=HOUSE)
            with acting(GUEST), pytest.raises(NotFound):
                queries.certificate_by_code(code)
            knows = GUEST.claiming(code, "")
            with acting(knows):
                face = queries.certificate_by_code(code)
            assert (face.total.hours, face.honours, face.revoked_on) == ("2.0", (), None)
            actions.revoke_certificate(certificate_id=face.id, reason="姓名有误", actor=HOUSE)
            with acting(knows):
                assert queries.certificate_by_code(code).revoked_on == clock.today()


def _state(task: UUID, sign_up: UUID) -> str:
    rows = queries.volunteer_task(task).sign_ups
    return next(one.state for one in rows if one.id == sign_up)


def test_the_town_is_the_area_of_whoever_named_none() -> None:
    with made.monday():
        made.volunteer()
        found = queries.suited_for(made.task(region_code=SHIPU))
        assert any(one.code == "area" for one in found[0].match.reasons)
