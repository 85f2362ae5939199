"""Makes the scene: a furnished county with one matter in every interesting state.

Everything is made by real actions, through the actions that doors use.
"""

from __future__ import annotations

import json
from datetime import time, timedelta
from typing import Any
from uuid import UUID

import pyotp
from django.db import connection
from django.test import Client
from procrastinate.contrib.django import app

from checks import furnishing_featured as featuring
from checks import furnishing_grades as grading
from checks import furnishing_lastmile as lastmile
from checks import furnishing_layers as layers
from checks import furnishing_life as life
from checks import furnishing_linkage as linkage
from checks import furnishing_observation as observing
from checks import furnishing_reach as circle
from checks.scene import (
    AT_HOME,
    AT_SEA,
    DASHA,
    HOUSE,
    JINPING,
    MORNING,
    NOON,
    ROLES,
    STAFF,
    VISITOR,
    Scene,
    do,
    opened,
)
from yike.demo import cast, duties, furnish, stage
from yike.house import firststart
from yike.rooms.booking import actions as booking_actions
from yike.rooms.booking import queries as booking_queries
from yike.rooms.booking.faces import Told
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.duty import actions as duty_actions
from yike.rooms.duty import queries as duty_queries
from yike.rooms.duty.faces import PostRow
from yike.rooms.files import actions as files_actions
from yike.rooms.guard import limits
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters import queries as matters_queries
from yike.rooms.notices import actions as notices_actions
from yike.rooms.notices import posting
from yike.rooms.notices import queries as notices_queries
from yike.rooms.notices.mail import Outcome
from yike.rooms.people import actions as people_actions
from yike.rooms.people import queries as people_queries
from yike.rooms.plans import queries as plans_queries
from yike.rooms.providers import queries as providers_queries
from yike.rooms.providers.queries import RecordFilter
from yike.rooms.quality import actions as quality_actions
from yike.rooms.quality import queries as quality_queries
from yike.rooms.quality.actions import Grievance


def build(database: str) -> Scene:
    """This will furnish the connected database and return what is in it."""
    firststart.load_reference()
    with acting(HOUSE):
        furnish.everything(actor=HOUSE)
    scene = Scene(database)
    with clock.at(MORNING):
        _seat(scene)
        _peer(scene)
        _matters(scene)
        _things(scene)
        layers.counted(scene)
        layers.corrected(scene)
        linkage.link(scene)
        _duty(scene)
        lastmile.go_round(scene)
        _booking(scene)
        life.live(scene)
        circle.measure(scene)
        featuring.show(scene)
        observing.ask(scene)
        _work_off()
        _find_ids(scene)
    with clock.at(NOON - timedelta(minutes=5)):
        _come_in(scene)
    limits.close_all()
    return scene


def _seat(scene: Scene) -> None:
    with acting(HOUSE):
        accounts = stage.accounts(HOUSE)
        for role, username in STAFF.items():
            found = people_queries.actor_of(accounts[username], door="desk")
            assert found is not None, f"{username} has no account"
            scene.actors[role] = found
        second = people_queries.actor_of(accounts["lvshi2"], door="desk")
        assert second is not None
        scene.actors["colleague"] = second
    scene.ids["account"] = str(accounts["shipu2"])


def _peer(scene: Scene) -> None:
    with acting(HOUSE):
        made = people_actions.make_api_key(
            name="另一平台", region_code=cast.COUNTY, per_minute=6000, actor=HOUSE,
            scopes=("matters:open", "matters:follow", "bookings:make"),
        )  # fmt: skip
        scene.key, scene.ids["key"] = made.key, str(made.id)
        peer = people_queries.peer_of(made.key)
        assert peer is not None
        scene.actors["peer"] = peer
        link = notices_actions.make_link(
            name="另一平台回告", url="https://8.8.8.8/hook", region_code=cast.COUNTY,
            key_id=made.id, actor=HOUSE,
        )  # fmt: skip
        scene.ids["link"] = str(link.id)
        _delivered(scene, made.id)


