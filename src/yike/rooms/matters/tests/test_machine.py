"""Many matters, many people, any verb in any order: accepted leaves one sentence, refused none.

A random walk over the real database as the app role, with every verb of the table, every role, two
counties, parts, merges and splits. After every step: what was accepted had been offered, its matter
has one version and one sentence more, every matter has one holder while open and none after, and
its clocks agree with its state.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import OuterRef, Subquery
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from yike.rooms.clocks.models import Clock
from yike.rooms.core import clock, prepared
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import Refusal
from yike.rooms.guard.acting import acting
from yike.rooms.matters import access, actions, flow, policies
from yike.rooms.matters.models import Joint, Matter, Step
from yike.rooms.matters.tests import makers

STAFF = (
    "wang", "li", "zhao", "dispatcher", "director", "clerk", "agent", "lawyer", "qian",
    "supervisor",
)  # fmt: skip
CITIZEN = "the citizen"
ORGS = ("pool", "shipu_office", "hepu_office", "firm", "hotline", "ninghai")
#: ends that a walk shall reach seldom, and what leads nowhere
SELDOM = {"decline", "withdraw", "take_back", "archive", "merge"}
VERBS = sorted(row.verb for row in flow.ROWS if row.verb in actions.__all__)
WALKS, STEPS = 6, 28
#: what the walks did, told at the end
COUNT: Counter[str] = Counter()
DONE: Counter[str] = Counter()
TRIED: Counter[str] = Counter()
#: two orders of one instant in the order they were born: their ids are drawn by chance
_BORN = Subquery(Step.objects.filter(matter=OuterRef("id")).order_by("id").values("id")[:1])
SEEDS = st.integers(0, 2**32)


class Life(RuleBasedStateMachine):
    """Two counties at work. `county` is set by the test."""

    county: makers.County

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = makers.MONDAY
        self.said: list[str] = []
        self.block = transaction.atomic()
        self.block.__enter__()

    @initialize(own=st.booleans())
    def a_county_may_set_its_own(self, own: bool) -> None:
        """Some walks begin under a county's rules: first accepted, reviewed at the end."""
        if not own:
            return
        with clock.at(self.now), acting(self.county.dispatcher) as actor:
            actions.set_flow_policy(
                county_code=makers.COUNTY, accept=True, review=["2"], reason="本县规定",
                caps={"suspend_days": 20}, actor=actor,
            )  # fmt: skip

    def teardown(self) -> None:
        try:
            with acting(makers.SYSTEM):
                for matter in Matter.objects.all():
                    _check(matter)
        finally:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    @rule(points=st.booleans(), phone=st.sampled_from([makers.PHONE, "13857400002"]))
    def opens(self, points: bool, phone: str) -> None:
        self._opened(points, phone)

    @rule(seed=SEEDS, verb=st.sampled_from(VERBS))
    def anybody_tries_anything(self, seed: int, verb: str) -> None:
        pick = random.Random(seed)
        matter = self._some(pick)
        self._try(verb, matter, self._somebody(pick, matter), pick)

    @rule(seed=SEEDS, times=st.integers(3, 9))
    def people_do_what_they_are_offered(self, seed: int, times: int) -> None:
        """So walks get deep: most of the time those in whose hands it is."""
        pick = random.Random(seed)
        for _ in range(times):
            matter = self._some(pick)
            actor = self._concerned(pick, matter)
            offered = sorted(self._offered(matter, actor))
            usual = [verb for verb in offered if verb not in SELDOM or pick.random() < 0.08]
            if usual and pick.random() < 0.8:
                usual = [min(usual, key=lambda verb: TRIED[verb])]
            if usual:
                self._try(pick.choice(usual), matter, actor, pick)

    def walks_on(self, pick: random.Random) -> None:
        """One step by a seed: mostly what is offered, sometimes anything, sometimes days pass."""
        kind = pick.random()
        if kind < 0.65:
            self.people_do_what_they_are_offered(pick.randrange(2**32), 3)
        elif kind < 0.85:
            self.anybody_tries_anything(pick.randrange(2**32), pick.choice(VERBS))
        elif kind < 0.92:
            self.opens(pick.random() < 0.3, makers.PHONE)
        else:
            self.time_passes(pick.randint(1, 12))

    @rule(days=st.integers(1, 12))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)
        with clock.at(self._tick()), acting(makers.SYSTEM) as house:
            COUNT["days"] += days
            actions.wake_due(actor=house)
            actions.settle_answered(now=self.now, actor=house)
            actions.archive_old(now=self.now, actor=house)
            for one in Matter.objects.filter(state=flow.WITHDRAWN):
                actions.end_parts(reference=one.reference, actor=house)
        self._holds_together()

    def _opened(self, points: bool, phone: str) -> Matter:
        told: dict[str, Any] = {"points": ("一问", "二问")} if points else {}
        with clock.at(self._tick()):
            reference = makers.opened(phone=phone, **told).reference
        with acting(makers.SYSTEM):
            return Matter.objects.get(reference=reference)

    def _some(self, pick: random.Random) -> Matter:
        with acting(makers.SYSTEM):
            found = list(Matter.objects.order_by("opened_at", _BORN))
        going = [one for one in found if one.state in flow.OPEN]
        if len(going) < 3:
            return self._opened(pick.random() < 0.3, makers.PHONE)
        return pick.choice(going if pick.random() < 0.9 else found)

    def _somebody(self, pick: random.Random, matter: Matter) -> Actor:
        who = pick.choice((*STAFF, CITIZEN))
        return self._citizen(matter) if who == CITIZEN else getattr(self.county, who)

    def _citizen(self, matter: Matter) -> Actor:
        return makers.VISITOR.claiming(matter.reference, matter.phone_index)

    def _concerned(self, pick: random.Random, matter: Matter) -> Actor:
        people: list[Actor] = [getattr(self.county, name) for name in STAFF]
        wanted = {matter.holder_org, matter.offered_org} - {None}
        near = [one for one in people if one.org_id in wanted]
        if matter.turn in ("citizen", "nobody") and pick.random() < 0.5:
            return self._citizen(matter)
        return pick.choice(near) if near and pick.random() < 0.7 else self._somebody(pick, matter)

    def _tick(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    def _offered(self, matter: Matter, actor: Actor) -> set[str]:
        """What the page of this person offers now (queries draw it from the same call)."""
        with clock.at(self.now), acting(actor):
            try:
                seen = access.matter_for(actor, matter.reference)
            except Refusal:
                return set()
            policy = policies.of_matter(seen)
            standing = access.standing_of(seen, actor)
            facts = access.facts_of(seen, actor, policy)
            return {row.verb for row in flow.allowed(seen.state, standing, facts, policy)}

    def _try(self, verb: str, matter: Matter, actor: Actor, pick: random.Random) -> None:
        """One deed as a door does it: what was offered may be accepted, all else leaves nothing."""
        if verb not in VERBS:
            return
        fields = self._fields(verb, matter, pick)
        with clock.at(self._tick()):
            before, offered = _trace(), self._offered(matter, actor)
            COUNT["tried"] += 1
            TRIED[verb] += verb in offered
            self.said.append(f"{actor.label} {verb} {matter.reference} {fields}")
            refused = _refusal(verb, matter.reference, actor, fields)
        if refused is not None:
            assert refused.sentence
            assert _trace() == before, f"{verb} was refused but left something"
            return
        assert {verb, *OUTCOMES.get(verb, ())} & offered, self.said[-5:]
        COUNT["accepted"] += 1
        DONE[verb] += 1
        _one_sentence_more(verb, matter, before, _trace())
        self._holds_together()

    def _fields(self, verb: str, matter: Matter, pick: random.Random) -> dict[str, Any]:
        row = flow.row_of(verb)
        return {
            name: self._value(verb, name, matter, pick)
            for name in (need.rstrip("?") for need in row.needs)
            if name != "file_ids"
        }

    def _value(self, verb: str, name: str, matter: Matter, pick: random.Random) -> Any:
        if name == "to_org":
            abroad = ("ninghai",) if verb == "offer_county" else ORGS
            return getattr(self.county, pick.choice(abroad))
        if name == "joint_org":
            with acting(makers.SYSTEM):
                asked = Joint.objects.filter(matter=matter.id, ended_at=None)
                orgs = asked.order_by("asked_at").values_list("org", flat=True)
                return orgs.first() or self.county.firm
        if name == "account_id":
            chosen = pick.choice((None, self.county.li, self.county.zhao, self.county.lawyer))
            return chosen.account_id if chosen else None
        if name in ("into", "related"):
            with acting(makers.SYSTEM):
                rows = Matter.objects.order_by("opened_at", _BORN)
                return pick.choice(list(rows.values_list("reference", flat=True)))
        if name in ("until_on", "due_on"):
            return self.now.date() + timedelta(days=pick.choice((1, 5, 40)))
        return pick.choice(VALUES[name])

    def _holds_together(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute("set constraints all deferred")


OUTCOMES = {"accept": ("accept_pooled",), "say_helped": ("say_not_helped", "give_up")}
VALUES: dict[str, tuple[Any, ...]] = {
    "contact": ("reached", "unreached", "later"),
    "to_line": ("12345", "110"),
    "transfer": ("warm", "callback", "three_way"),
    "outcome": ("taken", "requested", "no_answer"),
    "tie": ("same", "related"),
    "reason": ("写明原因",),
    "words": ("说明情况如下",),
    "papers": (["身份证"], []),
    "points": (["一问", "二问", "三问"], []),
    "level": (0, 1, 2),
    "no": (1, 2),
    "category": ("", "B03"),
    "item_code": ("PLS-YZ008",),
    "demand_type": ("", "1", "3"),
    "urgency": (0, 2),
    "result": ("answered", "resolved"),
    "reply": ("答复如下",),
    "reply_others": ("给其他当事人的答复", ""),
    "pay": ("free", "aid", ""),
    "yuan": (None,),
    "basis": ("", "免费"),
    "visits": (None, 0, 2),
    "brought": (None, 3),
    "helped": (True, False),
    "amount": (1, 3, 9),
    "grant": (True, False),
    "cause": ("appraisal", "force"),
    "called": ("satisfied", "reached", "unreached"),
}


def _refusal(verb: str, reference: str, actor: Actor, fields: dict[str, Any]) -> Refusal | None:
    try:
        makers.do(verb, reference, actor, **fields)
    except Refusal as no:
        return no
    return None


#: planned once: who may read what of the trail takes longer to plan than to count
_SAID = "select count(*) from trail_entry where about = 'matter' and kind not like 'clocks.%'"
Trace = tuple[dict[Any, tuple[Any, ...]], tuple[Any, ...], int]


def _trace() -> Trace:
    """What a refused deed must leave as it was: matters, steps, sentences."""
    with acting(makers.SYSTEM):
        columns = Matter.objects.values_list("id", "version", "state", "due_at", "holder_org")
        steps = Step.objects.order_by("id").values_list("id", "ended_at", "signed_at")
        ((said,),) = prepared.run(_SAID)
        return {one[0]: one[1:] for one in columns}, tuple(steps), said


def _one_sentence_more(verb: str, matter: Matter, before: Trace, after: Trace) -> None:
    """One on its own matter, one for each matter born, and one on the main when merged."""
    own = after[0][matter.id][0] - before[0][matter.id][0]
    resent = own == 0 and verb in ("continue_as", "send_message")
    assert own == 1 or resent, (verb, own)
    born = len(after[0]) - len(before[0])
    others = [
        key for key, row in before[0].items() if key != matter.id and after[0][key][0] != row[0]
    ]
    assert len(others) == (1 if verb == "merge" else 0), verb
    assert after[2] - before[2] == own + born + len(others), verb
    if not resent:
        _check_all({matter.id, *others, *(after[0].keys() - before[0].keys())})


def _check_all(ids: set[Any]) -> None:
    with acting(makers.SYSTEM):
        for matter in Matter.objects.filter(id__in=ids):
            _check(matter)


def _check(matter: Matter) -> None:
    """One matter's steps, clocks and sentences agree with its state."""
    open_steps = list(Step.objects.filter(matter=matter, ended_at=None))
    assert [one.org for one in open_steps] == (
        [matter.holder_org] if matter.state in flow.OPEN else []
    )
    assert (matter.closed_at is None) == (matter.state in flow.OPEN)
    ((said,),) = prepared.run(f"{_SAID} and subject = %s", [str(matter.id)])
    assert said == matter.version
    _check_clocks(matter)
    if matter.state in (flow.ANSWERED, flow.CLOSED, flow.DECLINED, flow.MERGED):
        assert not Matter.objects.filter(parent=matter, state__in=sorted(flow.OPEN)).exists()
    assert (matter.offered_org is not None) == (matter.state == flow.CROSSING)
    assert (matter.resume_on is not None) == (matter.state == flow.SUSPENDED)


def _check_clocks(matter: Matter) -> None:
    rows = Clock.objects.filter(subject_kind="matter", subject_id=matter.id)
    alone = [row.purpose for row in rows if row.stopped_at is None]
    assert len(alone) == len(set(alone)), alone
    assert ("next" in alone) == (matter.state == flow.WORK)
    assert matter.state in flow.GOING or not alone
    assert matter.parent_id is None or "first" not in alone
    running = {
        row.id for row in rows if row.stopped_at is None and row.purpose in ("sign", "finish")
    }
    wanted = {matter.finish_clock} if matter.state in flow.GOING else set()
    to_sign = matter.state in (
        flow.ACCEPT, flow.DISPATCH, flow.SIGN, flow.RETURNING, flow.CROSSING,
    )  # fmt: skip
    assert (matter.sign_clock is not None) == to_sign
    wanted |= {matter.sign_clock} if to_sign else set()
    assert running == wanted, (matter.state, running, wanted)
    finish = next(row for row in rows if row.id == matter.finish_clock)
    still = finish.paused_at is not None and finish.stopped_at is None
    assert still == (matter.state in flow.STILL)
    if matter.state in flow.RUNNING:
        assert matter.due_at == finish.due_at


@pytest.mark.django_db
def test_any_walk_keeps_every_promise(county: makers.County) -> None:
    """Fixed seeds: the same walks each time, deep enough to reach most verbs."""
    Life.county = county
    for told in (COUNT, DONE, TRIED):
        told.clear()
    for seed in range(WALKS):
        pick, life = random.Random(seed), Life()
        try:
            life.a_county_may_set_its_own(own=seed % 2 == 1)
            for _ in range(STEPS):
                life.walks_on(pick)
        finally:
            life.teardown()
    never = set(VERBS) - DONE.keys()
    assert COUNT["tried"] >= 250, COUNT
    assert COUNT["accepted"] >= COUNT["tried"] // 3, COUNT
    assert len(never) <= len(VERBS) * 2 // 5, sorted(never)


@pytest.mark.django_db
def test_no_walk_is_found_that_breaks_a_promise(county: makers.County) -> None:
    Life.county = county
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=4,
            stateful_step_count=20,
            deadline=None,
            database=None,
            # shrinking a walk over a database takes longer than reading it
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
