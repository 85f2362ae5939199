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
GOING = "10 20 21 22 23 30 33 34 40"
ALL = f"{GOING} 50 60 61 70 71 11"
STAFF = "office dispatcher director upper county supervisor front joint"
#: verb: states in which it is allowed → who may. Written out again, by hand, from the norms (§6.3).
LIFE: dict[str, tuple[str, str]] = {
    "accept": ("10", "office dispatcher"),
    "accept_pooled": ("10", "office dispatcher"),
    "dispatch": ("20 22", "office dispatcher"),
    "sign": ("20 21", "office"),
    "give_back": ("21", "office"),
    "refuse_return": ("22", "office dispatcher"),
    "decide_dispute": ("22", "county"),
    "transfer": ("21 30", "office dispatcher"),
    "offer_county": ("30", "office dispatcher"),
    "acknowledge": ("23", "receiver"),
    "refuse_county": ("23", "receiver"),
    "recall_county": ("23", "office dispatcher"),
    "assign": ("21 30", "office"),
    "reassign": ("21 30", "dispatcher director"),
    "take_over": ("20 21 22 30", "dispatcher director upper"),
    "invite": ("30", "office dispatcher"),
    "give_opinion": ("30", "joint"),
    "end_joint": ("30", "office"),
    "send_sub": ("30", "office"),
    "report_sub": ("30", "office"),
    "take_back": (GOING, "parent system"),
    "ask_papers": ("30", "office"),
    "bring_papers": ("33", "party office front peer"),
    "stop_waiting": ("33", "office"),
    "ask_extension": ("30", "office"),
    "decide_extension": ("30 40", "dispatcher director"),
    "suspend": ("30", "office dispatcher director"),
    "resume": ("34", "office dispatcher director"),
    "wake": ("34", "system"),
    "send_message": (f"{GOING} 50", "party office peer front"),
    "add_note": (ALL, STAFF),
    "add_point": ("10 20 21 30", "office front"),
    "set_points": ("10 20 21 30", "office front"),
    "record_call": (f"{GOING} 50", "office front"),
    "transfer_call": (ALL, "office front dispatcher"),
    "link": (ALL, "office front dispatcher director"),
    "recalculate": ("10 20 21 22 23 30 40", "dispatcher director"),
    "answer_point": ("30", "office"),
    "recategorise": ("10 20 21 30", "office dispatcher"),
    "set_urgency": ("10 20 21 30 33", "office dispatcher director front"),
    "set_level": ("10 20 21 30 33", "office dispatcher director"),
    "merge": ("10 20 21 30", "office dispatcher"),
    "split": ("20 21 30", "office dispatcher front"),
    "hurry": (GOING, "party front dispatcher director peer"),
    "supervise": (GOING, "director dispatcher supervisor"),
    "report": (GOING, "office"),
    "submit": ("30", "office"),
    "approve": ("40", "dispatcher director"),
    "return_draft": ("40", "dispatcher director"),
    "close": ("30", "office"),
    "decline": ("10 20 21 30", "office dispatcher"),
    "withdraw": (GOING, "party peer front"),
    "say_helped": ("50", "party"),
    "say_not_helped": ("50", "party"),
    "give_up": ("50", "party"),
    "settle": ("50", "system"),
    "call_back": (f"{GOING} 50 60", "front dispatcher director supervisor system"),
    "redo": ("50 60", "dispatcher director supervisor"),
    "archive": ("60", "dispatcher director system"),
    "continue_as": (ALL, "office front dispatcher"),
}
#: verbs that a job of the house does, without a deed of their own name
JOBS = {"settle", "wake"}


@pytest.mark.parametrize("verb", LIFE)
def test_every_state_and_standing_of_a_verb(verb: str) -> None:
    states, who = LIFE[verb]
    for state, standing in itertools.product(flow.STATES, flow.STANDINGS):
        expected = state in states.split() and standing in who.split()
        rows = flow.allowed(state, frozenset({standing}))
        assert (verb in {row.verb for row in rows}) == expected, (state, standing)
        if expected:
            assert flow.refuse(verb, state, frozenset({standing})).verb == verb
        else:
            with pytest.raises(NotAllowed) as no:
                flow.refuse(verb, state, frozenset({standing}))
            assert no.value.way_on


def test_every_row_is_in_the_life_and_every_verb_is_an_action() -> None:
    assert {row.verb for row in flow.ROWS} == set(LIFE)
    deeds = {row.verb for row in flow.ROWS if not row.outcome} - JOBS
    assert deeds - set(actions.__all__) == set()


def test_every_need_is_a_field_and_an_argument() -> None:
    for row in flow.ROWS:
        for need in row.needs:
            name = need.rstrip("?")
            assert name in flow.FIELDS
            if not row.outcome and row.verb not in JOBS:
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


def test_an_ended_matter_is_only_done_again_or_put_away() -> None:
    moved = {row.verb for row in flow.ROWS if row.to and set(row.states) & flow.ENDED}
    assert moved == {"redo", "archive"}


def test_clocks_run_exactly_while_the_office_must_act() -> None:
    to_sign = {flow.SIGN, flow.DISPATCH, flow.RETURNING}
    for row in flow.ROWS:
        if row.to in flow.STILL:
            assert row.clock == "pause"
        if flow.STILL & set(row.states) and row.to == flow.WORK:
            assert row.clock == "resume"
        if row.to in flow.ENDED | {flow.ANSWERED} and set(row.states) & flow.GOING:
            assert row.clock == "stop_all", row.verb
        if row.to in to_sign:
            assert row.clock == "start_sign", row.verb
        if row.to == flow.WORK and set(row.states) & {flow.DISPATCH, flow.SIGN}:
            assert row.clock == "stop_sign", row.verb


FORBIDS = {
    "asked": "ask_papers", "bounced": "give_back", "unanswered": "close", "needs_review": "close",
    "children": "close", "opinions": "close", "sub": "send_sub", "not_sub": "report_sub",
    "disputed": "dispatch", "undisputed": "decide_dispute", "extension_asked": "ask_extension",
    "nothing_asked": "decide_extension", "held_out": "suspend", "own_draft": "approve",
    "redone": "redo", "hurried": "hurry", "no_supervision": "report", "members": "merge",
    "others": "withdraw", "not_invited": "give_opinion", "no_joint": "end_joint",
    "return_late": "give_back", "no_answer": "call_back",
    "no_extension": "ask_extension", "passed": "ask_extension",
    "first": "give_up", "reopened": "say_not_helped",
}  # fmt: skip


@pytest.mark.parametrize("fact", FORBIDS)
def test_what_was_done_forbids_a_deed(fact: str) -> None:
    row = flow.row_of(FORBIDS[fact])
    state, who = row.states[-1], frozenset(row.who)
    assert row.verb in {one.verb for one in flow.allowed(state, who)}
    assert row.verb not in {one.verb for one in flow.allowed(state, who, frozenset({fact}))}
    with pytest.raises(NotAllowed):
        flow.refuse(row.verb, state, who, frozenset({fact}))


def test_every_fact_of_the_table_is_tried() -> None:
    assert {fact for row in flow.ROWS for fact, _ in row.unless} == set(FORBIDS)


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
