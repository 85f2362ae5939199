"""Twenty thousand random verbs on several orders at once, by the table alone: the law holds.

Every role, every level, merges, splits, parts, another county. What the table refuses changes
nothing; what it allows leaves one sentence, one holder, clocks that agree. Seeds are fixed, so a
failure is found again; hypothesis looks for short ones beside.
"""

from __future__ import annotations

import copy
import random
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yike.rooms.core.refusal import NotAllowed
from yike.rooms.matters import flow
from yike.rooms.matters.tests import model

OFFICES = ("pool", "town", "island", "firm")
ABROAD = "ninghai"
VERBS = [row.verb for row in flow.ROWS]
#: verbs that never come from a random hand: outcomes chosen by their deed
CHOSEN = {"accept_pooled"}
WALKS, STEPS = 100, 250
#: ends that a walk shall reach seldom
#: deeds that move nothing: tried, but not most of the time
_ASIDE = {
    "add_note", "send_message", "set_urgency", "set_level", "recategorise", "hurry", "supervise",
    "continue_as", "split", "add_point", "send_sub", "call_back",
}  # fmt: skip
DONE: Counter[str] = Counter()
_DEAD = {flow.WITHDRAWN, flow.DECLINED, flow.MERGED, flow.ARCHIVED}


def standing(order: model.Order, county: model.County, who: str) -> frozenset[flow.Standing]:
    """This will return what one of the cast is to an order."""
    alone: dict[str, flow.Standing] = {
        "party": "party", "peer": "peer", "system": "system", "supervisor": "supervisor",
        "front": "front", "director": "director",
    }  # fmt: skip
    found: set[flow.Standing] = {alone[who]} if who in alone else {"joint"}
    if who in ("director", "dispatcher"):
        found |= {"county", "director" if who == "director" else "dispatcher"}
    office = "pool" if who == "dispatcher" else who
    found |= {"office"} if office == order.holder and who not in alone else set()
    found |= {"receiver"} if who == order.offered else set()
    lead = county.orders.get(order.parent)
    found |= {"parent"} if lead is not None and lead.holder == office else set()
    return frozenset(found)


CAST = (*OFFICES, ABROAD, "dispatcher", "director", "supervisor", "front", "party", "system")


def target(verb: str, order: model.Order, county: model.County, pick: random.Random) -> str:
    """This will return whom or what a deed is aimed at."""
    if verb == "give_back":
        return "pool"
    if verb == "offer_county":
        return ABROAD
    if verb == "end_joint":
        return pick.choice(sorted(order.joints) or [""])
    if verb == "merge":
        able = [
            one.name
            for one in county.orders.values()
            if one.name != order.name and one.state in flow.GOING and not one.parent
        ]
        return pick.choice(able or [""])
    others = [one for one in OFFICES if one != order.holder]
    return pick.choice(others)


def step(county: model.County, pick: random.Random, said: list[str]) -> bool:
    """This will try one random verb; returns whether it was accepted."""
    order = county.orders[pick.choice(sorted(county.orders))]
    concerned = (order.holder, order.offered or order.holder, "party", *order.joints)
    who, verb = pick.choice(CAST), pick.choice(VERBS)
    who = pick.choice(concerned) if pick.random() < 0.5 else who
    if pick.random() < 0.6:  # what a page offers, so that walks get deep
        seen = standing(order, county, who)
        rows = flow.allowed(order.state, seen, county.facts(order, who, who))
        usual = [row.verb for row in rows if row.to not in _DEAD or pick.random() < 0.05]
        usual = [one for one in usual if one not in _ASIDE or pick.random() < 0.1] or usual
        if usual and pick.random() < 0.3:
            usual = [min(usual, key=lambda one: DONE[one])]
        verb = pick.choice(usual or VERBS)
    return tried(county, order, who, verb, pick, said)


def tried(
    county: model.County, order: model.Order, who: str, verb: str, pick: random.Random,
    said: list[str],
) -> bool:  # fmt: skip
    """This will do a verb if the table allows it; refused, nothing has changed."""
    if verb in CHOSEN:
        return False
    aim = target(verb, order, county, pick)
    before = copy.deepcopy(county.orders)
    facts = county.facts(order, who, who)
    if not _allows(verb, order, standing(order, county, who), facts):
        assert county.orders == before
        return False
    if verb in ("merge", "end_joint") and not aim:
        return False
    sentences = sum(one.sentences for one in county.orders.values())
    by = "pool" if who in ("dispatcher", "director") else who
    made = county.do(verb, order, by=by, to="" if verb == "take_over" else aim, person=who)
    DONE[verb] += 1
    said.append(f"{who} {verb} {order.name} {aim}")
    born = made is not order
    touched = {"merge": 1}.get(verb, 0)
    after = sum(one.sentences for one in county.orders.values())
    assert after - sentences == 1 + born + touched, said[-5:]
    assert model.faults(county) == [], said[-8:]
    return True


def _allows(
    verb: str, order: model.Order, seen: frozenset[flow.Standing], facts: frozenset[str]
) -> bool:
    """Whether the deed is allowed: the button and the deed say the same, a refusal has a way on."""
    offered = verb in {row.verb for row in flow.allowed(order.state, seen, facts)}
    refused: NotAllowed | None = None
    try:
        flow.refuse(verb, order.state, seen, facts)
    except NotAllowed as no:
        refused = no
    assert offered == (refused is None)
    assert refused is None or (refused.sentence and refused.way_on)
    return offered


def _born(name: str, pick: random.Random) -> model.Order:
    """An order as it is opened: routed, pooled, or waiting to be accepted."""
    state = pick.choice((flow.SIGN, flow.SIGN, flow.DISPATCH, flow.ACCEPT))
    holder = "town" if state == flow.SIGN else "pool"
    return model.Order(name=name, state=state, holder=holder, held=[holder])


def test_any_walk_by_the_table_keeps_the_law() -> None:
    tries = accepted = 0
    for seed in range(WALKS):
        pick = random.Random(seed)
        county = model.County()
        said: list[str] = []
        for _ in range(STEPS):
            if sum(one.open for one in county.orders.values()) < 3:
                name = f"m{len(county.orders)}"
                county.orders[name] = _born(name, pick)
            tries += 1
            accepted += step(county, pick, said)
    assert tries >= 20_000
    assert accepted > tries // 4
    never = set(VERBS) - set(DONE) - CHOSEN
    assert len(never) <= 2, f"a random walk may miss the rarest verbs, not these: {sorted(never)}"


@settings(max_examples=30, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(
    deeds=st.lists(
        st.tuples(st.sampled_from(CAST), st.sampled_from(VERBS), st.integers(0, 3)), max_size=60
    ),
    seed=st.integers(0, 9),
)
def test_any_list_of_deeds_keeps_the_law(deeds: list[tuple[str, str, int]], seed: int) -> None:
    pick = random.Random(seed)
    county = model.County()
    for name in ("m0", "m1"):
        county.orders[name] = model.Order(name=name)
    said: list[str] = []
    for who, verb, which in deeds:
        names = sorted(county.orders)
        tried(county, county.orders[names[which % len(names)]], who, verb, pick, said)
