"""What a county sets about which call belongs to which line."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from django.db import connection, transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.guard import clean
from yike.rooms.matters import access, events, hotlines, lines
from yike.rooms.matters.lines import LineRule
from yike.rooms.matters.models import LineTable
from yike.rooms.people import roles
from yike.rooms.trail import actions as trail_actions

_WORDS_MOST = 200


@transaction.atomic
def set_line_rule(
    *, county_code: str, rule: LineRule, reason: str, seen: int | None = None, actor: Actor
) -> int:
    """This will make a new version of a county's table with one rule changed, or added.

    A rule without code is new: last of its kind. `seen`: the version that was looked at; a newer
    one is a Clash. Dispatchers and directors of the county. Refuses what lines.fault names, and no
    change at all (BadInput). Returns the version.
    """
    before = _opened(county_code, seen, actor)
    known = before.rule(rule.code)
    if rule.code and known is None:
        raise NotFound("没有这条规则", way_on="请刷新热线转接规则页面。")
    kept = dataclasses.replace(
        _clean(rule), code=rule.code or f"C{before.version + 1}",
        kind=known.kind if known else rule.kind,
    )  # fmt: skip
    return _set(before, lines.changed(before.rules, kept), reason, actor)


@transaction.atomic
def drop_line_rule(
    *, county_code: str, code: str, reason: str, seen: int | None = None, actor: Actor
) -> int:
    """This will make a new version of a county's table without one rule; never an emergency."""
    before = _opened(county_code, seen, actor)
    if before.rule(code) is None:
        raise NotFound("没有这条规则", way_on="请刷新热线转接规则页面。")
    return _set(before, lines.without(before.rules, code), reason, actor)


def _opened(county_code: str, seen: int | None, actor: Actor) -> hotlines.Lines:
    inside = bool(actor.region_from) and access.within(county_code, actor)
    if actor.kind != "system" and not (inside and actor.has(roles.DISPATCHER, roles.DIRECTOR)):
        raise NotAllowed(
            "只有本县的派单员和局领导可以修改热线转接规则", way_on="请把意见告诉派单员。"
        )
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"lines:{county_code}"]
        )
    before = hotlines.in_force(county_code)
    if seen is not None and seen != before.version:
        raise Clash(
            f"您打开页面之后，规则已更新为第 {before.version} 版。",
            way_on="请看一下新的规则，再决定是否继续。您写的内容还在。",
        )
    return before


def _set(before: hotlines.Lines, made: Sequence[LineRule], reason: str, actor: Actor) -> int:
    if tuple(made) == before.rules:
        raise BadInput("没有任何变化", way_on="请先改动，再保存。", field="reason")
    wrong = lines.fault(made)
    if wrong is not None:
        raise BadInput(wrong[0], way_on="请改好再保存。", field=wrong[1])
    why = clean.text(reason, field="reason", most=200, least=2)
    row = LineTable(
        id=new_id(), county_code=before.county_code, version=before.version + 1,
        rules=[one.plain() for one in made], reason=why, set_at=clock.now(),
        set_by=actor.account_id, set_label=actor.label[:80],
    )  # fmt: skip
    LineTable.objects.bulk_create([row])
    event = events.LinesSet(
        county_code=row.county_code, region_code=row.county_code, version=row.version, reason=why
    )
    trail_actions.record(event, actor=actor)
    return row.version


def _clean(rule: LineRule) -> LineRule:
    if rule.kind not in lines.KINDS:
        raise BadInput("请选择这是哪一类", field="kind")
    return dataclasses.replace(
        rule,
        name=clean.text(rule.name, field="name", most=40, least=2),
        sentence=clean.text(rule.sentence, field="sentence", most=200, least=2),
        words=_list(rule.words, "words"),
        without=_list(rule.without, "without"),
    )


def _list(said: Sequence[str], field: str) -> tuple[str, ...]:
    if len(said) > _WORDS_MOST:
        raise BadInput(f"最多写 {_WORDS_MOST} 个词", field=field)
    return tuple(dict.fromkeys(clean.text(one, field=field, most=20, least=1) for one in said))
