"""A county's own table of lines: versions, what it may change, and what it may not."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions, hotlines, lines
from yike.rooms.matters.tests import makers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
FISHING = lines.LineRule(
    code="", kind="other", name="渔船渔港", to="12345", transfer="warm",
    words=("渔船检验", "渔港泊位"), without=("赔偿",), sentence="渔政的事，由 12345 转渔业局。",
)  # fmt: skip


def set_rule(actor: Actor, rule: lines.LineRule, **told: Any) -> int:
    told = {"county_code": makers.COUNTY, "reason": "县里约定"} | told
    with acting(actor):
        return actions.set_line_rule(rule=rule, actor=actor, **told)


def now(actor: Actor) -> hotlines.Lines:
    with acting(actor):
        return hotlines.in_force(makers.JINPING)


def shipped(code: str) -> lines.LineRule:
    return next(one for one in lines.rules() if one.code == code)


def test_a_county_adds_changes_and_drops_a_rule(county: makers.County) -> None:
    assert now(county.agent).version == 0
    assert now(county.agent).rules == lines.rules()
    assert set_rule(county.dispatcher, FISHING) == 1
    table = now(county.agent)
    said = "渔船检验过期了找谁"
    assert lines.decide(said, line="12348", table=table.rules).to == "12345"
    assert lines.decide(said, line="12348").kind == "unclear"
    made = table.rules[-1]
    assert (made.name, made.code) == ("渔船渔港", "C1")
    wider = dataclasses.replace(made, words=(*made.words, "休渔"), kind="legal")
    assert set_rule(county.director, wider, seen=1) == 2
    changed = now(county.agent).rule("C1")
    assert changed is not None
    assert (changed.words[-1], changed.kind) == ("休渔", "other")  # its kind is what it was
    with acting(county.dispatcher) as actor:
        told: dict[str, Any] = {
            "county_code": makers.COUNTY, "reason": "并入其他", "actor": actor,
        }  # fmt: skip
        assert actions.drop_line_rule(code="C1", **told) == 3
        with pytest.raises(NotFound):
            actions.drop_line_rule(code="C1", **told)
    assert now(county.agent).rules == lines.rules()
    with acting(county.agent):
        assert [one.version for one in hotlines.versions(makers.COUNTY)] == [3, 2, 1, 0]


def test_a_new_rule_stands_last_of_its_kind(county: makers.County) -> None:
    rule = dataclasses.replace(FISHING, kind="emergency", to="110", words=("海上呼救",))
    set_rule(county.dispatcher, rule)
    kinds = [one.kind for one in now(county.agent).rules]
    assert kinds == sorted(kinds, key=list(lines.KINDS).index)
    assert now(county.agent).rules[kinds.count("emergency") - 1].name == "渔船渔港"


def test_another_county_has_its_own(county: makers.County) -> None:
    set_rule(county.dispatcher, FISHING)
    with acting(county.qian):
        assert hotlines.in_force(makers.NINGHAI).version == 0
    with pytest.raises(NotAllowed):
        set_rule(county.qian, FISHING)


@pytest.mark.parametrize(
    ("code", "wrong", "field"),
    [
        ("E120", {"to": "12345"}, "to"),
        ("E120", {"words": ("昏迷",)}, "words"),
        ("E110", {"without": ("家里",)}, "without"),
        ("LAW", {"to": "999"}, "to"),
        ("LAW", {"transfer": "shout"}, "transfer"),
        ("LAW", {"words": ()}, "words"),
        ("LAW", {"name": ""}, "name"),
        ("LAW", {}, "reason"),
    ],
)
def test_what_may_not_be_set_is_named(
    county: makers.County, code: str, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        set_rule(county.director, dataclasses.replace(shipped(code), **wrong))
    assert refused.value.field == field
    assert now(county.director).version == 0


def test_an_emergency_learns_words_but_never_goes(county: makers.County) -> None:
    known = shipped("E120")
    more = dataclasses.replace(known, words=(*known.words, "被蛇咬了"))
    set_rule(county.dispatcher, more)
    assert lines.decide("我被蛇咬了", line="", table=now(county.agent).rules).to == "120"
    with acting(county.dispatcher) as actor, pytest.raises(BadInput, match="不能去掉"):
        actions.drop_line_rule(county_code=makers.COUNTY, code="E120", reason="不用了", actor=actor)


def test_two_at_once_the_second_hears_of_the_first(county: makers.County) -> None:
    set_rule(county.dispatcher, FISHING, seen=0)
    with pytest.raises(Clash, match="第 1 版"):
        set_rule(county.director, dataclasses.replace(FISHING, name="另一条"), seen=0)


def test_not_everybody_sets_it(county: makers.County) -> None:
    for who in (county.agent, county.wang, county.lawyer):
        with pytest.raises(NotAllowed):
            set_rule(who, FISHING)
