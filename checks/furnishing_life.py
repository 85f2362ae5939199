"""What an eventful week leaves behind: rows in tables that a plain demand never fills.

Every row by its action, as the one who would do it. `checks/rows.yaml` says who reads which.
"""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any
from uuid import UUID

from PIL import Image

from checks.scene import DASHA, HOUSE, MORNING, NOON, Scene, do, opened
from yike.demo import cast
from yike.rooms.booking import actions as booking_actions
from yike.rooms.catalogue import actions as catalogue_actions
from yike.rooms.clocks import actions as clocks_actions
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.duty import actions as duty_actions
from yike.rooms.duty import queries as duty_queries
from yike.rooms.duty.checkin import Policy
from yike.rooms.files import actions as files_actions
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters.lines import LineRule
from yike.rooms.people import actions as people_actions
from yike.rooms.places import actions as places_actions
from yike.rooms.places import upkeep_pages
from yike.rooms.plans import queries as plans_queries
from yike.rooms.providers import actions as providers_actions
from yike.rooms.providers import queries as providers_queries
from yike.rooms.quality import actions as quality_actions
from yike.rooms.quality import queries as quality_queries

TODAY = MORNING.date()


def live(scene: Scene) -> None:
    """This will let the week go on, from half an hour after it began."""
    with clock.at(MORNING + timedelta(minutes=30)):
        for happen in (
            _busy,
            _drafted,
            _returned,
            _done_again,
            _quality,
            _duty,
            _registers,
            _people,
        ):
            happen(scene)


def _busy(scene: Scene) -> None:
    officer, director = scene.actors["officer"], scene.actors["director"]
    reference = opened(scene, "busy", demand_type="2")
    do("sign", reference, officer)
    do("set_points", reference, officer, points=("工资", "赔偿"))
    do("add_note", reference, officer, words="已电话核实")
    do("record_call", reference, officer, contact="reached", words="愿意调解")
    do("transfer_call", reference, officer, to_line="12345", transfer="warm", outcome="taken")
    related = scene.references["working"]
    do("link", reference, officer, related=related, tie="related", reason="同一用人单位")
    do("recategorise", reference, officer, demand_type="1", reason="当事人只想问清楚")
    do("invite", reference, officer, to_org=scene.actors["stranger"].org_id, reason="请协助送达")
    do("ask_extension", reference, officer, amount=2, reason="等待银行流水")
    do("assign_best", reference, officer)
    do("supervise", reference, director, due_on=TODAY + timedelta(days=3), reason="群众等得急")
    with acting(officer):
        matters_actions.note_side(
            reference=reference, part="opponent", name="赵老板", phone="13857401111", actor=officer
        )
        matters_actions.take_ticket(org=UUID(officer.org), actor=officer)
        matters_actions.save_draft(
            key=f"reply-{reference}", fields={"reply": "拟答复"}, actor=officer
        )


def _drafted(scene: Scene) -> None:
    """A county where answers are reviewed from now on, and one answer that waits for review."""
    officer, director = scene.actors["officer"], scene.actors["director"]
    reference = opened(scene, "paused")
    do("sign", reference, officer)
    until = TODAY + timedelta(days=9)
    do("suspend", reference, officer, cause="appraisal", until_on=until, reason="送伤残鉴定")
    with acting(director):
        matters_actions.set_flow_policy(
            county_code=cast.COUNTY, review=["2"], reason="投诉的答复先审后发", actor=director
        )
    reference = opened(scene, "drafted")
    do("sign", reference, officer)
    do("submit", reference, officer, result="answered", reply="可以申请劳动仲裁。")


def _returned(scene: Scene) -> None:
    """Sent back twice; the county decided, which suggests a route."""
    officer, stranger = scene.actors["officer"], scene.actors["stranger"]
    dispatcher, director = scene.actors["dispatcher"], scene.actors["director"]
    reference = opened(scene, "disputed")
    do("give_back", reference, officer, reason="不属于本镇")
    do("dispatch", reference, dispatcher, to_org=stranger.org_id, reason="请鹤浦办理")
    do("give_back", reference, stranger, reason="也不属于我镇")
    do("decide_dispute", reference, director, to_org=officer.org_id, reason="用人单位在石浦")


