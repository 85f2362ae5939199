"""Many matters, many people, any order: what is accepted leaves one sentence, what is refused none.

A random walk over the real database as the app role. After every step: exactly one holder while
open, none after; clocks agree with the state; the version counts the sentences.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from yike.rooms.clocks.models import Clock
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import Refusal
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions, flow, queries
from yike.rooms.matters.models import Matter, Step
from yike.rooms.matters.tests import makers
from yike.rooms.trail.models import Entry

STAFF = ("wang", "li", "zhao", "dispatcher", "director", "clerk", "agent", "lawyer")
TOWNS = (makers.JINPING, makers.DASHA)
ORGS = ("pool", "shipu_office", "hepu_office", "firm", "hotline")


class Life(RuleBasedStateMachine):
    """The county at work. `county` and `rollback` are set by the test."""

    county: makers.County
    matters = Bundle("matters")

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = makers.MONDAY
        self.touched: set[str] = set()
        self.block = transaction.atomic()
        self.block.__enter__()

    def teardown(self) -> None:
        with acting(makers.SYSTEM):
            for matter in Matter.objects.all():
                _check(matter)
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @rule(
        target=matters, points=st.booleans(), town=st.sampled_from([makers.JINPING, makers.DASHA])
    )
    def opens(self, points: bool, town: str) -> str:
        with clock.at(self._tick()):
            told: dict[str, Any] = {"points": ("一问", "二问")} if points else {}
            return makers.opened(region_code=town, **told).reference

    @rule(target=matters, which=matters, who=st.sampled_from(STAFF))
    def continues(self, which: str, who: str) -> Any:
        item = "PLS-YZ008"
        receipt = self._try("continue_as", which, getattr(self.county, who), item_code=item)
        return receipt.reference if receipt else multiple()

    @rule(
        which=matters,
        who=st.sampled_from(STAFF),
        verb=st.sampled_from(
            ["sign", "ask_papers", "stop_waiting", "add_note", "add_point", "close",
             "send_message", "set_urgency", "answer_point", "give_back"]
        ),
    )  # fmt: skip
    def staff_does(self, which: str, who: str, verb: str) -> None:
        self._try(verb, which, getattr(self.county, who), **FIELDS[verb])

    @rule(which=matters, who=st.sampled_from(STAFF), org=st.sampled_from(ORGS))
    def transfers(self, which: str, who: str, org: str) -> None:
        fields = {"to_org": getattr(self.county, org), "reason": "更合适"}
        self._try("transfer", which, getattr(self.county, who), **fields)

    @rule(which=matters, who=st.sampled_from(STAFF), to=st.sampled_from(STAFF))
    def assigns(self, which: str, who: str, to: str) -> None:
        account = getattr(self.county, to).account_id
        self._try("assign", which, getattr(self.county, who), account_id=account, reason="他熟")

    @rule(which=matters, pick=st.integers(0, 9))
    def citizen_does_something(self, which: str, pick: int) -> None:
        """Mostly what leads on; one time in ten they take it back."""
        who = makers.citizen(which)
        with acting(who):
            state = queries.citizen_page(who).state
        verb = {flow.PAPERS: "bring_papers", flow.ANSWERED: "say_helped"}.get(state, "send_message")
        if not pick:
            verb = "withdraw"
        self._try(
            verb,
            which,
            who,
            **FIELDS[verb] | ({"helped": pick % 2 == 0} if verb == "say_helped" else {}),
        )

    @rule(which=matters, verb=st.sampled_from(["bring_papers", "say_helped", "withdraw"]))
    def a_stranger_with_another_phone_does(self, which: str, verb: str) -> None:
        stranger = makers.citizen(which, "13857409999")
        assert self._try(verb, which, stranger, **FIELDS[verb]) is None

    @rule(which=matters, pick=st.integers(0, 40), other=st.integers(0, 3))
    def holder_does_something_offered(self, which: str, pick: int, other: int) -> None:
        """The office that holds it takes one of the deeds its page offers: so walks get deep."""
        actor = self._holder(which)
        with clock.at(self._tick()), acting(actor):
            offered = [v for v in queries.matter_page(actor, which).verbs if v.verb in MOVES]
            offered = [v for v in offered if v.verb != "decline" or not pick]
        if not offered:
            return
        chosen = offered[pick % len(offered)]
        fields = dict(FIELDS.get(chosen.verb, {}))
        for field in chosen.fields:
            if field.kind in ("org", "account") and field.choices:
                fields[field.name] = UUID(field.choices[other % len(field.choices)][0])
                fields["reason"] = "更合适"
        self._try(chosen.verb, which, actor, **fields)

    def _holder(self, which: str) -> Actor:
        with acting(makers.SYSTEM):
            matter = Matter.objects.get(reference=which)
        people: list[Actor] = [getattr(self.county, name) for name in STAFF]
        named = [one for one in people if one.account_id == matter.holder_account]
        served = [one for one in people if one.org_id == matter.holder_org]
        return (named or served)[0]

    @rule(days=st.integers(1, 20))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)
        with clock.at(self._tick()), acting(makers.SYSTEM) as house:
            actions.settle_answered(now=self.now, actor=house)

    @invariant()
    def everything_holds_together(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute("set constraints all deferred")
        with acting(makers.SYSTEM):
            for matter in Matter.objects.filter(reference__in=self.touched):
                _check(matter)
        self.touched.clear()

    def _tick(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    def _try(self, verb: str, reference: str, actor: Actor, **fields: Any) -> Any:
        """One deed as a door does it: what the page offers is accepted, all else leaves nothing."""
        self.touched.add(reference)
        with clock.at(self._tick()):
            before, offered = _trace(), self._offered(verb, reference, actor)
            try:
                done = makers.do(verb, reference, actor, **fields)
            except Refusal:
                assert _trace() == before, f"{verb} was refused but left something"
                return None
            assert offered, f"{verb} was accepted but not offered to {actor.label}"
            _one_sentence_more(verb, before)
            return done

    def _offered(self, verb: str, reference: str, actor: Actor) -> bool:
        with acting(actor):
            try:
                if actor.kind == "citizen":
                    verbs = queries.citizen_page(actor).verbs
                else:
                    verbs = queries.matter_page(actor, reference).verbs
            except Refusal:
                return False
        return verb in {one.verb for one in verbs}


#: deeds that lead on; notes and marks are tried by the other rules
MOVES = {
    "sign", "transfer", "give_back", "assign", "ask_papers", "stop_waiting", "close", "decline",
    "answer_point", "invite",
}  # fmt: skip
FIELDS: dict[str, dict[str, Any]] = {
    "sign": {},
    "ask_papers": {"papers": ["身份证"]},
    "stop_waiting": {"reason": "不等了"},
    "add_note": {"words": "意见"},
    "add_point": {"words": "又一问"},
    "answer_point": {"no": 1, "words": "答复"},
    "close": {"result": "answered", "reply": "答复如下"},
    "decline": {"reason": "不属于受理范围"},
    "give_back": {"reason": "不归我们"},
    "send_message": {"words": "留言"},
    "withdraw": {"reason": "不用了"},
    "set_urgency": {"urgency": 2, "reason": "着急"},
    "bring_papers": {"words": "补来了"},
    "say_helped": {"helped": False, "words": "没有用处"},
}


def _trace() -> tuple[int, tuple[Any, ...], tuple[Any, ...]]:
    with acting(makers.SYSTEM):
        return (
            Entry.objects.filter(about="matter").exclude(kind__startswith="clocks.").count(),
            tuple(Matter.objects.order_by("id").values_list("id", "state", "version", "due_at")),
            tuple(Step.objects.order_by("id").values_list("id", "ended_at", "signed_at")),
        )


def _one_sentence_more(verb: str, before: tuple[int, tuple[Any, ...], tuple[Any, ...]]) -> None:
    after = _trace()
    opened = len(after[1]) - len(before[1])
    repeated = verb == "continue_as" and not opened
    assert after[0] - before[0] == (0 if repeated else 1 + opened), verb


def _check(matter: Matter) -> None:
    """One matter's steps, clocks and sentences agree with its state."""
    open_steps = Step.objects.filter(matter=matter, ended_at=None)
    assert len(open_steps) == (0 if matter.state in flow.ENDED else 1)
    assert (matter.closed_at is None) == (matter.state in flow.OPEN)
    entries = Entry.objects.filter(about="matter", subject=str(matter.id))
    assert entries.exclude(kind__startswith="clocks.").count() == matter.version
    clocks = {
        row.id: row for row in Clock.objects.filter(subject_kind="matter", subject_id=matter.id)
    }
    running = {key for key, row in clocks.items() if row.stopped_at is None}
    expected = CLOCKS[matter.state](matter)
    assert running == expected, (matter.state, running, expected)
    finish = clocks[matter.finish_clock]  # type: ignore[index]
    assert (finish.paused_at is not None and finish.stopped_at is None) == (
        matter.state == flow.PAPERS
    )
    if matter.state in (flow.DISPATCH, flow.SIGN, flow.WORK):
        assert matter.due_at == finish.due_at


def _both(matter: Matter) -> set[Any]:
    return {matter.finish_clock, matter.sign_clock}


def _finish(matter: Matter) -> set[Any]:
    assert matter.sign_clock is None
    return {matter.finish_clock}


def _none(matter: Matter) -> set[Any]:
    return set()


CLOCKS: dict[str, Callable[[Matter], set[Any]]] = {
    flow.DISPATCH: _both,
    flow.SIGN: _both,
    flow.WORK: _finish,
    flow.PAPERS: _finish,
    flow.ANSWERED: _none,
    flow.CLOSED: _none,
    flow.WITHDRAWN: _none,
    flow.DECLINED: _none,
}


@pytest.mark.django_db
def test_any_walk_keeps_every_promise(county: makers.County) -> None:
    Life.county = county
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=6,
            stateful_step_count=30,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
