"""Letting a list leave the house (B15.4): with purpose and reason, watermarked, in the trail."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.page import Page
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.guard import clean, limits
from yike.rooms.matters import events, exporting
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.exporting import AT_ONCE, Ask, Export
from yike.rooms.matters.faces import Filters, WaitingRow
from yike.rooms.people import purposes, roles
from yike.rooms.trail import actions as trail_actions

#: Rows that one list may take out, and lists that one person may take out in a day.
ROWS_MOST, PER_DAY = 20_000, 20
_A_DAY = 86_400


@transaction.atomic
def export_matching(
    *, filters: Filters, title: str, purpose: str, reason: str, actor: Actor
) -> Export:
    """This will let the list behind a figure leave as CSV, as far as the actor may see it.

    Directors and dispatchers. Refuses with NotAllowed, BadInput (unknown purpose, no reason of four
    characters, nothing to export, over 20,000 rows) or TooMany (20 lists a day).
    """
    if actor.kind != "staff" or not actor.has(roles.DIRECTOR, roles.DISPATCHER):
        raise NotAllowed("您的角色不能导出诉求清单。", way_on="请联系局领导或县中心派单员。")

    def ask(after: str) -> Page[WaitingRow]:
        return matters_queries.matters_matching(actor, filters, after=after, limit=AT_ONCE)

    return _export(ask, title=title, purpose=purpose, reason=reason, actor=actor)


@transaction.atomic
def export_waiting(*, only: str, title: str, purpose: str, reason: str, actor: Actor) -> Export:
    """This will let what waits for one's office leave as CSV. Refuses like export_matching."""
    if actor.kind != "staff" or not actor.has(*roles.UNMASKS):
        raise NotAllowed("您的角色不能导出诉求清单。")

    def ask(after: str) -> Page[WaitingRow]:
        return matters_queries.matters_waiting_for(actor, after=after, only=only, limit=AT_ONCE)

    return _export(ask, title=title, purpose=purpose, reason=reason, actor=actor)


def _export(ask: Ask, *, title: str, purpose: str, reason: str, actor: Actor) -> Export:
    if purpose not in dict(purposes.EXPORTING):
        raise BadInput("请选择导出的用途。", field="purpose")
    why = clean.text(reason, field="reason", most=200, least=4).replace("\n", " ")
    total = ask("").total or 0
    if not 0 < total <= ROWS_MOST:
        sentence = "没有可以导出的诉求。" if not total else f"这个清单有 {total} 件，太多了。"
        raise BadInput(sentence, way_on=f"请换个条件，一次最多导出 {ROWS_MOST} 件。")
    limits.allow(what="export", who=actor.ref, per_seconds=_A_DAY, at_most=PER_DAY)
    named = purposes.name_of(purpose)
    trail_actions.record(
        events.MattersExported(
            title=title, purpose=named, reason=why, rows=total, region_code=actor.region_from
        ),
        actor=actor,
    )
    watermark = _watermark(actor, f"{named}：{why}")
    # what was claimed at the door is not needed any more; the stream may outlive the request
    reader = replace(actor, claim_ref="", claim_key="")
    lines = exporting.lines(ask, watermark=watermark, actor=reader)
    return Export(total=total, watermark=watermark, lines=lines)


def _watermark(actor: Actor, why: str) -> str:
    """Who, when, why, and the number of the request, which the trail holds as well."""
    moment = f"{clock.now():%Y-%m-%d %H:%M}"
    return f"{actor.label} {moment} {why}；请求号 {actor.request_id}；仅限本用途，不得外传"
