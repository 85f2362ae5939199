"""The scene the stories play in: the demonstration county as its year begins, without the year."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db import connection
from procrastinate.contrib.django import app

from yike.demo import cast, furnish, stage
from yike.rooms.clocks import actions as clocks_actions
from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.clocks.faces import ClockFace
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor, system
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.models import Escalation, Matter
from yike.rooms.people import actions as people_actions
from yike.rooms.people import queries as people_queries
from yike.rooms.people import roles
from yike.rooms.providers import actions as providers_actions
from yike.rooms.providers import queries as providers_queries
from yike.rooms.quality import actions as quality_actions

HOUSE = system("story")
#: Every player of the demonstration signs in with this.
PASSWORD = cast.PASSWORD


def set_up() -> None:
    """This will set the stage by real actions: offices, people, stations, routes."""
    with acting(HOUSE):
        furnish.everything(actor=HOUSE)


def newcomer(username: str) -> None:
    """This will open the account of a window clerk for a story that changes its account for good.

    The cast is shared by all stories, in whatever order they run.
    """
    with acting(HOUSE):
        centre = providers_queries.county_pool(cast.COUNTY)
        assert centre is not None
        account = people_actions.create_account(
            username=username, display_name="新来的", password=PASSWORD, must_change=False,
            actor=HOUSE,
        )  # fmt: skip
        people_actions.give_grant(
            account_id=account, role=roles.CLERK, org=centre.id, region_code=cast.COUNTY,
            reason="新到窗口", actor=HOUSE,
        )  # fmt: skip


@dataclass(frozen=True)
class Village:
    """A village that has a point of its own, and who sits there."""

    code: str
    office: UUID
    name: str
    username: str


def village_point(code: str, name: str, username: str, person: str, *, parent: str) -> Village:
    """This will open a point that takes orders in a village, with one officer and its line.

    `parent`: key of the town's office in the cast. A village of its own for each story; the point
    stands since the play began, so that an order may have come to it long ago.
    """
    began = datetime.combine(furnish.OPENED, time(9), tzinfo=clock.CIVIL)
    with clock.at(began), acting(HOUSE):
        above = providers_queries.institution_by_code(stage.code(parent))
        assert above is not None
        office = providers_actions.register_institution(
            code=f"STORY-{username}", name=name, kind="station", region_code=code,
            parent_id=above.id, phone="0574-65700000", handles_orders=True,
            active_from=furnish.OPENED, demo=True, actor=HOUSE,
        )  # fmt: skip
        account = people_actions.create_account(
            username=username, display_name=person, password=PASSWORD, must_change=False,
            actor=HOUSE,
        )  # fmt: skip
        people_actions.give_grant(
            account_id=account, role=roles.OFFICER, org=office, region_code=code,
            reason="村公共法律服务点", actor=HOUSE,
        )  # fmt: skip
        matters_actions.set_route(
            region_code=code, org=office, demo=True, note="村里先办", actor=HOUSE
        )
    return Village(code, office, name, username)


def actor(username: str) -> Actor:
    """This will return one of those who sign in, as the desk knows them."""
    with acting(HOUSE):
        found = people_queries.accounts(actor=HOUSE, typed=username).rows
        account = next(one.id for one in found if one.username == username)
        who = people_queries.actor_of(account, door="desk")
    assert who is not None
    return who


def time_passes(reference: str, until: datetime) -> None:
    """This will let a moment come for one order: what the house's jobs do of themselves then.

    Promises near, warn and break; the rules tell whom they name; the ladder climbs and tells.
    """
    with clock.at(until), acting(HOUSE):
        matter = Matter.objects.get(reference=reference)
        clocks_actions.tick(now=until, subject_id=matter.id, actor=HOUSE)
        for face in clocks_queries.faces_of("matter", matter.id):
            told = {"matter_id": matter.id, "clock_id": face.id, "actor": HOUSE}
            for kind in ("ClockNeared", "ClockWarned", "ClockBroken"):
                if _has_come(face, kind):
                    matters_actions.warn_of(kind=kind, **told)
            if face.broken_at is not None:
                matters_actions.mark_late(**told)
                matters_actions.climb(**told)
                quality_actions.hear_breach(
                    matter_id=matter.id, promise_name=face.promise_name, actor=HOUSE
                )
        for row in Escalation.objects.filter(matter=matter, told_at=None).order_by("rung"):
            matters_actions.tell_rung(escalation_id=row.id, actor=HOUSE)


def _has_come(face: ClockFace, kind: str) -> bool:
    at = {
        "ClockNeared": face.neared_at,
        "ClockWarned": face.warned_at,
        "ClockBroken": face.broken_at,
    }
    return at[kind] is not None


def holder_of(reference: str) -> Actor:
    """This will return somebody of the office that holds a matter now, who may work on it."""
    with acting(HOUSE):
        page = matters_queries.matter_page(HOUSE, reference)
        assert page.holder_org is not None
        there = people_queries.colleagues(page.holder_org, actor=HOUSE)
    able = next(one for one in there if roles.TAKES_ORDERS.intersection(one.roles))
    found = people_queries.actor_of(able.id, door="desk")
    assert found is not None
    return found


def sign_and_answer(reference: str) -> None:
    """This will let the office that holds a matter sign for it and answer it."""
    officer = _signed(reference)
    with acting(officer):
        matters_actions.close(
            reference=reference, result="answered", actor=officer,
            reply="已联系包工头，约定本周五在司法所当面结清。请带上记工本和身份证。",
        )  # fmt: skip


def ask_papers(reference: str) -> None:
    """This will let the office that holds a matter ask for papers, once."""
    officer = _signed(reference)
    with acting(officer):
        matters_actions.ask_papers(
            reference=reference, papers=["工资条或转账记录", "记工本照片"],
            words="拍照就行，不用跑一趟。", actor=officer,
        )  # fmt: skip


def _signed(reference: str) -> Actor:
    officer = holder_of(reference)
    with acting(officer):
        matters_actions.sign(reference=reference, actor=officer)
    return officer


def work(*names: str) -> int:
    """This will do the waiting jobs of these names, as the worker does a moment later.

    Returns how many were done. Stories have no worker: they say when its moment has come.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, task_name, args from procrastinate_jobs"
            " where status = 'todo' and task_name = any(%s) order by id",
            [list(names)],
        )
        waiting = cursor.fetchall()
        for _, name, told in waiting:
            app.tasks[name](**(json.loads(told) if isinstance(told, str) else told))
        done = [row[0] for row in waiting]
        cursor.execute(
            "update procrastinate_jobs set status = 'succeeded' where id = any(%s)", [done]
        )
    return len(waiting)