def _done_again(scene: Scene) -> None:
    """One that the director sends back to be done again, and one rated badly and called back."""
    officer, director = scene.actors["officer"], scene.actors["director"]
    for case in ("redone", "bad"):
        do("sign", opened(scene, case), officer)
        do("submit", scene.references[case], officer, result="answered", reply="请找劳动监察。")
        do("approve", scene.references[case], director)
    citizen = scene.citizen("bad")
    with acting(citizen):
        rated = quality_actions.rate(level=1, reasons=("slow",), words="没人理我", actor=citizen)
    do("redo", scene.references["redone"], director, reason="答复没有回应诉求")
    with acting(HOUSE):
        quality_actions.owe_missing_callbacks(actor=HOUSE)
    supervisor = scene.actors["supervisor"]
    with acting(supervisor):
        called = quality_queries.cases(supervisor, "callback").rows[0]
        quality_actions.note_attempt(
            case_id=called.id, result="no_answer", words="无人接听", actor=supervisor
        )
    with acting(officer):
        quality_actions.reply_to_rating(rating_id=rated, words="已当面道歉", actor=officer)


def _quality(scene: Scene) -> None:
    """A reward, an own bound, and an alert of a late order."""
    director = scene.actors["director"]
    with acting(director):
        person = providers_queries.practitioner_of_account(_account(scene, "nonholder"))
        assert person is not None
        quality_actions.give_reward(
            told=quality_actions.RewardTold(
                kind="praise", words="值班认真", basis="县局考核", practitioner_id=person.id
            ),
            actor=director,
        )
        quality_actions.set_policy(
            code="unsigned.hours", value=24, reason="本县规定", actor=director
        )
    with clock.at(NOON + timedelta(days=20)), acting(HOUSE):
        quality_actions.run_rules(now=clock.now(), actor=HOUSE)


def _duty(scene: Scene) -> None:
    """A wish, a limit, a ferry that does not run, an absence that calls out, a swap asked for."""
    lawyer, director = scene.actors["nonholder"], scene.actors["director"]
    shift = UUID(scene.ids["shift"])
    with acting(lawyer):
        duty_actions.wish(kind="avoid", weekday=4, actor=lawyer)
        person = providers_queries.practitioner_of_account(_account(scene, "nonholder"))
        other = providers_queries.practitioner_of_account(_account(scene, "colleague"))
    assert person is not None
    assert other is not None
    last = _shift_after(lawyer, shift)
    with acting(lawyer):
        duty_actions.ask_swap(shift_id=shift, to_practitioner=other.id, reason="开庭", actor=lawyer)
        duty_actions.hand_out_key(shift_id=last, device="phone", told_at=clock.now(), actor=lawyer)
        duty_actions.report_absence(shift_id=last, reason="发烧", actor=lawyer)
    with acting(director):
        duty_actions.set_limit(practitioner_id=person.id, per_week=2, per_month=6, actor=director)
        duty_actions.set_check_rules(
            county=cast.COUNTY,
            active_from=TODAY + timedelta(days=30),
            policy=Policy(),
            actor=director,
        )
        duty_actions.set_ferry_day(
            county=cast.COUNTY, island="檀头山", day=TODAY, runs=False, reason="大风停航",
            actor=director,
        )  # fmt: skip


def _shift_after(lawyer: Actor, shift: UUID) -> UUID:
    """The lawyer's last shift of the week."""
    with acting(lawyer):
        person = providers_queries.practitioner_of_account(UUID(lawyer.ref))
        assert person is not None
        found = duty_queries.shifts_of(person.id, MORNING, MORNING + timedelta(days=7))
    return [one.id for one in found if one.id != shift][-1]