def _delivered(scene: Scene, key_id: UUID) -> None:
    """One that was taken over, without a call."""
    notices_actions.report(
        key_id=key_id, event="matter.progress", title="办理中", reference="R", data={},
        once="scene", actor=HOUSE,
    )  # fmt: skip
    (delivery,) = notices_queries.due_deliveries(clock.now())
    notices_actions.take_delivery(delivery_id=delivery, now=clock.now(), actor=HOUSE)
    fate = posting.Fate(outcome=Outcome(state="sent", receipt="200"))
    notices_actions.settle_delivery(delivery_id=delivery, fate=fate, now=clock.now(), actor=HOUSE)
    scene.ids["delivery"] = str(delivery)


def _matters(scene: Scene) -> None:
    officer, stranger = scene.actors["officer"], scene.actors["stranger"]
    opened(scene, "waiting")
    for case in ("working", "papers", "answered", "closed", "moved"):
        do("sign", opened(scene, case), officer)
    reference = scene.references
    papers = {"papers": ("劳动合同",), "words": "请补一份复印件"}
    do("ask_papers", reference["papers"], officer, **papers)
    for case in ("answered", "closed"):
        do("close", reference[case], officer, result="answered", reply="可以向劳动监察投诉。")
    _rate(scene, "closed")
    opened(scene, "withdrawn")
    do("withdraw", reference["withdrawn"], scene.citizen("withdrawn"), reason="已协商好")
    do("decline", opened(scene, "declined"), officer, reason="已由人民法院受理")
    opened(scene, "private", text=AT_HOME, category="")
    do("sign", opened(scene, "elsewhere", region_code=DASHA), stranger)
    opened(scene, "fishery", text=AT_SEA, category="E04")
    _held_by_one(scene)
    _quality(scene)
    opened(scene, "peers", scene.actors["peer"], channel="13", peer_ref="GD-0001")
    opened(scene, "again", phone=scene.phones["private"])
    to_org = stranger.org_id
    do("transfer", reference["moved"], officer, to_org=to_org, reason="当事人住在鹤浦")


def _rate(scene: Scene, case: str) -> None:
    """The citizen rates: good, and the matter is closed; who asked for it is not named."""
    citizen = scene.citizen(case)
    with acting(citizen):
        made = quality_actions.rate(level=4, words="讲得清楚", anonymous=True, actor=citizen)
    scene.ids["rating"] = str(made)


def _quality(scene: Scene) -> None:
    """What looks after quality: an order to 石浦司法所, a complaint about nobody in particular."""
    director = scene.actors["director"]
    with acting(director):
        made = quality_actions.supervise(
            to_org=UUID(scene.actors["officer"].org), title="补登台账", words="补登十月台账",
            actor=director,
        )  # fmt: skip
    scene.ids["rectification"] = str(made)
    told = Grievance(
        kind="08", words="服务站没有坡道，轮椅进不去。", name="李来投诉", phone="13857409999",
        region_code=JINPING,
    )  # fmt: skip
    with acting(VISITOR):
        receipt = quality_actions.make_complaint(grievance=told, key="scene", actor=VISITOR)
    scene.ids["complaint"] = str(receipt.complaint_id)
    with acting(HOUSE):
        quality_actions.make_daily_checks(now=MORNING, actor=HOUSE)
        row = next(
            one for one in quality_queries.daily_checks(HOUSE) if one.org_name == "石浦司法所"
        )
        scene.ids["check"] = str(row.id)


def _held_by_one(scene: Scene) -> None:
    """Two matters of two practitioners: the mediator's, and one of the law firm's second lawyer."""
    holder, colleague = scene.actors["holder"], scene.actors["colleague"]
    do("sign", scene.references["fishery"], holder)
    dispatcher = scene.actors["dispatcher"]
    with clock.at(MORNING + timedelta(minutes=10)):
        reference = opened(scene, "colleagues", region_code=DASHA)
        do("transfer", reference, dispatcher, to_org=colleague.org_id, reason="请律师办理")
        do("sign", reference, colleague)
        account = colleague.account_id
        do("assign", reference, colleague, account_id=account, reason="由我办理")


