"""The table of the life: state × verb × standing, and the pure corners beside it."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest
import yaml

from yike.rooms.core.refusal import NotAllowed
from yike.rooms.matters import actions, flow, routing, sensitive

HERE = Path(__file__).parent
#: verb: states in which it is allowed → who may. Written out again, by hand, from the norms (§6.3).
LIFE: dict[str, tuple[str, str]] = {
    "sign": ("20 21", "office"),
    "give_back": ("21", "office"),
    "transfer": ("20 21 30", "office dispatcher"),
    "assign": ("21 30", "office"),
    "invite": ("30", "office dispatcher"),
    "ask_papers": ("30", "office"),
    "bring_papers": ("33", "party office front"),
    "stop_waiting": ("33", "office"),
    "send_message": ("20 21 30 33 50", "party office peer front"),
    "add_note": ("20 21 30 33 50 60 70 11", "office dispatcher director front joint"),
    "add_point": ("20 21 30", "office front"),
    "answer_point": ("30", "office"),
    "recategorise": ("20 21 30", "office dispatcher"),
    "set_urgency": ("20 21 30 33", "office dispatcher director front"),
    "set_level": ("20 21 30 33", "office dispatcher director"),
    "close": ("30", "office"),
    "decline": ("20 21 30", "office dispatcher"),
    "withdraw": ("20 21 30 33", "party peer front"),
    "say_helped": ("50", "party"),
    "say_not_helped": ("50", "party"),
    "give_up": ("50", "party"),
    "settle": ("50", "system"),
    "continue_as": ("20 21 30 33 50 60 70 11", "office front dispatcher"),
}
EVERY = list(itertools.product(flow.STATES, LIFE, flow.STANDINGS))


@pytest.mark.parametrize(("state", "verb", "standing"), EVERY)
def test_every_state_verb_and_standing(state: str, verb: str, standing: flow.Standing) -> None:
    states, who = LIFE[verb]
    expected = state in states.split() and standing in who.split()
    rows = flow.allowed(state, frozenset({standing}))
    assert (verb in {row.verb for row in rows}) == expected
    if expected:
        assert flow.refuse(verb, state, frozenset({standing})).verb == verb
    else:
        with pytest.raises(NotAllowed) as no:
            flow.refuse(verb, state, frozenset({standing}))
        assert no.value.way_on


def test_every_row_is_in_the_life_and_every_verb_is_an_action() -> None:
    assert {row.verb for row in flow.ROWS} == set(LIFE)
    missing = {row.verb for row in flow.ROWS if not row.outcome and row.verb != "settle"} - set(
        actions.__all__
    )
    assert missing == set()


def test_every_need_is_a_field_and_an_argument() -> None:
    for row in flow.ROWS:
        for need in row.needs:
            name = need.rstrip("?")
            assert name in flow.FIELDS
            if not row.outcome:
                assert name in getattr(actions, row.verb).__annotations__, (row.verb, name)


def test_from_every_open_state_an_end_can_be_reached() -> None:
    for state in flow.OPEN:
        seen, queue = {state}, [state]
        while queue:
            here = queue.pop()
            nexts = {row.to for row in flow.ROWS if here in row.states and row.to} - seen
            seen |= nexts
            queue.extend(nexts)
        assert seen & flow.ENDED, state


def test_nothing_moves_an_ended_matter() -> None:
    for row in flow.ROWS:
        assert not (row.to and set(row.states) & flow.ENDED), row.verb


def test_clocks_run_exactly_while_the_office_must_act() -> None:
    for row in flow.ROWS:
        if row.to == flow.PAPERS:
            assert row.clock == "pause"
        if flow.PAPERS in row.states and row.to == flow.WORK:
            assert row.clock == "resume"
        if row.to in {flow.ANSWERED, flow.WITHDRAWN, flow.DECLINED}:
            assert row.clock == "stop_all"


@pytest.mark.parametrize("fact", ["asked", "bounced", "unanswered"])
def test_what_was_done_forbids_doing_it_again(fact: str) -> None:
    verb = {"asked": "ask_papers", "bounced": "give_back", "unanswered": "close"}[fact]
    state = flow.row_of(verb).states[0]
    office: frozenset[flow.Standing] = frozenset({"office"})
    assert verb in {row.verb for row in flow.allowed(state, office)}
    assert verb not in {row.verb for row in flow.allowed(state, office, frozenset({fact}))}


def _cases(name: str) -> list[Any]:
    return list(yaml.safe_load((HERE / name).read_text(encoding="utf-8")))


@pytest.mark.parametrize("case", _cases("routing.yaml"), ids=lambda case: case["说"])
def test_routing_cases(case: dict[str, Any]) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    lines = [
        routing.Line(
            region_code=str(region), category=kind, item_code=item,
            org=uuid5(NAMESPACE_URL, org), set_at=start + timedelta(days=day),
        )
        for day, (region, kind, item, org) in enumerate(case["规则"])
    ]  # fmt: skip
    region, kind, item = (str(part) for part in case["问"])
    can_take = {uuid5(NAMESPACE_URL, org) for org in case["能接"]}
    for order in (lines, lines[::-1]):
        choice = routing.choose(
            order, region_code=region, category=kind, item_code=item, can_take=can_take
        )
        assert choice.org == (uuid5(NAMESPACE_URL, case["答"]) if case["答"] else None)
        passed = {uuid5(NAMESPACE_URL, org) for org in case.get("越过", [])}
        assert set(choice.passed_over) == passed
        names = {uuid5(NAMESPACE_URL, org): org for line in case["规则"] for org in [line[3]]}
        said = routing.sentence(
            choice, holder=case["答"] or "县中心", names=names, region="金屏社区", kind="劳动"
        )
        assert all(org in said for org in case.get("越过", []))


@pytest.mark.parametrize(("words", "kind"), _cases("sensitive.yaml"))
def test_sensitive_cases(words: str, kind: str) -> None:
    care = sensitive.notice(words)
    assert (kind in care.kinds) if kind else care.kinds == ()
    assert care.ask_safe_contact is bool(kind)