def _registers(scene: Scene) -> None:
    """Days closed, rules of the county's own, an offering, a grade, a sign, a terminal."""
    officer, director = scene.actors["officer"], scene.actors["director"]
    place = UUID(scene.ids["station"])
    with acting(officer):
        booking_actions.close_days(
            org=UUID(officer.org), from_on=TODAY + timedelta(days=9),
            until_on=TODAY + timedelta(days=9), reason="外出学习", actor=officer,
        )  # fmt: skip
        booking_actions.make_feed(actor=officer)
    with acting(director):
        booking_actions.set_rule(
            county=cast.COUNTY, hold_minutes=15, offer_minutes=60, no_shows=3, within_days=90,
            words="三次未到，先到窗口", reason="本县规定", seen=0, actor=director,
        )  # fmt: skip
        places_actions.import_grade(
            station_id=place, grade="三星", source="县司法局文件", awarded_on=TODAY, actor=director
        )
        spot: dict[str, Any] = {"region_code": DASHA, "station_id": place, "actor": director}
        places_actions.register_facility(
            facility="terminal", code="T-1", name="自助机", kind="kiosk", **spot
        )
        places_actions.register_facility(
            facility="sign", code="S-1", name="路口指引牌", kind="road", **spot
        )
        catalogue_actions.offer_item(
            item_code="PLS-YZ008", institution_id=UUID(officer.org), mode="direct", actor=director
        )
        clocks_actions.close_calendar(
            code="office", starts_at=NOON + timedelta(days=30), ends_at=NOON + timedelta(days=31),
            reason="台风停工", actor=director,
        )  # fmt: skip
        matters_actions.set_assignment_policy(
            county_code=cast.COUNTY, reason="本县规定", weights={"near": 15.0}, actor=director
        )
        matters_actions.set_alerts(
            recipients={"red": ["office"]}, reason="本县规定", actor=director
        )
        rule = LineRule(
            code="", kind="other", name="海域纠纷", to="12345", transfer="warm",
            words=("海域使用",), without=(), sentence="海域使用由自然资源部门办理。",
        )  # fmt: skip
        matters_actions.set_line_rule(
            county_code=cast.COUNTY, rule=rule, reason="本县规定", actor=director
        )
        matters_actions.set_assignment_weight(
            account_id=_account(scene, "nonholder"), percent=80, reason="新任", actor=director
        )
        providers_actions.set_volunteer_rules(
            region_code=cast.COUNTY, source="县志愿服务办法", actor=director
        )


def _people(scene: Scene) -> None:
    """A device, and a door broken open in an emergency."""
    security, director = scene.actors["security"], scene.actors["director"]
    with acting(security):
        people_actions.register_device(
            name="窗口一号机", org=UUID(scene.actors["officer"].org), actor=security
        )
    with acting(director):
        people_actions.break_glass(reason="群众有急难，须立即查明去向", actor=director)
    with acting(scene.actors["holder"]) as holder:
        person = providers_queries.practitioner_of_account(_account(scene, "holder"))
        assert person is not None
        providers_actions.declare_relation(
            practitioner_id=person.id, name="赵老板", relation="brother", actor=holder
        )


def _account(scene: Scene, role: str) -> UUID:
    found = scene.actors[role].account_id
    assert found is not None
    return found


_WEEK = (_busy, _drafted, _returned, _done_again, _quality, _duty, _registers, _people)


def kept() -> dict[str, str]:
    """This will keep a sign with a photo, a public place and a code of our own."""
    with acting(HOUSE):
        board = plans_queries.board(HOUSE, plans_queries.ProjectFilter(county=cast.COUNTY))
        harbour = next(row for row in board.rows if row.region_code == cast.SHIPU)
        sign = upkeep_pages.kept_in(cast.COUNTY, facility="sign")[0]
        code = upkeep_pages.codes_in(cast.COUNTY)[0]
        drawn = io.BytesIO()
        Image.new("RGB", (8, 8), "green").save(drawn, "PNG")
        kept = files_actions.keep_file(
            name="门口.png", content=drawn.getvalue(), claim="photo", actor=HOUSE
        )
        photo = places_actions.add_photo(
            facility="sign", facility_id=sign.id, file_id=kept.id, taken_on=MORNING.date(),
            direction="s", actor=HOUSE,
        )  # fmt: skip
        site = upkeep_pages.sites_in(cast.COUNTY)[-1]
        places_actions.count_scan(slug=code.slug, actor=HOUSE)
        places_actions.check_sign(sign_id=sign.id, on=MORNING.date(), result="fine", actor=HOUSE)
        places_actions.confirm_facts(facility="sign", facility_id=sign.id, actor=HOUSE)
    return {
        "project": str(harbour.id), "sign": str(sign.id), "photo": str(photo),
        "code": str(code.id), "slug": code.slug, "site": str(site.id),
    }  # fmt: skip