def _things(scene: Scene) -> None:
    """What addresses ask for beside matters: a paper, a route, a station, a grant, a calendar."""
    citizen = scene.citizen("working")
    with acting(citizen):
        kept = files_actions.keep_file(
            name="合同.txt", content="劳动合同一份".encode(), claim=citizen.claim_ref, actor=citizen
        )
        matters_actions.send_message(
            reference=citizen.claim_ref, words="这是合同", file_ids=[kept.id], actor=citizen
        )
    scene.ids["file"] = str(kept.id)
    with acting(HOUSE):
        scene.ids["route"] = str(matters_queries.routes(HOUSE, cast.COUNTY)[0].id)
        account = people_queries.account_page(UUID(scene.ids["account"]), actor=HOUSE)
        scene.ids["grant"] = str(account.grants[0].id)
    from yike.rooms.places import queries as places_queries

    station = places_queries.station_by_code(stage.code("st-shipu"))
    assert station is not None
    scene.ids["station"] = str(station.id)
    grading.graded(scene)
    _serving(scene)


def _serving(scene: Scene) -> None:
    """One of each kind of entry in the register of those who serve."""
    from yike.rooms.places import spaces as places_spaces
    from yike.rooms.providers import queries as providers_queries
    from yike.rooms.regions import codes

    span = codes.span(cast.COUNTY)
    with acting(HOUSE):
        contract = next(
            row for row in providers_queries.contracts_in(span)
            if row.state == "running" and JINPING in dict(row.villages)
        )  # fmt: skip
        found = {
            **_volunteers(span),
            "person": contract.practitioner_id,
            "house": contract.institution_id,
            "contract": contract.id,
            "team": providers_queries.teams_in(span)[0].id,
            "stationing": providers_queries.stationings_in(span)[0].id,
            "joining": providers_queries.joinings_in(span, state="active")[0].id,
            "space": places_spaces.spaces_in(cast.COUNTY)[0].id,
            "update": next(
                row.id for row in providers_queries.updates_in(span) if row.signed_at is None
            ),
        }  # fmt: skip
    scene.ids |= {name: str(ref) for name, ref in found.items()}
    with acting(HOUSE):
        plan = plans_queries.forces(HOUSE, county=cast.COUNTY)[0]
        tasks = plans_queries.force_page(HOUSE, plan.id).tasks
    scene.ids["plan"], scene.ids["task"] = str(plan.id), str(tasks[4].id)
    scene.ids |= life.kept()


def _duty(scene: Scene) -> None:
    """A week's roster in which the law firm's lawyer stands, a draft, a leave and a calendar."""
    lawyer = scene.actors["nonholder"]
    day = MORNING.date()
    with acting(HOUSE):
        duties.set_up(actor=HOUSE)
        assert lawyer.account_id is not None
        person = providers_queries.practitioner_of_account(lawyer.account_id)
        post = duty_queries.post_by_code(stage.code("duty-law"))
        assert person is not None
        assert post is not None
        span: dict[str, Any] = {
            "county": cast.COUNTY,
            "from_on": day,
            "until_on": day + timedelta(days=7),
        }
        roster = duty_actions.begin_roster(**span, actor=HOUSE)
        draft = {**span, "from_on": span["until_on"], "until_on": day + timedelta(days=14)}
        scene.ids["draft"] = str(duty_actions.begin_roster(**draft, actor=HOUSE))
        rows = duty_queries.roster_page(roster, week=day).rows
        cells = next(row.cells for row in rows if row.post_id == post.id)
        for cell in cells[:3]:
            shift = cell.shifts[0].id
            duty_actions.place_shift(shift_id=shift, practitioner_id=person.id, actor=HOUSE)
        duty_actions.publish_roster(roster_id=roster, actor=HOUSE)
        scene.ids |= {"post": str(post.id), "roster": str(roster)}
        scene.ids["shift"] = str(cells[1].shifts[0].id)
        scene.ids["stood"] = str(cells[0].shifts[0].id)
    _checked_in(scene, lawyer, post)
    with acting(lawyer):
        asked: dict[str, Any] = {
            "from_on": day + timedelta(days=20),
            "last_on": day + timedelta(days=21),
        }
        scene.ids["leave"] = str(duty_actions.ask_leave(**asked, actor=lawyer))
        scene.ids["token"] = duty_actions.make_feed(actor=lawyer)


