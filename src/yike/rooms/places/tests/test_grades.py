"""Grading a station: who does what, what stays, and that every grade can be computed again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction

from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.files import queries as files_queries
from yike.rooms.guard.acting import acting
from yike.rooms.places import actions, grade_pages, grades, grading, queries, schemes
from yike.rooms.places.models import GradeAward, GradeFinding
from yike.rooms.places.tests import grading_makers as makers
from yike.rooms.places.tests import makers as place_makers
from yike.rooms.places.tests.grading_makers import Ground
from yike.rooms.places.tests.test_grading import SCHEME
from yike.rooms.regions.tests.makers import COUNTY, GUEST, HOUSE, KEEPER, STRANGER, county
from yike.rooms.trail.models import Entry

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 16)


@pytest.fixture(autouse=True)
def _at_noon(settings: object) -> Iterator[None]:
    from datetime import datetime, time

    with clock.at(datetime.combine(TODAY, time(12), tzinfo=clock.CIVIL)):
        yield


@pytest.fixture
def found() -> Ground:
    with county():
        made = makers.ground()
        makers.scheme()
        return made


def _grade(found: Ground) -> str:
    return queries.station(found.station).grade


class TestScheme:
    def test_a_draft_is_edited_and_a_published_version_never_changes(self) -> None:
        with county():
            ref = makers.scheme(publish=False)
        with acting(KEEPER):
            one = grading.Criterion(code="D", name="制度上墙", points=10, evidence="photo")
            actions.set_criterion(scheme_id=ref, criterion=one, actor=KEEPER)
            with pytest.raises(BadInput, match="合计 90 分"):
                actions.publish_scheme(scheme_id=ref, active_from=TODAY, actor=KEEPER)
            more = grading.Criterion(code="E", name="台账", points=10)
            actions.set_criterion(scheme_id=ref, criterion=more, actor=KEEPER)
            actions.publish_scheme(scheme_id=ref, active_from=TODAY, actor=KEEPER)
            with pytest.raises(NotAllowed, match="不能修改"):
                actions.drop_criterion(scheme_id=ref, code="E", actor=KEEPER)
            for statement in ("update places_gradescheme set body = '{}'",
                              "delete from places_gradescheme"):  # fmt: skip
                with (
                    pytest.raises(ProgrammingError),
                    transaction.atomic(),
                    connection.cursor() as c,
                ):
                    c.execute(statement)

    def test_a_new_version_begins_on_a_day_and_ends_the_old_one(self) -> None:
        with county():
            old = makers.scheme()
            new = actions.draft_scheme(
                county_code=COUNTY, name="示例标准", source="测试", like=old, actor=HOUSE
            )
            day = TODAY + timedelta(days=30)
            actions.publish_scheme(scheme_id=new, active_from=day, actor=HOUSE)
            by_id = {row.id: row for row in schemes.schemes_in(COUNTY)}
            assert (by_id[old].active_until, by_id[new].version) == (day, 2)
            assert schemes.scheme_page(HOUSE, new).scheme == SCHEME
            assert [schemes.in_force(COUNTY, 3, on) for on in (TODAY, day)] == [
                by_id[old], by_id[new]
            ]  # fmt: skip
            assert schemes.in_force(COUNTY, 4) is None

    def test_days_levels_and_faults_are_refused(self) -> None:
        with county():
            makers.scheme(levels=(3, 4))
            only = makers.scheme(publish=False, name="只管镇")
            with pytest.raises(Clash, match="还适用于"):
                actions.publish_scheme(scheme_id=only, active_from=TODAY, actor=HOUSE)
            with pytest.raises(BadInput, match="不能早于今天"):
                actions.publish_scheme(
                    scheme_id=only, active_from=TODAY - timedelta(days=1), actor=HOUSE
                )
            with pytest.raises(BadInput):
                makers.scheme(publish=False, appeal_days=0)

    def test_only_the_county_writes_and_visitors_see_what_is_published(self) -> None:
        with county("340422000000"):
            made = makers.scheme()
            makers.scheme(publish=False, name="草稿")
        with acting(STRANGER), pytest.raises(NotAllowed):
            actions.draft_scheme(county_code=COUNTY, name="外县", source="测试", actor=STRANGER)
        with acting(GUEST):
            assert [row.id for row in schemes.schemes_in(COUNTY)] == [made]


class TestOffice:
    def test_it_is_saved_bit_by_bit_and_handed_in_when_whole(self, found: Ground) -> None:
        clerk = found.clerk
        with acting(clerk):
            ref = actions.begin_assessment(station_id=found.station, actor=clerk)
            with pytest.raises(Clash, match="没有办完"):
                actions.begin_assessment(station_id=found.station, actor=clerk)
            actions.answer_criterion(assessment_id=ref, code="A", value=1, actor=clerk)
            actions.answer_criterion(assessment_id=ref, code="B", value=30, actor=clerk)
            actions.answer_criterion(assessment_id=ref, code="D", value=0, actor=clerk)
            with pytest.raises(BadInput, match="窗口（缺照片，不计分）"):
                actions.submit_assessment(assessment_id=ref, actor=clerk)
        shot = makers.photo(clerk)
        with acting(clerk):
            actions.answer_criterion(
                assessment_id=ref, code="B", value=30, file_ids=[shot], actor=clerk
            )
            page = grade_pages.assessment_page(clerk, ref)
            assert (page.answered, page.total, page.result.points) == (4, 4, 70)
            assert [one.name for one in grade_pages.item_of(page, "B").papers] == ["窗口.jpg"]
            actions.submit_assessment(assessment_id=ref, actor=clerk, given={"duty_shifts": 12})
            page = grade_pages.assessment_page(clerk, ref)
            assert (page.state, page.verbs) == ("submitted", ())
            with pytest.raises(NotAllowed):
                actions.answer_criterion(assessment_id=ref, code="A", value=0, actor=clerk)

    def test_numbers_are_the_registers_own_and_kept_as_they_were(self, found: Ground) -> None:
        ref = makers.submitted(found)
        with acting(HOUSE):
            assert grade_pages.assessment_page(HOUSE, ref).result.points == 90, "35 小时: 20 分"
            actions.revise_station(
                station_id=found.station,
                actor=HOUSE,
                hours={day: [["08:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
            )
            assert grade_pages.assessment_page(HOUSE, ref).result.points == 90

    def test_values_beyond_the_criterion_and_other_peoples_stations(self, found: Ground) -> None:
        with acting(found.reviewer), pytest.raises(NotAllowed, match="所属的单位"):
            actions.begin_assessment(station_id=found.station, actor=found.reviewer)
        ref = makers.answered(found)
        with acting(found.clerk):
            for code, value in (("A", 2), ("B", 31), ("B", -1), ("B", None)):
                with pytest.raises(BadInput):
                    actions.answer_criterion(
                        assessment_id=ref, code=code, value=value, actor=found.clerk
                    )
            with pytest.raises(NotFound):
                actions.answer_criterion(assessment_id=ref, code="Z", value=1, actor=found.clerk)

    def test_no_scheme_no_assessment(self) -> None:
        with county():
            made = makers.ground(level=4)
            makers.scheme()
        with acting(made.clerk), pytest.raises(NotAllowed, match="还没有适用于这一级"):
            actions.begin_assessment(station_id=made.station, actor=made.clerk)


class TestCounty:
    def test_where_it_differs_it_says_why_and_its_word_counts(self, found: Ground) -> None:
        ref, who = makers.submitted(found), found.reviewer
        with acting(who):
            with pytest.raises(BadInput, match="写明理由"):
                actions.review_criterion(assessment_id=ref, code="B", value=10, actor=who)
            actions.review_criterion(
                assessment_id=ref, code="B", value=10, reason="只有一个窗口", actor=who
            )
            with pytest.raises(NotAllowed, match="还有 3 条没有复核"):
                actions.conclude_review(assessment_id=ref, actor=who)
            assert actions.agree_with_rest(assessment_id=ref, actor=who) == 3
            actions.conclude_review(assessment_id=ref, actor=who)
            with pytest.raises(NotAllowed, match="应评为三星"):
                actions.refuse_grade(assessment_id=ref, reason="不够格吧", actor=who)
            given = actions.award_grade(
                assessment_id=ref, awarded_on=TODAY, certificate="授予三星。", actor=who
            )
        assert given == "三星"
        with acting(GUEST):
            row = queries.station(found.station)
            assert (row.grade, row.graded_on) == ("三星", TODAY)

    def test_sent_back_mended_and_handed_in_again(self, found: Ground) -> None:
        ref, who = makers.submitted(found), found.reviewer
        with acting(who):
            actions.send_back(assessment_id=ref, reason="照片看不清", actor=who)
        with acting(found.clerk):
            page = grade_pages.assessment_page(found.clerk, ref)
            assert (page.state, page.return_reason) == ("returned", "照片看不清")
            actions.submit_assessment(assessment_id=ref, actor=found.clerk)

    def test_nobody_judges_the_station_of_their_own_house(self, found: Ground) -> None:
        from dataclasses import replace

        ref = makers.submitted(found)
        own = replace(found.reviewer, org=str(found.office))
        with acting(own), pytest.raises(NotAllowed):
            actions.agree_with_rest(assessment_id=ref, actor=own)

    def test_lowered_with_reason_and_restored_by_appeal(self, found: Ground) -> None:
        ref = makers.awarded(found)
        who, other = found.reviewer, found.other
        with acting(who):
            with pytest.raises(BadInput, match="应低于"):
                actions.lower_grade(assessment_id=ref, grade="五星", reason="查实没开", actor=who)
            actions.lower_grade(assessment_id=ref, grade="", reason="查实没有开放", actor=who)
        with acting(found.clerk):
            actions.file_appeal(
                assessment_id=ref, reason="那天是台风停工，有通知为证。", actor=found.clerk
            )
        with acting(who), pytest.raises(NotAllowed, match="复核或评定过的人"):
            actions.grant_appeal(assessment_id=ref, words="确是台风", actor=who)
        with acting(other):
            assert _grade(found) == ""
            actions.grant_appeal(assessment_id=ref, words="确是台风停工", actor=other)
            assert _grade(found) == "三星"
            kinds = [one.kind for one in grades.awards_of(found.station)]
            assert kinds == ["restored", "lowered", "awarded"]
            assert [row.difference for row in grades.recompute(COUNTY)] == [""]


class TestAppeal:
    def _refused(self, found: Ground) -> UUID:
        ref, who = makers.reviewed(found, A=0), found.reviewer
        with acting(who):
            with pytest.raises(NotAllowed, match="否决项没有达到：不收费"):
                actions.award_grade(
                    assessment_id=ref, awarded_on=TODAY, certificate="授予。", actor=who
                )
            actions.refuse_grade(assessment_id=ref, reason="查实收过费", actor=who)
        return ref

    def test_refused_for_a_veto_appealed_and_looked_at_by_another(self, found: Ground) -> None:
        ref = self._refused(found)
        with acting(found.clerk):
            actions.file_appeal(
                assessment_id=ref, reason="收费的是另一家机构，不是本站。", actor=found.clerk
            )
        with acting(found.other):
            actions.grant_appeal(assessment_id=ref, words="重新核查", actor=found.other)
        with acting(found.reviewer), pytest.raises(NotAllowed):
            actions.agree_with_rest(assessment_id=ref, actor=found.reviewer)
        with acting(found.other):
            actions.review_criterion(
                assessment_id=ref, code="A", value=1, reason="票据是另一家机构的", actor=found.other
            )
            actions.conclude_review(assessment_id=ref, actor=found.other)
            actions.award_grade(
                assessment_id=ref, awarded_on=TODAY, certificate="授予三星。", actor=found.other
            )
            assert _grade(found) == "三星"
            rounds = list(GradeFinding.objects.filter(code="A").values_list("round", "value"))
            assert sorted(rounds) == [(1, 0), (2, 1)], "the first finding stays"

    def test_upheld_it_stands_and_there_is_no_second_appeal(self, found: Ground) -> None:
        ref = self._refused(found)
        reason = "收费的是另一家机构，不是本站。"
        with acting(found.clerk):
            actions.file_appeal(assessment_id=ref, reason=reason, actor=found.clerk)
        with acting(found.other):
            actions.uphold_decision(assessment_id=ref, words="证据确实", actor=found.other)
        with acting(found.clerk), pytest.raises(Clash, match="已经申诉过"):
            actions.file_appeal(assessment_id=ref, reason=reason, actor=found.clerk)

    def test_after_the_schemes_term_there_is_no_appeal(self, found: Ground) -> None:
        ref = self._refused(found)
        reason = "收费的是另一家机构，不是本站。"
        last = clock.now() + timedelta(days=10)
        late = pytest.raises(NotAllowed, match="期限已于 2026-11-26 届满")
        with clock.at(last + timedelta(days=1)), acting(found.clerk), late:
            actions.file_appeal(assessment_id=ref, reason=reason, actor=found.clerk)
        with clock.at(last), acting(found.clerk):
            actions.file_appeal(assessment_id=ref, reason=reason, actor=found.clerk)


class TestImported:
    def test_a_grade_from_before_says_where_it_comes_from(self) -> None:
        with county():
            made = makers.ground()
            makers.scheme()
        told: dict[str, Any] = {"station_id": made.station, "actor": made.reviewer}
        with acting(made.reviewer):
            for grade, day in (("二级", date(2026, 1, 1)), ("三级", date(2025, 1, 1))):
                actions.import_grade(
                    grade=grade, source="县司法局〔2025〕3号（测试）", awarded_on=day, **told
                )
            assert _grade(made) == "二级", "the later one stands, in whatever order they come"
            (row,) = grades.recompute(COUNTY)
            assert (row.difference, "县司法局〔2025〕3号" in row.note) == ("", True)
        makers.awarded(made)
        with acting(made.reviewer), pytest.raises(NotAllowed, match="已在本系统评定过"):
            actions.import_grade(grade="一级", source="补录", awarded_on=TODAY, **told)


class TestProof:
    def test_what_was_changed_behind_the_houses_back_is_named(self, found: Ground) -> None:
        makers.awarded(found)
        with acting(found.reviewer):
            (row,) = grades.recompute(COUNTY)
            assert (row.computed, row.points, row.difference) == ("三星", 90, "")
            assert (row.next_name, row.next_short) == ("四星", 0)
            with connection.cursor() as cursor:
                cursor.execute("update places_station set grade = '五星'")
            (row,) = grades.recompute(COUNTY)
            assert row.difference == "登记为“五星”，最近一次评定是“三星”"
        with acting(HOUSE):
            with connection.cursor() as cursor:
                cursor.execute("update places_station set grade = '三星'")
                cursor.execute("update places_gradeanswer set value = 0")
                assert cursor.rowcount == 0, "not even the house rewrites what was handed in"
                cursor.execute("delete from files_file where about = 'grade'")
            (row,) = grades.recompute(COUNTY)
            assert row.difference == "评定为“三星”，按证据重算是“无”"


class TestRows:
    def test_seen_by_the_office_and_the_county_only(self, found: Ground) -> None:
        ref = makers.submitted(found)
        for actor, sees in (
            (found.clerk, True), (found.reviewer, True), (found.stranger, False),
            (STRANGER, False), (GUEST, False),
        ):  # fmt: skip
            with acting(actor), connection.cursor() as cursor:
                cursor.execute("select count(*) from places_gradeassessment")
                assert cursor.fetchone() == (int(sees),), actor.label
                cursor.execute("select count(*) from places_gradeanswer")
                assert cursor.fetchone() == (3 if sees else 0,), actor.label
                assert len(files_queries.files_of("grade", str(ref))) == (2 if sees else 0)
                cursor.execute("select count(*) from trail_entry where about = 'grade'")
                assert bool((cursor.fetchone() or (0,))[0]) == sees
        with acting(found.stranger), pytest.raises(NotFound):
            grade_pages.assessment_page(found.stranger, ref)

    def test_with_bare_sql_nobody_writes_what_is_not_theirs(self, found: Ground) -> None:
        makers.reviewed(found)
        tries = {
            found.clerk: (
                "update places_gradeanswer set value = 1", "update places_gradefinding set value=1",
                "delete from places_gradeassessment", "update places_gradeaward set grade = 'x'",
            ),
            found.reviewer: (
                "update places_gradeanswer set value = 1", "update places_gradefinding set value=1",
                "delete from places_gradeanswer", "delete from places_gradeaward",
            ),
        }  # fmt: skip
        for actor, statements in tries.items():
            with acting(actor), connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
                    assert cursor.rowcount == 0, statement

    def test_that_none_was_given_is_not_public(self, found: Ground) -> None:
        ref, who = makers.reviewed(found, A=0), found.reviewer
        with acting(who):
            actions.refuse_grade(assessment_id=ref, reason="查实收过费", actor=who)
        for actor, sees in ((found.clerk, 1), (found.stranger, 0), (GUEST, 0)):
            with acting(actor):
                assert GradeAward.objects.count() == sees


def test_every_deed_leaves_one_sentence(found: Ground) -> None:
    makers.awarded(found)
    with acting(HOUSE):
        rows = Entry.objects.filter(kind__startswith="places.", at__gte=clock.now()).order_by("id")
        said = [kind.partition(".")[2] for kind in rows.values_list("kind", flat=True)]
    assert said == [
        "StationRegistered", "SchemeDrafted", "SchemePublished", "AssessmentBegun", "AnswerKept",
        "AnswerKept", "AnswerKept", "AssessmentMoved", "FindingKept", "AssessmentMoved",
        "GradeAwarded",
    ]  # fmt: skip


def test_overview_filters_and_says_what_waits(found: Ground) -> None:
    with acting(HOUSE):
        place_makers.station("HP", name="鹤浦站", region_code="330225103000")
    ref = makers.submitted(found)
    with acting(found.reviewer):
        every = grades.overview(found.reviewer, COUNTY)
        assert [row.last and row.last.id for row in every] == [ref, None]
        mine = grades.overview(found.reviewer, COUNTY, state="mine")
        assert [row.station.id for row in mine] == [found.station]
        assert len(grades.overview(found.reviewer, COUNTY, state="none")) == 1
        assert len(grades.overview(found.reviewer, COUNTY, grade="-")) == 2
        assert not grades.overview(found.reviewer, COUNTY, grade="三星")
    with acting(found.stranger):
        assert [row.last for row in grades.overview(found.stranger, COUNTY)] == [None, None]
