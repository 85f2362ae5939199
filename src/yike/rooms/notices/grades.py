"""Telling whom the grading of a station concerns: the office when it is its turn or something was
decided, the county when something was handed in or appealed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from yike.rooms.core.actor import Actor
from yike.rooms.notices import actions
from yike.rooms.notices.faces import Recipient
from yike.rooms.people import queries as people_queries
from yike.rooms.people import roles

#: event → what the office is told
_OFFICE = {
    "GradeAwarded": "评定为“{grade}”",
    "GradeRefused": "不予评定，得 {points} 分；不服可以在期限内申诉",
    "GradeLowered": "由“{before}”降为“{grade}”；不服可以在期限内申诉",
    "AppealDecided": "申诉有了结果：{outcome}",
}
#: deed of an assessment → what is said, to whom
_MOVED = {
    "submit": ("自评已提交，请复核", "county"),
    "send_back": ("县里退回补正，请补充后再提交", "office"),
}


@transaction.atomic
def tell_of_grade(*, kind: str, event: dict[str, Any], at: str, actor: Actor) -> None:
    """This will tell the office, or the county's dispatchers and directors, once for each time.

    `at`: when it happened, the same however often the job is tried.
    """
    said, to = _OFFICE.get(kind, ""), "office"
    if kind == "AssessmentMoved":
        said, to = _MOVED.get(event["verb"], ("", ""))
    elif kind == "AppealFiled":
        said, to = "提出申诉，请由没有经手的人决定", "county"
    if not said or not event.get("institution_id"):
        return
    ref = event.get("assessment_id") or event["station_id"]
    for one in _recipients(to, event):
        actions.tell(
            to=one,
            template="places.grade",
            facts={"station": event["name"], "what": said.format(**event)},
            about="station",
            subject=event["station_id"],
            region_code=event["region_code"],
            actor=actor,
            once=f"grade/{ref}/{kind}/{at}/{one.account or one.org}",
        )


def _recipients(to: str, event: dict[str, Any]) -> list[Recipient]:
    if to == "office":
        return [Recipient(org=UUID(event["institution_id"]))]
    region = event["region_code"]
    found = {
        one
        for role in (roles.DISPATCHER, roles.DIRECTOR)
        for one in people_queries.answering_for(role, region_code=region, level=0)
    }
    return [Recipient(account=one) for one in sorted(found)]