def _booking(scene: Scene) -> None:
    """石浦司法所 gives out times on Tuesday; one citizen has one."""
    officer = scene.actors["officer"]
    place = UUID(scene.ids["station"])
    with acting(officer):
        pattern = booking_actions.set_pattern(
            kind="consult", org=UUID(officer.org), place_id=place, weekdays=(1,),
            from_time=time(9), until_time=time(11), minutes=30, capacity=2, actor=officer,
        )  # fmt: skip
        slots = booking_queries.free_slots("consult", cast.COUNTY, place=place)
        told = Told(name="吴约见", phone="13857408888")
        made = booking_actions.book(slot_id=slots[0].id, told=told, actor=officer)
    scene.ids |= {
        "booked": made.reference,
        "pattern": str(pattern),
        "spot": str(place),
        "slot": str(slots[1].id),
    }


def _checked_in(scene: Scene, lawyer: Actor, post: PostRow) -> None:
    """The lawyer came by a position that somebody must confirm, and asks that going counts."""
    stood = UUID(scene.ids["stood"])
    with acting(HOUSE):
        duty_actions.revise_post(post_id=post.id, point=(121.87, 29.48), actor=HOUSE)
        duty_actions.renew_code(post_id=post.id, actor=HOUSE)
    with clock.at(MORNING - timedelta(minutes=35)), acting(lawyer):
        told = duty_actions.Told(lon=121.87, lat=29.48, accuracy_m=900, ask=True)
        found = duty_actions.check_in(shift_id=stood, direction="in", told=told, actor=lawyer)
    with clock.at(NOON - timedelta(minutes=5)), acting(lawyer):
        paper = files_actions.keep_file(
            name="说明.txt", content="在窗口值班".encode(), claim="makeup", actor=lawyer
        )
        asked = duty_actions.ask_make_up(
            shift_id=stood, left_at=NOON - timedelta(minutes=10), reason="手机没电",
            file_ids=[paper.id], actor=lawyer,
        )  # fmt: skip
    scene.ids |= {"checkin": str(found.face.id), "makeup": str(asked), "proof": str(paper.id)}


def _work_off() -> None:
    """What the deeds left for later is done: offices and citizens are told."""
    with connection.cursor() as cursor:
        cursor.execute("select task_name, args from procrastinate_jobs order by id")
        jobs = cursor.fetchall()
    for name, told in jobs:
        app.tasks[name](**(json.loads(told) if isinstance(told, str) else told))


def _volunteers(span: tuple[str, str]) -> dict[str, object]:
    """A volunteer who has a certificate, a team, a task that recruits, a record of a service."""
    rows = providers_queries.volunteers_in(span, name="郑海平")
    face = providers_queries.volunteer_face(rows[0].id)
    tasks = providers_queries.volunteer_tasks_in(span, state="open")
    return {
        "volunteer": rows[0].id,
        "certificate": face.certificates[0].code,
        "vteam": providers_queries.volunteer_teams_in(span)[0].id,
        "vtask": tasks[0].id,
        "service": providers_queries.records_in(RecordFilter(span=span))[0].id,
    }


def _find_ids(scene: Scene) -> None:
    with acting(HOUSE):
        for case, reference in scene.references.items():
            page = matters_queries.matter_page(HOUSE, reference)
            scene.matters[case] = page


def _come_in(scene: Scene) -> None:
    """Each signs in at the door, administrators with their second factor; one citizen proves."""
    for role in ROLES:
        scene.clients[role] = Client()
    for role, username in STAFF.items():
        client = scene.clients[role]
        sent = client.post("/sign-in", {"username": username, "password": cast.PASSWORD})
        assert sent.status_code == 302, f"{username} cannot sign in"
        if sent.headers["Location"] == "/profile/second-factor":
            _enrol(scene.actors[role], client)
    proof = {"reference": scene.references["working"], "phone": scene.phones["working"]}
    assert scene.clients["citizen"].post("/follow", proof).status_code == 302


def _enrol(actor: Actor, client: Client) -> None:
    with acting(actor):
        begun = people_actions.enrol_totp(actor=actor)
        code = pyotp.TOTP(begun.secret).at(clock.now())
        people_actions.confirm_totp(code=code, actor=actor)
    assert client.get("/profile").status_code == 200
